package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.Optional;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Skew;
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
        if (last.get().at().isAfter(Skew.latest(now))) {
            return Optional.empty();
        }
        Instant told = last.get().at().isAfter(now) ? now : last.get().at();
        Instant quiet = told.plus(grouping.interval());
        if (!now.isBefore(quiet)) {
            return Optional.empty();
        }
        Instant soon = told.plus(grouping.pause());
        Instant until = !last.get().digest() && now.isBefore(soon) ? soon : quiet;
        return Optional.of(new Hold(
                Hold.Kind.GROUPED,
                Hold.inbox(Hold.Kind.GROUPED, group),
                new Bilingual("同じまとまりの通知が続いたため、まとめて通知します。", "One of a group that is told together."),
                until));
    }
}
