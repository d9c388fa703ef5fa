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
 * it is. Of each set the {@value #MOST_ALERTS} surest indicators with news have alerts of their own; the others share one. The
 * alerts depend on the events and indicators alone, not on the order of the events: a walk that is repeated after a crash
 * writes the same, unless so much matches that memory is short. Not thread-safe.
 */
public final class RetroPass {
    /** Alerts about single indicators, per set of resources. */
    static final int MOST_ALERTS = 20;

    /** Matches of one event that are looked at, the surest first. */
    private static final int MOST_MATCHES = 100;

    /** Findings of told events per place of an alert: which of them news belong to is not known before the end. */
    private static final int TOLD_PER_PLACE = 10;

    /**
     * Bytes of what was found. Beyond, every alert keeps fewer events, then shorter ones, then fewer indicators have alerts
     * of their own, at last none: what is left is one finding with one event for each set of resources.
     */
    private static final long MOST_BYTES = 64 << 20;

    /** The part of a small heap that evidence may take. */
    private static final int HEAP_PART = 8;

    private static final Field INDICATOR = Fields.of("threat.indicator.id");

    private final AlertFactory factory;
    private final String origin;
    private final long mostBytes;
    private final RetroMatch matcher;
    private final Map<String, PerResources> found = new TreeMap<>();
    private final Map<String, Indicator> indicators = new HashMap<>();
    private final Map<String, Long> toldUntil;
    private RetroFinding.Room room = RetroFinding.Room.MOST;
    private int places = MOST_ALERTS;
    private long bytes;
    private long looked;
    private long matched;

    /** What was found about one set of resources. */
    private static final class PerResources {
        /** Events that nobody has been told of, of the surest indicators. */
        final TreeMap<Indicator, RetroFinding> news = new TreeMap<>(RetroFinding.ORDER);

        /** Events from before the indicator lapsed: they belong to its alert if it has news, but not to one of many. */
        final TreeMap<Indicator, RetroFinding> told = new TreeMap<>(RetroFinding.ORDER);

        RetroFinding shared;

        RetroFinding shared() {
            if (shared == null) {
                shared = new RetroFinding();
            }
            return shared;
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
        if (event.correlationMillis() < toldUntil.getOrDefault(indicator.id(), Long.MIN_VALUE)) {
            if (hasPlace(about.told, indicator, TOLD_PER_PLACE * places)) {
                bytes += about.told
                        .computeIfAbsent(indicator, none -> new RetroFinding())
                        .add(match, event, touched, toldRoom());
            }
        } else if (hasPlace(about.news, indicator, places)) {
            bytes += about.news
                    .computeIfAbsent(indicator, none -> new RetroFinding())
                    .add(match, event, touched, room);
        } else {
            bytes += about.shared().add(match, event, touched, room);
        }
        fit(about);
        while (bytes > mostBytes && (room.less().isPresent() || places > 0)) {
            Optional<RetroFinding.Room> less = room.less();
            if (less.isPresent()) {
                room = less.get();
            } else {
                places /= 2;
            }
            found.values().forEach(this::shrink);
        }
    }

    /** Whether it is among the surest, so far. */
    private static boolean hasPlace(TreeMap<Indicator, RetroFinding> surest, Indicator indicator, int places) {
        return surest.containsKey(indicator)
                || surest.size() < places
                || places > 0 && RetroFinding.ORDER.compare(indicator, surest.lastKey()) < 0;
    }

    /** Makes the least sure ones give up their places if there are more than there may be. */
    private void fit(PerResources about) {
        while (about.told.size() > TOLD_PER_PLACE * places) {
            bytes += about.told.pollLastEntry().getValue().drop();
        }
        while (about.news.size() > places) {
            bytes += about.shared().add(about.news.pollLastEntry().getValue(), room);
        }
    }

    private void shrink(PerResources about) {
        fit(about);
        about.told.values().forEach(told -> bytes += told.trim(toldRoom()));
        about.news.values().forEach(news -> bytes += news.trim(room));
        bytes += about.shared == null ? 0 : about.shared.trim(room);
    }

    /** Where there is least room, it is for what nobody knows yet. */
    private RetroFinding.Room toldRoom() {
        return room.less().isPresent() ? room : RetroFinding.Room.NO_EVENTS;
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
            while (!about.news.isEmpty()) {
                Map.Entry<Indicator, RetroFinding> own = about.news.pollFirstEntry();
                RetroFinding news = own.getValue();
                RetroFinding told = about.told.remove(own.getKey());
                if (told != null) {
                    news.add(told, room);
                }
                alerts.accept(news.ofOne(next.getKey(), Long.toHexString(LookedUp.looksFor(own.getKey())), factory));
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
