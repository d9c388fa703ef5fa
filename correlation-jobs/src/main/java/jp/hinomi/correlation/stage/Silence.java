package jp.hinomi.correlation.stage;

import java.util.Objects;

/**
 * A time in which a source was silent: longer without a record than it is expected to be. Append time, in milliseconds since
 * the epoch.
 *
 * @param begin when it was overdue
 * @param end when it was heard again; {@link #LASTS} as long as it was not
 */
public record Silence(String source, long begin, long end) {
    public static final long LASTS = Long.MAX_VALUE;

    public Silence {
        Objects.requireNonNull(source, "source");
        if (end < begin) {
            throw new IllegalArgumentException(
                    "the silence of " + source + " ends before it begins: " + begin + " to " + end);
        }
    }

    /** Whether it falls into that time, both ends included. */
    boolean touches(long from, long to) {
        return begin <= to && end > from;
    }
}
