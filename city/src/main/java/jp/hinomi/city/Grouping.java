package jp.hinomi.city;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How notices to one contact are put together. The first of a group is sent at once; what comes within {@code pause} after it
 * comes together, and later ones every {@code interval}, until there was nothing for that long.
 *
 * @param by labels that make one group
 */
public record Grouping(List<String> by, Duration pause, Duration interval) {
    public Grouping {
        by = List.copyOf(by);
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(interval, "interval");
        if (pause.compareTo(interval) > 0) {
            throw new IllegalArgumentException("a wait of " + pause + " is longer than the interval of " + interval);
        }
    }
}
