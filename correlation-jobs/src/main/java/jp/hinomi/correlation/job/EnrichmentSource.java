package jp.hinomi.correlation.job;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hinomi.events.SecurityEvent;

/** Travels with the job and gives its operators what they enrich events with, wherever they run. */
@FunctionalInterface
public interface EnrichmentSource extends Serializable {
    /** Adds nothing. */
    EnrichmentSource NONE = () -> event -> event;

    /** For one thread. What threads of a process have in common is there once. Thread-safe. */
    Enrichment open();

    /** One after the other. */
    static EnrichmentSource of(EnrichmentSource first, EnrichmentSource second) {
        return () -> {
            List<Enrichment> both = List.of(first.open(), second.open());
            return new Enrichment() {
                @Override
                public SecurityEvent enrich(SecurityEvent event) {
                    return both.get(1).enrich(both.get(0).enrich(event));
                }

                @Override
                public Map<String, Long> figures() {
                    Map<String, Long> figures = new TreeMap<>();
                    both.forEach(each -> figures.putAll(each.figures()));
                    return figures;
                }

                @Override
                public void close() {
                    both.forEach(Enrichment::close);
                }
            };
        };
    }
}
