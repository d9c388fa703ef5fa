package jp.hinomi.city;

import java.time.Duration;
import java.util.Objects;

/**
 * How patiently messages are delivered.
 *
 * @param deadline how long a message is tried before it becomes a dead letter
 * @param alarmAfter so long messages to a channel may fail before the promoter hears of it by another way; a step of an
 *     escalation without a time of its own is over after it, too, if nothing reached those whom it told
 */
public record DeliveryTerms(Duration deadline, Duration alarmAfter) {
    public DeliveryTerms {
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(alarmAfter, "alarmAfter");
        if (!isInTime(deadline, alarmAfter)) {
            throw new IllegalArgumentException(
                    "an alarm after " + alarmAfter + " comes too late for a deadline of " + deadline);
        }
    }

    /** Whether the alarm comes before messages are given up. */
    static boolean isInTime(Duration deadline, Duration alarmAfter) {
        return alarmAfter.compareTo(deadline) < 0;
    }

    public static DeliveryTerms standard() {
        return new DeliveryTerms(Duration.ofHours(24), Duration.ofMinutes(15));
    }
}
