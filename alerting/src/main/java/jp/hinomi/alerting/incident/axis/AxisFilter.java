package jp.hinomi.alerting.incident.axis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.alerting.incident.TimelineEntry;

/**
 * What of a timeline is looked at, as it stands in an address. What is not understood counts as not given, so that an address
 * from elsewhere still shows something.
 *
 * @param window absent = everything
 * @param kinds words of types of entries, and {@code event}; none = all entries, without the events of logs
 * @param lane id of one of the {@link Lanes}
 * @param text a part of what is written, in either language
 * @param pinned only those
 * @param inReport only what reports may show
 * @param byLayer whether lanes are the layers of the city instead of stakeholders
 * @param utc whether times are UTC's instead of the city's
 */
public record AxisFilter(
        Optional<Window> window,
        Set<String> kinds,
        Optional<String> lane,
        String text,
        boolean pinned,
        boolean inReport,
        boolean byLayer,
        boolean utc) {
    public static final String EVENT = "event";

    /** In the order of the legend. */
    public static final List<String> KINDS = Stream.concat(
                    Arrays.stream(TimelineEntry.Type.values()).map(TimelineEntry.Type::word), Stream.of(EVENT))
            .toList();

    private static final int TEXT = 200;

    public AxisFilter {
        kinds = Set.copyOf(kinds);
    }

    public static AxisFilter of(
            String from,
            String to,
            List<String> kinds,
            String lane,
            String text,
            boolean pinned,
            boolean inReport,
            String lanes,
            String zone) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        return new AxisFilter(
                Window.of(from, to),
                kinds == null
                        ? Set.of()
                        : kinds.stream().filter(KINDS::contains).collect(Collectors.toSet()),
                Optional.of(lane).filter(id -> !id.isBlank() && id.indexOf('\0') < 0),
                (trimmed.length() > TEXT ? trimmed.substring(0, TEXT) : trimmed).replace("\0", ""),
                pinned,
                inReport,
                "layer".equals(lanes),
                "utc".equals(zone));
    }

    /** Whether events of logs are listed among the entries. */
    public boolean listsEvents() {
        return (kinds.contains(EVENT) || lane.filter(Drawing.EVENTS::equals).isPresent()) && !pinned && !inReport;
    }

    public AxisFilter in(Window other) {
        return new AxisFilter(Optional.of(other), kinds, lane, text, pinned, inReport, byLayer, utc);
    }

    /** From the first to the last. */
    public AxisFilter everything() {
        return new AxisFilter(Optional.empty(), kinds, lane, text, pinned, inReport, byLayer, utc);
    }

    public AxisFilter with(String kind) {
        Set<String> more = new TreeSet<>(kinds);
        if (!more.remove(kind)) {
            more.add(kind);
        }
        return new AxisFilter(window, more, lane, text, pinned, inReport, byLayer, utc);
    }

    public AxisFilter inLane(String id) {
        return new AxisFilter(
                window,
                kinds,
                lane.equals(Optional.of(id)) ? Optional.empty() : Optional.of(id),
                text,
                pinned,
                inReport,
                byLayer,
                utc);
    }

    public AxisFilter pins(boolean only) {
        return new AxisFilter(window, kinds, lane, text, only, inReport, byLayer, utc);
    }

    public AxisFilter reported(boolean only) {
        return new AxisFilter(window, kinds, lane, text, pinned, only, byLayer, utc);
    }

    /** A lane of the other kind is none of these. */
    public AxisFilter lanesByLayer(boolean layers) {
        return new AxisFilter(
                window, kinds, layers == byLayer ? lane : Optional.empty(), text, pinned, inReport, layers, utc);
    }

    public AxisFilter zone(boolean other) {
        return new AxisFilter(window, kinds, lane, text, pinned, inReport, byLayer, other);
    }

    public AxisFilter saying(String other) {
        return new AxisFilter(window, kinds, lane, other, pinned, inReport, byLayer, utc);
    }

    /** Names and values of an address, in a fixed order; what is not given is left out. */
    public List<Map.Entry<String, String>> parameters() {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        window.ifPresent(each -> {
            parameters.add(Map.entry("from", each.from().toString()));
            parameters.add(Map.entry("to", each.to().toString()));
        });
        KINDS.stream().filter(kinds::contains).forEach(kind -> parameters.add(Map.entry("kind", kind)));
        lane.ifPresent(id -> parameters.add(Map.entry("lane", id)));
        if (!text.isEmpty()) {
            parameters.add(Map.entry("q", text));
        }
        if (pinned) {
            parameters.add(Map.entry("pinned", "true"));
        }
        if (inReport) {
            parameters.add(Map.entry("report", "true"));
        }
        if (byLayer) {
            parameters.add(Map.entry("lanes", "layer"));
        }
        if (utc) {
            parameters.add(Map.entry("tz", "utc"));
        }
        return parameters;
    }
}
