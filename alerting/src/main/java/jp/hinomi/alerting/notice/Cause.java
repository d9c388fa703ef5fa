package jp.hinomi.alerting.notice;

import java.util.Objects;
import jp.hinomi.alerting.escalation.Why;
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
     * An escalation goes on.
     *
     * @param escalation id of the running escalation
     * @param loop how often its steps have begun anew
     * @param step counts from 0
     */
    record Escalated(long escalation, int loop, int step, Why why) implements Cause {
        public Escalated {
            Objects.requireNonNull(why, "why");
        }
    }

    /** The word in stored rows and payloads. */
    default String word() {
        if (this instanceof Raised) {
            return "severity-raised";
        }
        return this instanceof Escalated escalated ? escalated.why().word() : "first";
    }

    /** Tells apart what one contact is sent about one alert: the same key is sent once. */
    default String key() {
        if (this instanceof Raised raised) {
            return "raised-" + raised.to().word();
        }
        return this instanceof Escalated escalated
                ? "escalation-" + escalated.escalation() + "-" + (escalated.loop() == 0 ? "" : escalated.loop() + ".")
                        + escalated.step() + (escalated.why() == Why.NOT_OURS ? "-rerouted" : "")
                : "first";
    }
}
