package jp.hinomi.correlation.stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Beyond, the alert says "more than" so many: to count them exactly all of their ids would have to be kept. */
    static final int MOST_COUNTED = 1_000;

    /** What an event in memory takes beside its bytes. */
    private static final int BESIDE = 256;

    /** For the revision: it leaves room for 120 years of minutes. */
    private static final long MINUTES_BEFORE =
            Instant.parse("2020-01-01T00:00:00Z").getEpochSecond() / 60;

    private static final int COUNT_BITS = 5;

    /**
     * How much is kept of each finding.
     *
     * @param events the newest
     * @param eventBytes of each; the raw line stays in Kafka under the event's id
     */
    record Room(int events, int eventBytes) {
        static final Room MOST = new Room(Alert.MAX_EVIDENCE, 64 << 10);

        /** The next smaller one: fewer events, then shorter ones; empty if this is the least. */
        Optional<Room> less() {
            if (events > 1) {
                return Optional.of(new Room(events / 2, eventBytes));
            }
            return eventBytes > 4 << 10 ? Optional.of(new Room(1, eventBytes / 4)) : Optional.empty();
        }
    }

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

    /** With where they were found. */
    private final TreeMap<Indicator, IntelMatch> indicators = new TreeMap<>(ORDER);

    /** Some of them, if there are more than are counted. */
    private final Set<String> indicatorIds = new TreeSet<>();

    private final Set<AffectedResource> touched =
            new TreeSet<>(Comparator.comparing(AffectedResource::part).thenComparing(AffectedResource::id));
    private Severity level = Severity.INFORMATIONAL;
    private Tlp tlp = AlertFactory.DEFAULT_TLP;
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** @return how many bytes it has more than before */
    long add(IntelMatch match, SecurityEvent event, List<AffectedResource> touches, Room room) {
        count++;
        first = Math.min(first, event.correlationMillis());
        last = Math.max(last, event.correlationMillis());
        touched.addAll(touches);
        raise(RetroRule.level(match, event));
        restrict(match.indicator().tlp());
        keep(match);
        At at = new At(event.correlationMillis(), event.id());
        if (evidence.containsKey(at) || evidence.size() >= room.events() && at.compareTo(evidence.firstKey()) < 0) {
            return 0;
        }
        byte[] json = EventJson.write(EventSize.fitting(event, room.eventBytes()));
        evidence.put(at, json);
        return json.length + BESIDE + trim(room);
    }

    /** Takes over what another one has; @return how many bytes both together have more, usually less than 0. */
    long add(RetroFinding other, Room room) {
        count += other.count;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        touched.addAll(other.touched);
        raise(other.level);
        restrict(other.tlp);
        other.indicators.values().forEach(this::keep);
        other.indicatorIds.forEach(this::count);
        long more = 0;
        for (Map.Entry<At, byte[]> each : other.evidence.entrySet()) {
            if (evidence.putIfAbsent(each.getKey(), each.getValue()) != null) {
                more -= each.getValue().length + BESIDE;
            }
        }
        return more + trim(room);
    }

    private void raise(Severity to) {
        level = to.compareTo(level) > 0 ? to : level;
    }

    private void restrict(Tlp to) {
        tlp = to.compareTo(tlp) > 0 ? to : tlp;
    }

    /** What is said of an indicator is where it was found; of several places always the same one. */
    private void keep(IntelMatch match) {
        count(match.indicator().id());
        indicators.merge(match.indicator(), match, (one, two) -> place(one).compareTo(place(two)) <= 0 ? one : two);
        if (indicators.size() > MOST_INDICATORS) {
            indicators.pollLastEntry();
        }
    }

    private void count(String id) {
        if (indicatorIds.size() <= MOST_COUNTED) {
            indicatorIds.add(id);
        }
    }

    private static String place(IntelMatch match) {
        return match.field().name() + "\n" + match.value();
    }

    long count() {
        return count;
    }

    /** Keeps the newest, and of each what has room; @return how many bytes it has more than before: 0 or less. */
    long trim(Room room) {
        long more = 0;
        while (evidence.size() > room.events()) {
            more -= evidence.pollFirstEntry().getValue().length + BESIDE;
        }
        for (Map.Entry<At, byte[]> each : evidence.entrySet()) {
            byte[] json = each.getValue();
            if (json.length > room.eventBytes()) {
                SecurityEvent event = EventJson.read(json, each.getKey().event());
                byte[] shorter = EventJson.write(EventSize.fitting(event, room.eventBytes()));
                each.setValue(shorter);
                more += shorter.length - json.length;
            }
        }
        return more;
    }

    /**
     * The same alert whenever the indicator comes again and looks for the same.
     *
     * @param key of the resources, as in the group of the alert
     * @param fingerprint of what the indicator looks for
     */
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
                RetroRule.aboutMore(
                        Math.min(indicatorIds.size(), MOST_COUNTED), indicatorIds.size() > MOST_COUNTED, level),
                key.isEmpty() ? Map.of() : Map.of("city.resource", key),
                factory);
    }

    private static Map<String, String> inOrder(String key1, String value1, String key2, String value2) {
        Map<String, String> map = new java.util.LinkedHashMap<>();
        map.put(key1, value1);
        map.put(key2, value2);
        return map;
    }

    /**
     * News are events that happened later, or more of them in the same minute: they are a later revision. The same finding
     * again is the same one, and so is one that is smaller because events of the past have expired since.
     */
    private int revision() {
        long minutes = Math.max(0, last / 60_000 - MINUTES_BEFORE);
        long few = Math.min(count, (1 << COUNT_BITS) - 1);
        return (int) Math.min(Integer.MAX_VALUE, (minutes << COUNT_BITS) + few);
    }

    private Alert alert(String id, Alert.Rule rule, Map<String, String> group, AlertFactory factory) {
        List<AffectedResource> resources = factory.known(touched);
        List<Evidence> events = new ArrayList<>();
        evidence.forEach(
                (at, json) -> events.add(new Evidence(EventJson.read(json, at.event()), List.of(rule.name()))));
        return new Alert(
                id,
                revision(),
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
                indicators.values().stream().map(ThreatFields::summary).toList(),
                List.of());
    }
}
