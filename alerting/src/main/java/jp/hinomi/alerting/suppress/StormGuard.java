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
    /** Messages above the limit for what is critical of an incident that is new; and as many are sent of what nobody answered of a digest. */
    private static final int RESERVE = 2;

    private StormGuard() {}

    /** Digests of a storm that the limit allows for: one follows on each channel. */
    private static final int DIGESTS = 3;

    /**
     * What the stakeholder was sent within the window. The alert that is decided about may have been told to others of its contacts a
     * moment ago: that counts, and is no reason to tell the next contact less.
     *
     * @param count messages sent or about to be
     * @param before the same before this alert
     * @param dead messages that did not arrive; they take no place
     * @param worst the worst that was told before this alert; absent if nothing was
     * @param known whether something of the same rule was told before this alert, so that the incident is not new to the stakeholder
     */
    record Sent(int count, int before, int dead, Optional<Severity> worst, boolean known) {
        Sent {
            Objects.requireNonNull(worst, "worst");
            if (before > count) {
                throw new IllegalArgumentException("more before an alert than with it: " + before + ", " + count);
            }
        }
    }

    /**
     * Where a notice would go.
     *
     * @param channels messages that it would be
     * @param all channels of all the stakeholder's contacts: each may get a digest of the storm, and each hears of the first that is
     *     critical
     */
    record Reach(int channels, int all) {
        Reach {
            if (channels < 0 || all < channels) {
                throw new IllegalArgumentException(channels + " of " + all + " channels");
            }
        }
    }

    /** How much has to be read of what was sent: more changes nothing. */
    static int most(Storm storm) {
        return 2 * (storm.limit() + RESERVE) + 1;
    }

    /**
     * @param again whether the alert came in a digest before, and nobody answered: after the first it comes in a digest
     *     to the next step, too, and makes no second storm there
     */
    static Optional<Hold> decide(
            Storm storm, Sent sent, Cause cause, boolean again, Reach reach, Severity severity, Instant now) {
        boolean first = sent.before() == 0 && sent.dead() == 0;
        boolean deaf = sent.dead() >= storm.limit();
        boolean firstCritical = !again && severity == Severity.CRITICAL && isWorse(sent, severity);
        int room = again ? RESERVE : room(storm, sent, cause, severity, reach);
        if (first || (!deaf && (firstCritical || sent.count() + reach.channels() <= room))) {
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

    /** Worse than everything before. */
    private static boolean isWorse(Sent sent, Severity severity) {
        return sent.worst().filter(before -> severity.compareTo(before) <= 0).isEmpty();
    }

    /**
     * Three places of five are for everything, one more for what is high, worse than everything before, got worse or nobody
     * has answered for, and all of them for what is critical: a row of alerts each worse than the one before would else leave
     * no place for the critical one at its end. Who is told over many channels gets fewer of them, so that with the digests, and
     * the first that is critical over every channel, it is no more than over a few. As it stands that holds for six; beyond, each
     * channel has its own first message, first critical one and digest.
     */
    private static int room(Storm storm, Sent sent, Cause cause, Severity severity, Reach reach) {
        int most = storm.limit() + RESERVE + DIGESTS;
        int channels = Math.min(reach.all(), most / 3);
        int limit = Math.min(storm.limit(), most - RESERVE - channels);
        if (severity == Severity.CRITICAL) {
            return sent.known() ? limit : limit + RESERVE;
        }
        int fifths = isWorse(sent, severity) || severity == Severity.HIGH || !(cause instanceof Cause.First) ? 4 : 3;
        return Math.min((limit * fifths + 4) / 5, most - 2 * channels);
    }
}
