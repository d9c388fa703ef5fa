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

    /** What a finding takes beside its events and ids. */
    private static final int ITSELF = 1 << 10;

    /** What an id takes that is counted: it is the indicator's own. */
    private static final int COUNTED = 64;

    /** For the revision: it leaves room for 60 years of minutes. */
    private static final long MINUTES_BEFORE =
            Instant.parse("2020-01-01T00:00:00Z").getEpochSecond() / 60;

    private static final int SIZE_BITS = 6;
    private static final int MOST_SIZE = (1 << SIZE_BITS) - 1;

    /**
     * How much is kept of each finding.
     *
     * @param events the newest
     * @param eventBytes of each; the raw line stays in Kafka under the event's id
     * @param counted indicators that are counted one by one
     */
    record Room(int events, int eventBytes, int counted) {
        static final Room MOST = new Room(Alert.MAX_EVIDENCE, 64 << 10, MOST_COUNTED);

        /** For what is counted, but not shown. */
        static final Room NO_EVENTS = new Room(0, 0, MOST_INDICATORS);

        /** The next smaller one: fewer events, then shorter ones, then fewer ids; empty if this is the least. */
        Optional<Room> less() {
            if (events > 1) {
                return Optional.of(new Room(events / 2, eventBytes, counted));
            }
            if (eventBytes > 4 << 10) {
                return Optional.of(new Room(1, eventBytes / 4, counted));
            }
            return counted > MOST_INDICATORS ? Optional.of(new Room(1, eventBytes, MOST_INDICATORS)) : Optional.empty();
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
    private final TreeSet<String> indicatorIds = new TreeSet<>();

    private final Set<AffectedResource> touched =
            new TreeSet<>(Comparator.comparing(AffectedResource::part).thenComparing(AffectedResource::id));
    private int counted = MOST_COUNTED;
    private Severity level = Severity.INFORMATIONAL;
    private Tlp tlp = AlertFactory.DEFAULT_TLP;
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** @return how many bytes it has more than before */
    long add(IntelMatch match, SecurityEvent event, List<AffectedResource> touches, Room room) {
        long more = count == 0 ? ITSELF : 0;
        count++;
        first = Math.min(first, event.correlationMillis());
        last = Math.max(last, event.correlationMillis());
        touched.addAll(touches);
        raise(RetroRule.level(match, event));
        restrict(match.indicator().tlp());
        more += keep(match);
        At at = new At(event.correlationMillis(), event.id());
        if (room.events() > 0
                && !evidence.containsKey(at)
                && (evidence.size() < room.events() || at.compareTo(evidence.firstKey()) > 0)) {
            byte[] json = EventJson.write(EventSize.fitting(event, room.eventBytes()));
            evidence.put(at, json);
            more += json.length + BESIDE;
        }
        return more + trim(room);
    }

    /** Takes over what another one has; @return how many bytes both together have more, usually less than 0. */
    long add(RetroFinding other, Room room) {
        long more = count == 0 || other.count == 0 ? 0 : -ITSELF;
        count += other.count;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        touched.addAll(other.touched);
        raise(other.level);
        restrict(other.tlp);
        for (IntelMatch match : other.indicators.values()) {
            more += keep(match);
        }
        for (String id : other.indicatorIds) {
            more += count(id) - COUNTED;
        }
        for (Map.Entry<At, byte[]> each : other.evidence.entrySet()) {
            if (evidence.putIfAbsent(each.getKey(), each.getValue()) != null) {
                more -= each.getValue().length + BESIDE;
            }
        }
        return more + trim(room);
    }

    /** Forgets it; @return how many bytes it had, less than 0. */
    long drop() {
        return trim(Room.NO_EVENTS) - (count == 0 ? 0 : ITSELF) - (long) COUNTED * indicatorIds.size();
    }

    private void raise(Severity to) {
        level = to.compareTo(level) > 0 ? to : level;
    }

    private void restrict(Tlp to) {
        tlp = to.compareTo(tlp) > 0 ? to : tlp;
    }

    /** What is said of an indicator is where it was found; of several places always the same one. */
    private long keep(IntelMatch match) {
        long more = count(match.indicator().id());
        indicators.merge(match.indicator(), match, (one, two) -> place(one).compareTo(place(two)) <= 0 ? one : two);
        if (indicators.size() > MOST_INDICATORS) {
            indicators.pollLastEntry();
        }
        return more;
    }

    /** One more than is counted, so that "more than" is known. */
    private long count(String id) {
        return indicatorIds.size() <= counted && indicatorIds.add(id) ? COUNTED : 0;
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
        counted = Math.min(counted, room.counted());
        while (indicatorIds.size() > counted + 1) {
            indicatorIds.pollLast();
            more -= COUNTED;
        }
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
                RetroRule.aboutMore(Math.min(indicatorIds.size(), counted), indicatorIds.size() > counted, level),
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
     * News are events that happened later, or clearly more of them, or from clearly before: they are a later revision. The same
     * finding again is the same one, and so is one that is smaller because events of the past have expired since.
     */
    private int revision() {
        long minutes = Math.max(0, last / 60_000 - MINUTES_BEFORE);
        return (int) Math.min(Integer.MAX_VALUE, (minutes << SIZE_BITS) + size(count, (last - first) / 60_000));
    }

    /**
     * Two steps for each doubling of the events, one for each of the time they take; more of both is never less. A feed that
     * moves the beginning of an indicator back leaves the last event where it was.
     */
    static int size(long events, long minutes) {
        int doubled = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, events));
        int half = doubled > 0 && ((events >> (doubled - 1)) & 1) == 1 ? 1 : 0;
        int span = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, minutes));
        return Math.min(MOST_SIZE, 2 * doubled + half + span);
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
