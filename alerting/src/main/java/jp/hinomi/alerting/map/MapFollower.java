package jp.hinomi.alerting.map;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.CityFiles;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts this instance onto the version in force whenever another one came into force, whichever instance people approved it on.
 * Looks when it is told to, which is at each announcement of the database and every few seconds. Thread-safe.
 */
public final class MapFollower {
    private static final Logger LOG = LoggerFactory.getLogger(MapFollower.class);

    private final MapVersions versions;
    private final MapArchive archive;
    private final MapInForce inForce;

    private MapFollower(MapVersions versions, MapArchive archive, MapInForce inForce) {
        this.versions = versions;
        this.archive = archive;
        this.inForce = inForce;
    }

    /**
     * Takes the files of the city's folder in, and begins with the version in force, or, should there be none, with the city.
     *
     * @param files absent = the city is no version
     * @throws ProblemsException if templates of messages among the files do not work
     */
    public static MapFollower start(
            MapVersions versions, MapArchive archive, City city, Optional<CityFiles> files, Instant now) {
        Optional<CityMap> current = readable(versions, archive);
        if (files.isPresent()) {
            List<Problem> wrong = versions.wrongTemplates(files.get());
            if (!wrong.isEmpty()) {
                throw new ProblemsException(wrong);
            }
            boolean broken = current.isEmpty() && versions.inForce().isPresent();
            switch (versions.take(files.get(), !broken, now)) {
                case KNOWN -> LOG.debug("The city's folder holds the map in force");
                case IN_FORCE -> LOG.info("The files of the city's folder are the map in force now");
                case DRAFT ->
                    LOG.warn(
                            "The city's folder was changed, and so was the map in the console: the files wait there as a"
                                    + " draft. Approve it under Responsibility, or write the map in force into the folder.");
                case OLDER ->
                    LOG.warn("The city's folder holds an older version than the map in force, and jobs read the folder:"
                            + " write the map in force into it (Responsibility, versions) and start the jobs anew.");
            }
            current = readable(versions, archive);
        }
        return new MapFollower(versions, archive, new MapInForce(current.orElseGet(() -> CityMap.of(city))));
    }

    private static Optional<CityMap> readable(MapVersions versions, MapArchive archive) {
        try {
            return versions.inForce().map(archive::of);
        } catch (ProblemsException e) {
            LOG.error("The map in force cannot be read by this version of Hinomi: {}", e.getMessage());
            return Optional.empty();
        }
    }

    public MapInForce inForce() {
        return inForce;
    }

    /** Changes over if another version is in force. */
    public void look() {
        Optional<MapVersion> current = versions.inForce();
        if (current.isPresent()
                && !current.get().name().equals(inForce.current().version())) {
            inForce.replace(archive.of(current.get()));
            LOG.info(
                    "Version {} of the responsibility map is in force",
                    current.get().number());
        }
    }
}
