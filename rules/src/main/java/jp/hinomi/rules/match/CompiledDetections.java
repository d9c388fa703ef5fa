package jp.hinomi.rules.match;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Logsource;
import jp.hinomi.rules.route.EventKind;
import jp.hinomi.rules.route.LogsourceTable;

/**
 * The engines for a set of detections: one for every set of rules that some kind of event belongs to, built when the
 * first such event comes. Thread-safe, so that operators of one process can share it.
 */
final class CompiledDetections {
    /** Kinds of events beyond this many are all given to the engine that holds every rule. */
    private static final int MOST_ENGINES = 48;

    private static final int MOST_ROUTES = 4_096;

    /** A subset nearly as large as the whole is not worth an engine of its own. */
    private static final double OWN_ENGINE_BELOW = 0.8;

    private final List<DetectionRule> rules;
    private final LogsourceTable table;
    private final ZoneId zone;
    private final Map<Logsource, int[]> byLogsource = new LinkedHashMap<>();
    private final Engine everything;
    private final Map<List<Integer>, Engine> engines = new ConcurrentHashMap<>();
    private final Map<EventKind, Route> routes = new ConcurrentHashMap<>();

    /**
     * Where events of a kind go.
     *
     * @param mask rules of the engine that the kind belongs to, 64 to a word; null for all of them
     */
    record Route(Engine engine, long[] mask) {}

    CompiledDetections(List<DetectionRule> rules, LogsourceTable table, ZoneId zone) {
        this.rules = List.copyOf(rules);
        this.table = table;
        this.zone = zone;
        this.everything = new Engine(this.rules, zone);
        for (Logsource logsource :
                this.rules.stream().map(DetectionRule::logsource).distinct().toList()) {
            byLogsource.put(
                    logsource,
                    IntStream.range(0, this.rules.size())
                            .filter(rule -> this.rules.get(rule).logsource().equals(logsource))
                            .toArray());
        }
    }

    Route route(SecurityEvent event) {
        EventKind kind = table.kind(event);
        Route known = routes.get(kind);
        if (known != null) {
            return known;
        }
        // Kinds are made of what events say, and hostile events could say anything.
        if (routes.size() >= MOST_ROUTES) {
            routes.clear();
        }
        Route route = decide(kind);
        routes.put(kind, route);
        return route;
    }

    private Route decide(EventKind kind) {
        int[] accepted = byLogsource.entrySet().stream()
                .filter(entry -> table.accepts(entry.getKey(), kind))
                .flatMapToInt(entry -> Arrays.stream(entry.getValue()))
                .sorted()
                .toArray();
        if (accepted.length == rules.size()) {
            return new Route(everything, null);
        }
        List<Integer> key = Arrays.stream(accepted).boxed().toList();
        if (engines.containsKey(key)
                || accepted.length < OWN_ENGINE_BELOW * rules.size() && engines.size() < MOST_ENGINES) {
            Engine own = engines.computeIfAbsent(
                    key, subset -> new Engine(subset.stream().map(rules::get).toList(), zone));
            return new Route(own, null);
        }
        long[] mask = new long[(rules.size() + Long.SIZE - 1) / Long.SIZE];
        for (int rule : accepted) {
            mask[rule >>> 6] |= 1L << rule;
        }
        return new Route(everything, mask);
    }
}
