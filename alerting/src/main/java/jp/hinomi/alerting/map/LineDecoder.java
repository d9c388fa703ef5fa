package jp.hinomi.alerting.map;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.events.SecurityEvent;

/**
 * Reads a line of a log as the job would. Formats are the business of another module: whoever has both puts an implementation on the
 * class path ({@link java.util.ServiceLoader}).
 */
public interface LineDecoder {
    /**
     * What a line says.
     *
     * @param format that it was read in
     * @param events with what the job adds of the city; none if it could not be read
     * @param rejected why it could not be read
     */
    record Decoded(String format, List<SecurityEvent> events, Optional<String> rejected) {
        public Decoded {
            Objects.requireNonNull(format, "format");
            events = List.copyOf(events);
        }
    }

    /**
     * @param source id of whose line it is, which says format, zone and charset; empty = recognised by itself
     * @param format overrules that of the source
     * @param at when it arrived: years and days that it does not name are of then
     * @throws IllegalArgumentException if there is no such source or format
     */
    Decoded decode(
            City city,
            ResourceResolver resolver,
            String line,
            Optional<String> source,
            Optional<String> format,
            Instant at);
}
