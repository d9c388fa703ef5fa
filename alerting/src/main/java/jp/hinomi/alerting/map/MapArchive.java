package jp.hinomi.alerting.map;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Versions of the map, ready to decide with as one would have then. The latest that were asked for are kept. Thread-safe. */
public final class MapArchive {
    private static final int KEPT = 6;

    private final MapVersions versions;
    private final Map<String, CityMap> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CityMap> eldest) {
            return size() > KEPT;
        }
    };

    public MapArchive(MapVersions versions) {
        this.versions = versions;
    }

    /** The map that was in force at that time; absent before the first version. */
    public Optional<CityMap> at(Instant time) {
        return versions.at(time).map(this::of);
    }

    /** @throws jp.hinomi.events.document.ProblemsException if this Hinomi cannot read it */
    public CityMap of(MapVersion version) {
        synchronized (kept) {
            CityMap known = kept.get(version.hash());
            if (known != null) {
                return known;
            }
        }
        CityMap map =
                new CityMap(versions.files(version.number()).read(versions.formats(), warning -> {}), version.name());
        synchronized (kept) {
            kept.put(version.hash(), map);
        }
        return map;
    }
}
