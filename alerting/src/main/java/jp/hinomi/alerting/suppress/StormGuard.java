package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.Optional;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.city.Storm;
import jp.hinomi.events.Severity;

/** Keeps a stakeholder's messages countable when everything happens at once. Pure. */
final class StormGuard {
    /** Messages above the limit for what is worse than everything before. */
    private static final int RESERVE = 2;

    private StormGuard() {}

    /**
     * @param sent messages to the stakeholder within the window, waiting digests included, but not those of the storm itself
     * @param worst the worst of them; absent without any
     * @param channels messages that this notice would be
     */
    static Optional<Hold> decide(
            Storm storm, int sent, Optional<Severity> worst, int channels, Severity severity, Instant now) {
        boolean worse = worst.filter(before -> severity.compareTo(before) <= 0).isEmpty();
        int room = storm.limit() + (worse ? RESERVE : 0);
        if (sent == 0 || sent + channels <= room) {
            return Optional.empty();
        }
        long minutes = Math.max(1, storm.window().toMinutes());
        return Optional.of(new Hold(
                Hold.Kind.STORM,
                Hold.inbox(Hold.Kind.STORM, ""),
                new Bilingual(
                        minutes + "分間に" + sent + "件を送ったため、以後はまとめて通知します。",
                        sent + " messages went to this stakeholder in " + minutes + " min: further ones come as one."),
                now.plus(storm.window())));
    }
}
