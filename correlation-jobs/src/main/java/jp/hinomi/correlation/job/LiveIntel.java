package jp.hinomi.correlation.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import jp.hinomi.correlation.stage.IntelEnricher;
import jp.hinomi.events.SecurityEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indicators of the topic {@code threat-intel}, as they are when an event is read. One index per process serves all
 * operators of all jobs there that read the same broker; it is given up with the last of them.
 */
final class LiveIntel implements EnrichmentSource {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(LiveIntel.class);

    /** How long an operator waits for the indicators when it starts; then it goes on with those that are there. */
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(120);

    private static final Map<String, Shared> SHARED = new HashMap<>();

    private final String bootstrapServers;

    private static final class Shared {
        final IntelFollower follower;
        int users;

        Shared(IntelFollower follower) {
            this.follower = follower;
        }
    }

    LiveIntel(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public Enrichment open() {
        Shared shared;
        synchronized (SHARED) {
            shared = SHARED.computeIfAbsent(bootstrapServers, servers -> new Shared(new IntelFollower(servers)));
            shared.users++;
        }
        if (!shared.follower.await(FIRST_WITHIN)) {
            LOG.warn(
                    "Not all threat intelligence could be read within {} s. Events are compared with the {} indicators"
                            + " that are there; the others are taken up as they come.",
                    FIRST_WITHIN.toSeconds(),
                    shared.follower.index().size());
        }
        return new Handle(shared);
    }

    private final class Handle implements Enrichment {
        private final Shared shared;
        private final IntelEnricher enricher;
        private boolean closed;

        Handle(Shared shared) {
            this.shared = shared;
            this.enricher = new IntelEnricher(shared.follower.index().matcher());
        }

        @Override
        public SecurityEvent enrich(SecurityEvent event) {
            return enricher.apply(event);
        }

        @Override
        public void close() {
            boolean last;
            synchronized (SHARED) {
                last = !closed && --shared.users == 0;
                closed = true;
                if (last) {
                    SHARED.remove(bootstrapServers, shared);
                }
            }
            if (last) {
                shared.follower.close();
            }
        }

        @Override
        public Map<String, Long> figures() {
            return Map.of(
                    "indicators", (long) shared.follower.index().size(),
                    "intelMatched", enricher.matched(),
                    "intelRefused", shared.follower.refused());
        }
    }
}
