package jp.hinomi.alerting.routing;

import java.time.Duration;
import jp.hinomi.alerting.notice.Cause;

/** Protects inboxes: after so many notices of one rule to one contact within a window, further ones wait for a digest. */
public sealed interface InboxGuard {
    record Send() implements InboxGuard {}

    /** @param reason why it waits, for people */
    record Hold(Bilingual reason) implements InboxGuard {}

    /**
     * @param cause why the contact is to be told now
     * @param recent notices of the rule that the contact was sent within the window; 0 always sends: the first never waits
     * @param limit how many a window takes, at least 1
     */
    static InboxGuard decide(Cause cause, int recent, int limit, Duration window) {
        // That something known got worse never waits: an alert can say so only a few times.
        if (cause instanceof Cause.Raised || recent < limit) {
            return new Send();
        }
        long minutes = Math.max(1, window.toMinutes());
        return new Hold(new Bilingual(
                minutes + "分間に同じルールの通知が" + limit + "件に達したため、まとめて通知します。",
                "The rule has sent this contact " + limit + " notices in " + minutes
                        + " min: further ones are summarised."));
    }
}
