package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.Optional;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.city.Grouping;

/** Puts notices of one group together: the first at once, what follows later. Pure. */
final class GroupTimer {
    private GroupTimer() {}

    /** The newest message of the group that the contact was sent. @param digest false = a single notice, the group's first */
    record Last(Instant at, boolean digest) {}

    static Optional<Hold> decide(Grouping grouping, String group, Optional<Last> last, Cause cause, Instant now) {
        // Only the first of what happens waits for nothing; nor does that it got worse, or that nobody answered.
        if (!(cause instanceof Cause.First) || last.isEmpty()) {
            return Optional.empty();
        }
        Instant quiet = last.get().at().plus(grouping.interval());
        if (!now.isBefore(quiet)) {
            return Optional.empty();
        }
        Instant soon = last.get().at().plus(grouping.pause());
        Instant until = !last.get().digest() && now.isBefore(soon) ? soon : quiet;
        return Optional.of(new Hold(
                Hold.Kind.GROUPED,
                Hold.inbox(Hold.Kind.GROUPED, group),
                new Bilingual("同じまとまりの通知が続いたため、まとめて通知します。", "One of a group that is told together."),
                until));
    }
}
