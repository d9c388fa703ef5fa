package jp.hinomi.correlation.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.geo.GeoDatabases;
import jp.hinomi.ingest.geo.GeoEnricher;

/** Where addresses are: from databases that lie at the same place on every machine that runs the job. */
public final class GeoSource implements EnrichmentSource {
    private static final long serialVersionUID = 1;

    private final ArrayList<String> files = new ArrayList<>();

    /** @param paths of the databases; may be none */
    public GeoSource(List<Path> paths) {
        paths.forEach(path -> files.add(path.toString()));
    }

    @Override
    public Enrichment open() {
        if (files.isEmpty()) {
            return event -> event;
        }
        GeoDatabases databases = GeoDatabases.open(files.stream().map(Path::of).toList());
        GeoEnricher enricher = new GeoEnricher(databases);
        return new Enrichment() {
            private boolean closed;

            @Override
            public SecurityEvent enrich(SecurityEvent event) {
                return enricher.apply(event);
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    databases.close();
                }
            }
        };
    }
}
