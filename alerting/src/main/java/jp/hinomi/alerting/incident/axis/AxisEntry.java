package jp.hinomi.alerting.incident.axis;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A line of the list below the axis.
 *
 * @param id of the entry of the timeline; 0 of an event of a log
 * @param kind the word of a type of entry, or {@code event}
 * @param alert id of the alert that it leads to
 * @param earlier what it said before it was corrected, newest first
 */
public record AxisEntry(
        long id,
        Instant at,
        Instant recorded,
        String lane,
        String kind,
        String author,
        String textJa,
        String textEn,
        List<String> visibleTo,
        boolean inReport,
        boolean pinned,
        boolean manual,
        Optional<String> alert,
        List<Earlier> earlier) {
    /** @param at when it was said to have happened */
    public record Earlier(String author, Instant recorded, Instant at, String textJa, String textEn) {
        public String text(String language) {
            return "ja".equals(language) ? textJa : textEn;
        }
    }

    public AxisEntry {
        Objects.requireNonNull(at, "at");
        visibleTo = List.copyOf(visibleTo);
        earlier = List.copyOf(earlier);
    }

    public String text(String language) {
        return "ja".equals(language) ? textJa : textEn;
    }
}
