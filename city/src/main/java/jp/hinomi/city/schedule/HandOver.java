package jp.hinomi.city.schedule;

import java.time.Instant;
import java.util.List;

/**
 * Duty goes from some contacts to others.
 *
 * @param leaving ids of contacts; empty if nobody was on duty
 * @param coming ids of contacts; empty if nobody will be
 */
public record HandOver(Instant at, List<String> leaving, List<String> coming) {
    public HandOver {
        leaving = List.copyOf(leaving);
        coming = List.copyOf(coming);
    }
}
