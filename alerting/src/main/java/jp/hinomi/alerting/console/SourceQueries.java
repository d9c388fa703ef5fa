package jp.hinomi.alerting.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.events.SourceHealth;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how sources fare: those of the city and those that the job has told of. Thread-safe. */
public final class SourceQueries {
    public static final int PAGE = 100;
    public static final String UNKNOWN = "unknown";

    private static final Duration SPAN = Duration.ofHours(24);

    /** Points are joined over this much of a day: three buckets of five minutes. */
    private static final double GAP = 3 * 5 / (24 * 60.0) + 1e-9;

    private final JdbcClient jdbc;

    public SourceQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param counts of all sources by state, the worst first @param more whether there are others behind these */
    public record Page(List<SourceRow> rows, Map<String, Integer> counts, int total, boolean more) {}

    private record Health(
            String state,
            Instant since,
            Optional<Instant> lastSeen,
            double perSecond,
            double rejectRate,
            OptionalLong offset,
            OptionalLong spread,
            Optional<String> advice) {}

    /** The worst first. @param state absent = all @param skip so many of them */
    public Page page(City city, Optional<String> state, String search, int skip, Instant now) {
        Map<String, Health> known = health();
        TreeSet<String> ids = new TreeSet<>(known.keySet());
        ids.addAll(city.sources().keySet());
        Map<String, Integer> counts = new LinkedHashMap<>();
        worstFirst().forEach(each -> counts.put(each, 0));
        ids.forEach(id -> counts.merge(state(known.get(id)), 1, Integer::sum));
        counts.values().removeIf(n -> n == 0);
        List<String> order = worstFirst();
        List<String> chosen = ids.stream()
                .filter(id -> state.isEmpty() || state.get().equals(state(known.get(id))))
                .filter(id -> search.isBlank() || id.contains(search.strip()))
                .sorted(Comparator.<String>comparingInt(id -> order.indexOf(state(known.get(id))))
                        .thenComparing(Comparator.naturalOrder()))
                .skip(skip)
                .limit(PAGE + 1L)
                .toList();
        List<String> shown = chosen.size() > PAGE ? chosen.subList(0, PAGE) : chosen;
        Map<String, Sparkline> rates = rates(shown, now);
        List<SourceRow> rows = shown.stream()
                .map(id -> row(id, Optional.ofNullable(city.sources().get(id)), known.get(id), rates.get(id)))
                .toList();
        return new Page(rows, counts, ids.size(), chosen.size() > PAGE);
    }

    /** How many are not well. */
    public int troubled() {
        return jdbc.sql("select count(*) from source_health where state <> 'ok'")
                .query(Integer.class)
                .single();
    }

    static List<String> worstFirst() {
        List<String> words = new ArrayList<>();
        for (SourceHealth.State state : SourceHealth.State.values()) {
            words.add(0, state.word());
        }
        words.add(words.size() - 1, UNKNOWN);
        return words;
    }

    private static String state(Health health) {
        return health == null ? UNKNOWN : health.state();
    }

    private static SourceRow row(String id, Optional<Source> source, Health health, Sparkline rate) {
        Optional<Health> known = Optional.ofNullable(health);
        return new SourceRow(
                id,
                source.isPresent(),
                source.map(Source::topic).orElse(""),
                source.map(Source::format).orElse(""),
                source.flatMap(Source::resource),
                source.flatMap(Source::expectEvery),
                state(health),
                known.map(Health::since),
                known.flatMap(Health::lastSeen),
                known.map(Health::perSecond).orElse(0.0),
                known.map(Health::rejectRate).orElse(0.0),
                known.map(Health::offset).orElse(OptionalLong.empty()),
                known.map(Health::spread).orElse(OptionalLong.empty()),
                known.flatMap(Health::advice),
                rate == null ? Sparkline.of(List.of(), GAP) : rate);
    }

    private Map<String, Health> health() {
        Map<String, Health> known = new HashMap<>();
        jdbc.sql("select * from source_health").query(row -> {
            known.put(
                    row.getString("source"),
                    new Health(
                            row.getString("state"),
                            Columns.instant(row, "since"),
                            Columns.optionalInstant(row, "last_seen"),
                            row.getDouble("per_second"),
                            row.getDouble("reject_rate"),
                            number(row, "offset_ms"),
                            number(row, "spread_ms"),
                            Optional.ofNullable(row.getString("advice"))));
        });
        return known;
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private record Bucket(String source, Sparkline.Point point) {}

    private Map<String, Sparkline> rates(List<String> sources, Instant now) {
        if (sources.isEmpty()) {
            return Map.of();
        }
        Instant from = now.minus(SPAN);
        return jdbc
                .sql("""
                select source, bucket, per_second from source_history
                where source in (:sources) and bucket between :from and :now order by source, bucket""")
                .param("sources", sources)
                .param("from", Columns.time(from))
                .param("now", Columns.time(now))
                .query((row, number) -> new Bucket(
                        row.getString("source"),
                        new Sparkline.Point(
                                Duration.between(from, Columns.instant(row, "bucket"))
                                                .toMillis()
                                        / (double) SPAN.toMillis(),
                                row.getDouble("per_second"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Bucket::source,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Bucket::point, Collectors.toList()),
                                points -> Sparkline.of(points, GAP))));
    }
}
