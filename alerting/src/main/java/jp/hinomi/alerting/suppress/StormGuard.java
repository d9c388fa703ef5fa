package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.city.Storm;
import jp.hinomi.events.Severity;

/**
 * Keeps a stakeholder's messages countable when everything happens at once. The worse something is, the more of the places it
 * may take: so what is critical finds room whatever else came before. Pure.
 */
final class StormGuard {
    /**
     * Messages above the limit for what is critical where nothing critical was told before, or its incident is new; and as many
     * are sent of what nobody answered of a digest.
     */
    private static final int RESERVE = 2;

    private StormGuard() {}

    /**
     * What the stakeholder was sent within the window.
     *
     * @param count messages sent or about to be
     * @param dead messages that did not arrive; they take no place
     * @param worst the worst that was told; absent if nothing was
     * @param known whether something of the same rule was told, so that the incident is not new to the stakeholder
     */
    record Sent(int count, int dead, Optional<Severity> worst, boolean known) {
        Sent {
            Objects.requireNonNull(worst, "worst");
        }
    }

    /** How much has to be read of what was sent: more changes nothing. */
    static int most(Storm storm) {
        return 2 * (storm.limit() + RESERVE) + 1;
    }

    /**
     * @param again whether the alert came in a digest before, and nobody answered: after the first it comes in a digest
     *     to the next step, too, and makes no second storm there
     * @param channels messages that this notice would be
     */
    static Optional<Hold> decide(
            Storm storm, Sent sent, Cause cause, boolean again, int channels, Severity severity, Instant now) {
        boolean first = sent.count() == 0 && sent.dead() == 0;
        boolean deaf = sent.dead() >= storm.limit();
        int room = again ? RESERVE : room(storm, sent, cause, severity);
        if (first || (sent.count() + channels <= room && !deaf)) {
            return Optional.empty();
        }
        long minutes = Math.max(1, storm.window().toMinutes());
        Bilingual reason = deaf
                ? new Bilingual(
                        minutes + "分間に" + sent.dead() + "件が届かなかったため、以後はまとめて通知します。",
                        sent.dead() + " messages to this stakeholder did not arrive in " + minutes
                                + " min: further ones come as one.")
                : again
                        ? new Bilingual(
                                "まとめて通知した集中発生のうち、だれも応答していないものです。続けてまとめて通知します。",
                                "Nobody has answered it since it came in the digest of a storm: it comes as one with others again.")
                        : new Bilingual(
                                minutes + "分間に" + sent.count() + "件を送ったため、以後はまとめて通知します。",
                                sent.count() + " messages went to this stakeholder in " + minutes
                                        + " min: further ones come as one.");
        return Optional.of(
                new Hold(Hold.Kind.STORM, Hold.inbox(Hold.Kind.STORM, ""), reason, now.plus(storm.window())));
    }

    /**
     * Three places of five are for everything, one more for what is high, worse than everything before, got worse or nobody
     * has answered for, and all of them for what is critical: a row of alerts each worse than the one before would else leave
     * no place for the critical one at its end.
     */
    private static int room(Storm storm, Sent sent, Cause cause, Severity severity) {
        boolean worse =
                sent.worst().filter(before -> severity.compareTo(before) <= 0).isEmpty();
        boolean critical = severity == Severity.CRITICAL;
        if (critical) {
            return worse || !sent.known() ? storm.limit() + RESERVE : storm.limit();
        }
        int fifths = worse || severity == Severity.HIGH || !(cause instanceof Cause.First) ? 4 : 3;
        return (storm.limit() * fifths + 4) / 5;
    }
}
