package jp.hinomi.correlation.engine.epl;

import java.util.List;
import java.util.Objects;

/**
 * A listed rule as a stream of events.
 *
 * @param name of the rule, and of the stream
 * @param fields of the firings of a correlation: the names in the outer rule's {@code group-by}; null for a detection, whose
 *     events have the fields of the log record
 */
public record EplStream(String name, List<String> fields) {
    public EplStream {
        Objects.requireNonNull(name, "name");
        fields = fields == null ? null : List.copyOf(fields);
    }

    public static EplStream ofDetection(String name) {
        return new EplStream(name, null);
    }

    public static EplStream ofCorrelation(String name, List<String> groupBy) {
        return new EplStream(name, groupBy);
    }

    boolean isCorrelation() {
        return fields != null;
    }
}
