package jp.hinomi.alerting.notice;

import java.util.Objects;
import jp.hinomi.events.Severity;

/** Why a notice is written now. */
public sealed interface Cause {
    /** The recipient hears of the alert for the first time. */
    record First() implements Cause {}

    /** The alert got worse. */
    record Raised(Severity from, Severity to) implements Cause {
        public Raised {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }
    }

    /**
     * Nobody answered in time.
     *
     * @param escalation id of the running escalation
     * @param step counts from 0
     */
    record Escalated(long escalation, int step) implements Cause {}

    /** The word in stored rows and payloads. */
    default String word() {
        if (this instanceof Raised) {
            return "severity-raised";
        }
        return this instanceof Escalated ? "escalation" : "first";
    }

    /** Tells apart what one contact is sent about one alert: the same key is sent once. */
    default String key() {
        if (this instanceof Raised raised) {
            return "raised-" + raised.to().word();
        }
        return this instanceof Escalated escalated
                ? "escalation-" + escalated.escalation() + "-" + escalated.step()
                : "first";
    }
}
