package jp.hinomi.correlation.detect;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import jp.hinomi.correlation.detect.DetectSettings.RejectedLine;
import jp.hinomi.correlation.job.Workspace;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.events.Alert;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.intel.IntelIndex;

/**
 * Files that are read and decoded once, and what is detected in their events by one or several sets of rules.
 *
 * @param geoip databases of addresses; may be none
 * @param indicators that events are compared with; may be empty
 * @param wanted events that are passed over as if they were not in the files
 * @param rejects receives what could not be decoded; called from one thread
 * @param detections at least one; the city of the first prepares the events for all
 */
public record FileRun(
        List<LogFile> files,
        List<Path> geoip,
        IntelIndex indicators,
        Predicate<SecurityEvent> wanted,
        Consumer<RejectedLine> rejects,
        List<Detecting> detections) {
    /**
     * @param alerts receives every revision of every alert, as they come, from several threads; {@link Alert#replaces} says
     *     which of two of an id counts
     * @param suppressed receives what exceptions kept from being matches, in parts that add up, from several threads; empty if
     *     nobody asks
     */
    public record Detecting(Workspace workspace, Consumer<Alert> alerts, Optional<Consumer<Suppressed>> suppressed) {
        public Detecting {
            Objects.requireNonNull(workspace, "workspace");
            Objects.requireNonNull(alerts, "alerts");
            Objects.requireNonNull(suppressed, "suppressed");
        }

        /** Nobody asks for what was suppressed. */
        public Detecting(Workspace workspace, Consumer<Alert> alerts) {
            this(workspace, alerts, Optional.empty());
        }
    }

    public FileRun {
        files = List.copyOf(files);
        geoip = List.copyOf(geoip);
        Objects.requireNonNull(indicators, "indicators");
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(rejects, "rejects");
        detections = List.copyOf(detections);
        if (detections.isEmpty()) {
            throw new IllegalArgumentException("files without rules");
        }
    }

    /** Of every event, without databases of addresses and threat intelligence, by one set of rules. */
    public static FileRun of(
            List<LogFile> files, Consumer<RejectedLine> rejects, Workspace workspace, Consumer<Alert> alerts) {
        return new FileRun(
                files, List.of(), new IntelIndex(), any -> true, rejects, List.of(new Detecting(workspace, alerts)));
    }
}
