package jp.hinomi.correlation.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.hinomi.correlation.kafka.EventSize;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.Alert.Evidence;
import jp.hinomi.events.AlertIds;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.ingest.intel.IntelMatch;
import jp.hinomi.ingest.intel.ThreatFields;

/**
 * What the past holds of one indicator, or of many together, about one set of resources. What it says depends on the events,
 * not on the order in which they come. Not thread-safe.
 */
final class RetroFinding {
    /** The surest first; of equal ones by id. */
    static final Comparator<Indicator> ORDER = Comparator.comparingInt((Indicator indicator) -> -indicator.confidence())
            .thenComparing(Indicator::id);

    private static final int MOST_INDICATORS = 50;

    /** Bytes of an event as evidence; the raw line stays in Kafka under the event's id. */
    private static final int MOST_EVENT_BYTES = 64 << 10;

    private record At(long time, String event) implements Comparable<At> {
        private static final Comparator<At> ORDER =
                Comparator.comparingLong(At::time).thenComparing(At::event);

        @Override
        public int compareTo(At other) {
            return ORDER.compare(this, other);
        }
    }

    /** As JSON: objects would take several times as much. */
    private final TreeMap<At, byte[]> evidence = new TreeMap<>();

    private final TreeMap<Indicator, Map<String, Object>> indicators = new TreeMap<>(ORDER);
    private final Set<String> indicatorIds = new TreeSet<>();
    private final Set<AffectedResource> touched =
            new TreeSet<>(Comparator.comparing(AffectedResource::part).thenComparing(AffectedResource::id));
    private Severity level = Severity.INFORMATIONAL;
    private Tlp tlp = Tlp.CLEAR;
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** @return how many bytes of evidence it has more than before */
    long add(IntelMatch match, SecurityEvent event, List<AffectedResource> touches, int mostEvidence) {
        count++;
        first = Math.min(first, event.correlationMillis());
        last = Math.max(last, event.correlationMillis());
        touched.addAll(touches);
        raise(RetroRule.level(match, event));
        Map<String, Object> summary = ThreatFields.summary(match);
        restrict(AlertFactory.tlp(List.of(summary)));
        keep(match.indicator(), summary);
        At at = new At(event.correlationMillis(), event.id());
        if (evidence.containsKey(at) || evidence.size() >= mostEvidence && at.compareTo(evidence.firstKey()) < 0) {
            return 0;
        }
        byte[] json = EventJson.write(EventSize.fitting(event, MOST_EVENT_BYTES));
        evidence.put(at, json);
        return json.length + trim(mostEvidence);
    }

    /** Takes over what another one has; @return how many bytes of evidence both together have more, usually less than 0. */
    long add(RetroFinding other, int mostEvidence) {
        count += other.count;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        touched.addAll(other.touched);
        raise(other.level);
        restrict(other.tlp);
        other.indicators.forEach(this::keep);
        indicatorIds.addAll(other.indicatorIds);
        long more = 0;
        for (Map.Entry<At, byte[]> each : other.evidence.entrySet()) {
            if (evidence.putIfAbsent(each.getKey(), each.getValue()) != null) {
                more -= each.getValue().length;
            }
        }
        return more + trim(mostEvidence);
    }

    private void raise(Severity to) {
        level = to.compareTo(level) > 0 ? to : level;
    }

    private void restrict(Tlp to) {
        tlp = to.compareTo(tlp) > 0 ? to : tlp;
    }

    /** What is said of an indicator is where it was found; of several places always the same one. */
    private void keep(Indicator indicator, Map<String, Object> summary) {
        indicatorIds.add(indicator.id());
        indicators.merge(indicator, summary, (one, two) -> place(one).compareTo(place(two)) <= 0 ? one : two);
        if (indicators.size() > MOST_INDICATORS) {
            indicators.pollLastEntry();
        }
    }

    private static String place(Map<String, Object> summary) {
        return summary.get("field") + "\n" + summary.get("value");
    }

    /** Keeps the newest; @return how many bytes it has more than before: 0 or less. */
    long trim(int mostEvidence) {
        long more = 0;
        while (evidence.size() > mostEvidence) {
            more -= evidence.pollFirstEntry().getValue().length;
        }
        return more;
    }

    /** @param key of the resources, as in the group of the alert */
    Alert ofOne(String key, String fingerprint, AlertFactory factory) {
        Indicator indicator = indicators.firstKey();
        return alert(
                AlertIds.of(RetroRule.ID, List.of(indicator.id(), key), fingerprint),
                RetroRule.about(indicator, level),
                key.isEmpty()
                        ? Map.of("threat.indicator.id", indicator.id())
                        : inOrder("threat.indicator.id", indicator.id(), "city.resource", key),
                factory);
    }

    /** @param origin of the pass */
    Alert ofMany(String key, String origin, AlertFactory factory) {
        return alert(
                AlertIds.of(RetroRule.ID, List.of(key), origin),
                RetroRule.aboutMore(indicatorIds.size(), level),
                key.isEmpty() ? Map.of() : Map.of("city.resource", key),
                factory);
    }

    private static Map<String, String> inOrder(String key1, String value1, String key2, String value2) {
        Map<String, String> map = new java.util.LinkedHashMap<>();
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }

    /** Its revision is the count: the same finding again is the same revision, a larger one a later revision. */
    private Alert alert(String id, Alert.Rule rule, Map<String, String> group, AlertFactory factory) {
        List<AffectedResource> resources = factory.known(touched);
        List<Evidence> events = new ArrayList<>();
        evidence.forEach(
                (at, json) -> events.add(new Evidence(EventJson.read(json, at.event()), List.of(rule.name()))));
        return new Alert(
                id,
                (int) Math.min(count, Integer.MAX_VALUE),
                first,
                first,
                last,
                count,
                rule,
                factory.severity(rule.level(), resources),
                tlp,
                group,
                events,
                resources,
                List.copyOf(indicators.values()),
                List.of());
    }
}
