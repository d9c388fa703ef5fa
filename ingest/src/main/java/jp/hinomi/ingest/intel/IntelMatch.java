package jp.hinomi.ingest.intel;

import java.util.Objects;
import jp.hinomi.events.Field;
import jp.hinomi.events.Indicator;

/**
 * An indicator that holds for an event, and why.
 *
 * @param subject what kind of value led to the indicator
 * @param field of the event, in which the value was found that led to the indicator
 * @param value of that field, as the event has it
 */
public record IntelMatch(Indicator indicator, Subject subject, Field field, String value) {
    public IntelMatch {
        Objects.requireNonNull(indicator, "indicator");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
    }
}
