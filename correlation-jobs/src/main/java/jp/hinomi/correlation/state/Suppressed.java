package jp.hinomi.correlation.state;

import java.util.Objects;

/**
 * Matches of a detection that exceptions suppressed in an hour: an addition to what is known, not a state of its own.
 *
 * @param rule its name
 * @param filter the exception that covers them; empty for all of the rule's, each once
 * @param hour of their event time, in hours since the epoch; {@link #EARLIER} for hours that are no longer told apart
 * @param count more than zero
 * @param last event time of the newest
 */
public record Suppressed(String rule, String filter, long hour, long count, long last) {
    public static final long EARLIER = Long.MIN_VALUE;

    public Suppressed {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(filter, "filter");
        if (count < 1) {
            throw new IllegalArgumentException(count + " suppressed matches");
        }
    }

    /** Both together. */
    public Suppressed plus(Suppressed more) {
        return new Suppressed(rule, filter, hour, count + more.count, Math.max(last, more.last));
    }
}
