package jp.hinomi.correlation.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.city.RuleKey;
import jp.hinomi.correlation.live.RuleRecord;
import jp.hinomi.correlation.live.TrustedKeys;

/**
 * The city as it was when the job was submitted, and the rules of the topic {@code rules}, over those that the job was
 * submitted with. One follower per process serves all operators of the job there; it ends with the last of them.
 */
final class LiveWorkspace implements WorkspaceSource {
    private static final long serialVersionUID = 1;

    /** How long an operator waits for the rules when it starts; then it fails, and Flink tries again. */
    private static final Duration FIRST_WITHIN = Duration.ofSeconds(60);

    private static final Map<String, Shared> SHARED = new HashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final String bootstrapServers;
    private final ShippedFiles city;
    private final ArrayList<RuleRecord> base;
    private final int levels;
    private final ArrayList<RuleKey> trusted;

    private static final class Shared {
        final RuleFollower follower;
        int users;

        Shared(RuleFollower follower) {
            this.follower = follower;
        }
    }

    /**
     * @param base rules that hold unless the topic says otherwise about their id
     * @param levels of chained correlations that the job has operators for
     * @param trusted keys that publications may be signed with beside those of the city
     */
    LiveWorkspace(String bootstrapServers, Path city, List<RuleRecord> base, int levels, List<RuleKey> trusted) {
        this.bootstrapServers = bootstrapServers;
        this.city = new ShippedFiles(List.of(city));
        this.base = new ArrayList<>(base);
        this.levels = levels;
        this.trusted = new ArrayList<>(trusted);
    }

    @Override
    public Workspace workspace() {
        try (FollowedWorkspace followed = follow()) {
            return followed.newest();
        }
    }

    @Override
    public FollowedWorkspace follow() {
        Handle handle;
        synchronized (SHARED) {
            Shared shared = SHARED.computeIfAbsent(id, any -> new Shared(follower(readCity())));
            shared.users++;
            handle = new Handle(shared);
        }
        try {
            handle.shared.follower.await(FIRST_WITHIN);
            return handle;
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    private RuleFollower follower(City known) {
        return new RuleFollower(bootstrapServers, known, base, levels, new TrustedKeys(known.ruleKeys()).and(trusted));
    }

    private final class Handle implements FollowedWorkspace {
        private final Shared shared;
        private boolean closed;

        Handle(Shared shared) {
            this.shared = shared;
        }

        @Override
        public Workspace newest() {
            return shared.follower.newest();
        }

        @Override
        public void close() {
            boolean last;
            synchronized (SHARED) {
                last = !closed && --shared.users == 0;
                closed = true;
                if (last) {
                    SHARED.remove(id, shared);
                }
            }
            if (last) {
                shared.follower.close();
            }
        }
    }

    private City readCity() {
        try {
            Path folder = Files.createTempDirectory("hinomi-job-");
            try {
                return CityReader.read(city.unpack(folder).get(0), warning -> {});
            } finally {
                ShippedFiles.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the job's city into the folder for temporary files", e);
        }
    }
}
