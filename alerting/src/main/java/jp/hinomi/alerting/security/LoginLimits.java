package jp.hinomi.alerting.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long wrong passwords hold back further attempts, for an account as for an address: {@value #FREE} attempts are free,
 * then each wrong one costs a pause that doubles from a minute to a quarter of an hour. A day without attempts, or a right
 * password, forgets them.
 */
final class LoginLimits {
    static final int FREE = 10;

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration MEMORY = Duration.ofDays(1);

    private LoginLimits() {}

    /** What is known of failed attempts; {@code lockedUntil} is null while further ones are free. */
    record Failures(int count, Instant last, Instant lockedUntil) {
        static final Failures NONE = new Failures(0, Instant.MIN, null);

        /** Until when no attempt is looked at; empty if one may be made now. */
        Optional<Instant> lockedAt(Instant now) {
            return Optional.ofNullable(lockedUntil).filter(now::isBefore);
        }

        /** With an attempt at {@code now} that counts as failed until it turns out to be right. */
        Failures plus(Instant now) {
            boolean forgotten = last.isBefore(now.minus(MEMORY));
            int failures = Math.min(forgotten ? 1 : count + 1, FREE + 20);
            if (failures < FREE) {
                return new Failures(failures, now, null);
            }
            Duration pause = FIRST.multipliedBy(1L << Math.min(10, failures - FREE));
            return new Failures(failures, now, now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause));
        }
    }
}
