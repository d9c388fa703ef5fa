package jp.hinomi.correlation.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import jp.hinomi.events.SecurityEvent;

/**
 * What a correlation sees: a detection that held for one event, or the firing of another correlation. Immutable.
 *
 * @param time of the event or firing, in milliseconds since the epoch
 * @param depth 0 for detections, else one more than the chain below
 * @param orderedBy decides at the same time and depth: the event's id, or the firing rule's name
 * @param id of the event, or of the alert that fired; what is counted
 * @param steps bit <i>i</i> is set if it is a match of the correlation's <i>i</i>-th listed rule
 * @param value of the fields whose values the correlation takes; empty if it takes none
 * @param evidence the log events behind it: one, or the newest of the inner alert; none if only its number matters any more
 * @param weight how many distinct log events are behind it; at least as many as the evidence
 */
public record Match(
        long time,
        int depth,
        String orderedBy,
        String id,
        long steps,
        String value,
        List<Sighting> evidence,
        long weight)
        implements Comparable<Match> {

    /**
     * The order of the design: time, detections before correlations by depth, then event id or rule name. Firings of one
     * rule at one time go on by alert id and growth, so that every arrival order gives the same.
     */
    public static final Comparator<Match> ORDER = Comparator.naturalOrder();

    public Match {
        Objects.requireNonNull(orderedBy, "orderedBy");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(value, "value");
        if (steps == 0) {
            throw new IllegalArgumentException("a match of no rule: " + id);
        }
        evidence = List.copyOf(evidence);
    }

    /** Detections {@code matched} held for the event. */
    public static Match ofEvent(LogEvent event, long steps, String value, List<String> matched) {
        return new Match(
                event.time(), 0, event.id(), event.id(), steps, value, List.of(new Sighting(event, matched)), 1);
    }

    public static Match ofEvent(SecurityEvent event, long steps, String value, List<String> matched) {
        return ofEvent(LogEvent.of(event), steps, value, matched);
    }

    /** The same event or firing arrived twice. */
    public boolean repeats(Match other) {
        return other != null && depth == 0 && other.depth == 0 && time == other.time && id.equals(other.id);
    }

    /** The value as a number; there must be one. */
    double number() {
        return Double.parseDouble(value);
    }

    /** In plain words, because it is what a correlator does most: chained comparators took a third of its time. */
    @Override
    public int compareTo(Match other) {
        if (time != other.time) {
            return Long.compare(time, other.time);
        }
        if (depth != other.depth) {
            return Integer.compare(depth, other.depth);
        }
        int order = orderedBy.compareTo(other.orderedBy);
        if (order == 0) {
            order = id.compareTo(other.id);
        }
        if (order == 0) {
            order = Long.compare(weight, other.weight);
        }
        return order != 0 ? order : Long.compare(steps, other.steps);
    }

    /** Without its log event, when there are enough newer ones. What an inner alert found is kept: it may be shared. */
    public Match stripped() {
        return depth > 0 || evidence.isEmpty()
                ? this
                : new Match(time, depth, orderedBy, id, steps, value, List.of(), weight);
    }

    /**
     * What the id of an alert is made of that it completes or opens. An inner alert fires again as it grows, and each time may
     * belong to another alert, so its id alone does not tell them apart.
     */
    String completingId() {
        return depth == 0 ? id : id + "@" + time;
    }

    boolean isStep(int index) {
        return (steps & (1L << index)) != 0;
    }
}
