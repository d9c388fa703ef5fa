package jp.hinomi.alerting;

import java.time.Duration;
import java.util.Objects;

/**
 * How patiently messages are delivered and how inboxes are protected.
 *
 * @param firstRetry pause after the first failure; doubles from there
 * @param longestRetry the longest pause between two attempts
 * @param timeout of connecting and of each answer
 * @param lease how long one worker may hold a message before another takes it over
 * @param stormLimit notices per contact and rule in {@code stormWindow} before further ones are held
 * @param stormWindow see {@code stormLimit}; a digest of what was held follows when it is over
 * @param linkValidity how long an acknowledgement link works
 */
public record DeliverySettings(
        Duration firstRetry,
        Duration longestRetry,
        Duration timeout,
        Duration lease,
        int stormLimit,
        Duration stormWindow,
        Duration linkValidity) {
    public DeliverySettings {
        requirePositive(firstRetry, "first retry");
        requirePositive(longestRetry, "longest retry");
        requirePositive(timeout, "timeout");
        requirePositive(lease, "lease");
        requirePositive(stormWindow, "storm window");
        requirePositive(linkValidity, "validity of links");
        if (stormLimit < 1) {
            throw new IllegalArgumentException(
                    "storm limit " + stormLimit + " is below 1: the first notice never waits");
        }
        if (longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException(
                    "the longest retry " + longestRetry + " is below the first " + firstRetry);
        }
        if (lease.compareTo(timeout.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("lease " + lease + " must be at least twice the timeout " + timeout
                    + ": else a slow server gets a message twice");
        }
    }

    /** Retries after 2 s, 4 s, … 5 min; five notices in ten minutes; links work for 7 days. */
    public static DeliverySettings standard() {
        return new DeliverySettings(
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(90),
                5,
                Duration.ofMinutes(10),
                Duration.ofDays(7));
    }

    /** How long one attempt may take: less than the lease, with time to write down what came of it. */
    public Duration attempt() {
        return lease.multipliedBy(4).dividedBy(5);
    }

    public DeliverySettings withRetry(Duration first, Duration longest) {
        return new DeliverySettings(first, longest, timeout, lease, stormLimit, stormWindow, linkValidity);
    }

    public DeliverySettings withStorm(int limit, Duration window) {
        return new DeliverySettings(firstRetry, longestRetry, timeout, lease, limit, window, linkValidity);
    }

    private static void requirePositive(Duration duration, String what) {
        Objects.requireNonNull(duration, what);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " is " + duration + ": it must be above zero");
        }
    }
}
