package jp.hinomi.correlation.job;

import java.util.Map;
import jp.hinomi.events.SecurityEvent;

/** Adds to events what is known elsewhere, for one thread, until it is closed. */
@FunctionalInterface
public interface Enrichment extends AutoCloseable {
    SecurityEvent enrich(SecurityEvent event);

    /** Numbers for monitoring, by name; the same names every time. */
    default Map<String, Long> figures() {
        return Map.of();
    }

    @Override
    default void close() {}
}
