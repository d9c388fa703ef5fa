package jp.hinomi.city;

import java.time.Duration;
import java.util.Objects;

/**
 * How many messages one stakeholder gets in {@code window}, over all its contacts and channels, before everything further
 * comes as one digest per channel.
 */
public record Storm(int limit, Duration window) {
    public Storm {
        Objects.requireNonNull(window, "window");
        if (limit < 1) {
            throw new IllegalArgumentException("a limit of " + limit + " messages: the first never waits");
        }
    }

    /** With the few that are worse than everything before, and a digest for each of up to six channels: not above twenty. */
    public static Storm standard() {
        return new Storm(15, Duration.ofMinutes(10));
    }
}
