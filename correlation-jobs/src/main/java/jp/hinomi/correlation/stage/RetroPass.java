package jp.hinomi.correlation.stage;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jp.hinomi.city.City;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.intel.IntelMatch;
import jp.hinomi.ingest.intel.LookedUp;
import jp.hinomi.ingest.intel.RetroMatch;
import jp.hinomi.ingest.intel.ThreatFields;

/**
 * One walk through the events of the past with all indicators that have come since the last: who met them before they were
 * known? An event that bears an indicator already was matched when it was read, and is passed over; so is one that bears as
 * many others as an event can.
 *
 * <p>One alert for each indicator and set of resources that the events are about, so that each goes to those whose business
 * it is. Of each set the {@value #MOST_ALERTS} surest indicators have alerts of their own; the others share one. The alerts
 * depend on the events and indicators alone, not on the order of the events: a walk that is repeated after a crash writes the
 * same. Not thread-safe.
 */
public final class RetroPass {
    /** Alerts about single indicators, per set of resources. */
    static final int MOST_ALERTS = 20;

    /** Matches of one event that are looked at, the surest first. */
    private static final int MOST_MATCHES = 100;

    /** Bytes of evidence. Beyond, every alert keeps fewer events, then shorter ones; its count stays. */
    private static final long MOST_BYTES = 64 << 20;

    /** The part of a small heap that evidence may take. */
    private static final int HEAP_PART = 8;

    private static final RetroFinding.Room NO_ROOM = new RetroFinding.Room(0, 0);

    private static final Field INDICATOR = Fields.of("threat.indicator.id");

    private final AlertFactory factory;
    private final String origin;
    private final long mostBytes;
    private final RetroMatch matcher;
    private final Map<String, PerResources> found = new TreeMap<>();
    private final Map<String, Indicator> indicators = new HashMap<>();
    private final Map<String, Long> toldUntil;
    private RetroFinding.Room room = RetroFinding.Room.MOST;
    private long bytes;
    private long looked;
    private long matched;

    /** What was found about one set of resources. */
    private static final class PerResources {
        final TreeMap<Indicator, OfOne> own = new TreeMap<>(RetroFinding.ORDER);
        RetroFinding shared;
    }

    /**
     * What was found of one indicator.
     *
     * @param news events that nobody has been told of
     * @param told events from before the indicator lapsed: they belong to its alert, but not to one of many
     */
    private record OfOne(RetroFinding news, RetroFinding told) {
        OfOne() {
            this(new RetroFinding(), new RetroFinding());
        }

        long trim(RetroFinding.Room room) {
            return news.trim(room) + told.trim(room);
        }
    }

    /**
     * @param indicators that are new
     * @param origin names the pass; the same when it is repeated
     */
    public RetroPass(Collection<Indicator> indicators, City city, String origin) {
        this(indicators, Map.of(), city, origin);
    }

    /**
     * @param toldUntil of indicators that lapsed and hold again: up to when their events were told, in milliseconds since the
     *     epoch, by id
     */
    public RetroPass(Collection<Indicator> indicators, Map<String, Long> toldUntil, City city, String origin) {
        this(
                indicators,
                toldUntil,
                city,
                origin,
                Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PART));
    }

    RetroPass(Collection<Indicator> indicators, Map<String, Long> toldUntil, City city, String origin, long mostBytes) {
        // One object for each, however often it is found.
        indicators.forEach(indicator -> this.indicators.put(indicator.id(), indicator));
        this.toldUntil = Map.copyOf(toldUntil);
        this.factory = new AlertFactory(Optional.of(city));
        this.origin = origin;
        this.mostBytes = mostBytes;
        this.matcher = new RetroMatch(indicators, MOST_MATCHES);
    }

    /** From when on events can match at all, in milliseconds since the epoch; {@code Long.MAX_VALUE} = never. */
    public long earliest() {
        return matcher.earliest();
    }

    /** Looks at one event of the past. */
    public void look(SecurityEvent event) {
        looked++;
        List<IntelMatch> matches = matcher.match(event);
        if (matches.isEmpty()) {
            return;
        }
        List<?> known = known(event);
        if (known.size() >= ThreatFields.MAX_INDICATORS) {
            return;
        }
        boolean news = false;
        for (IntelMatch match : matches) {
            if (!known.contains(match.indicator().id())) {
                add(theOne(match), event);
                news = true;
            }
        }
        matched += news ? 1 : 0;
    }

    /** The ids of the indicators that the event was found to match when it was read. */
    private static List<?> known(SecurityEvent event) {
        Object ids = event.get(INDICATOR);
        return ids == null ? List.of() : ids instanceof List<?> list ? list : List.of(ids);
    }

    private IntelMatch theOne(IntelMatch match) {
        Indicator one = indicators.get(match.indicator().id());
        return new IntelMatch(one == null ? match.indicator() : one, match.subject(), match.field(), match.value());
    }

    private void add(IntelMatch match, SecurityEvent event) {
        List<AffectedResource> touched = List.copyOf(factory.of(event));
        String key = Principal.of(touched, AffectedResource::part).stream()
                .map(AffectedResource::id)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
        PerResources about = found.computeIfAbsent(key, none -> new PerResources());
        Indicator indicator = match.indicator();
        if (about.own.size() >= MOST_ALERTS
                && !about.own.containsKey(indicator)
                && RetroFinding.ORDER.compare(indicator, about.own.lastKey()) < 0) {
            OfOne last = about.own.pollLastEntry().getValue();
            bytes += last.told().trim(NO_ROOM);
            if (last.news().count() > 0) {
                bytes += shared(about).add(last.news(), room);
            }
        }
        boolean told = event.correlationMillis() < toldUntil.getOrDefault(indicator.id(), Long.MIN_VALUE);
        if (about.own.size() < MOST_ALERTS || about.own.containsKey(indicator)) {
            OfOne own = about.own.computeIfAbsent(indicator, none -> new OfOne());
            bytes += (told ? own.told() : own.news()).add(match, event, touched, room);
        } else if (!told) {
            bytes += shared(about).add(match, event, touched, room);
        }
        for (Optional<RetroFinding.Room> less = room.less();
                bytes > mostBytes && less.isPresent();
                less = room.less()) {
            room = less.get();
            found.values().forEach(each -> {
                each.own.values().forEach(own -> bytes += own.trim(room));
                bytes += each.shared == null ? 0 : each.shared.trim(room);
            });
        }
    }

    private static RetroFinding shared(PerResources about) {
        if (about.shared == null) {
            about.shared = new RetroFinding();
        }
        return about.shared;
    }

    /**
     * Hands out what was found, the same for the same events and indicators, and forgets it: evidence takes several times as
     * much in an alert, so there is one at a time.
     */
    public void takeAlerts(Consumer<Alert> alerts) {
        for (Iterator<Map.Entry<String, PerResources>> all = found.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, PerResources> next = all.next();
            all.remove();
            PerResources about = next.getValue();
            while (!about.own.isEmpty()) {
                Map.Entry<Indicator, OfOne> own = about.own.pollFirstEntry();
                RetroFinding news = own.getValue().news();
                if (news.count() > 0) {
                    news.add(own.getValue().told(), room);
                    alerts.accept(
                            news.ofOne(next.getKey(), Long.toHexString(LookedUp.looksFor(own.getKey())), factory));
                }
            }
            if (about.shared != null) {
                alerts.accept(about.shared.ofMany(next.getKey(), origin, factory));
            }
        }
    }

    /** How many events were looked at. */
    public long looked() {
        return looked;
    }

    /** How many of them met an indicator that they do not bear. */
    public long matched() {
        return matched;
    }
}
