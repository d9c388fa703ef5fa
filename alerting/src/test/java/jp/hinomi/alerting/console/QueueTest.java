package jp.hinomi.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.alerting.store.Grams;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.testing.TestPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The queue's lists, facets and groups say of random alerts what a plain count in memory says. Of random seeds with
 * {@code -Dhinomi.rounds=1000 -Dhinomi.seed=N}.
 */
class QueueTest {
    private static final int ALERTS = 400;
    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

    private static JdbcClient jdbc;
    private static AlertQueries queries;
    private static FacetQueries facets;
    private static final List<Row> ROWS = new ArrayList<>();

    private record Row(
            long seq,
            String id,
            Severity severity,
            String work,
            String rule,
            Tlp tlp,
            Optional<String> assignee,
            Set<String> resources,
            Set<String> stakeholders,
            Set<String> deliveries,
            Instant first,
            Instant last,
            String text) {}

    @BeforeAll
    static void fill() {
        TestPostgres.Database database = TestPostgres.shared().newDatabase();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:jp/hinomi/alerting/migration")
                .load()
                .migrate();
        jdbc = PlannedAnew.of(
                new SingleConnectionDataSource(database.jdbcUrl(), database.user(), database.password(), true));
        queries = new AlertQueries(jdbc);
        facets = new FacetQueries(queries, jdbc);
        Random random = new Random(7);
        for (int i = 1; i <= ALERTS; i++) {
            ROWS.add(row(random, i));
        }
        ROWS.forEach(QueueTest::insert);
    }

    private static Row row(Random random, int number) {
        Instant first = START.plus(Duration.ofMinutes(random.nextInt(10_000)));
        int lasts = random.nextInt(4) == 0 ? 3000 : 50;
        List<String> works = List.of("open", "open", "acknowledged", "in-progress", "closed");
        return new Row(
                number,
                "alert-" + number,
                Severity.values()[random.nextInt(Severity.values().length)],
                works.get(random.nextInt(works.size())),
                "rule-" + random.nextInt(5),
                Tlp.values()[random.nextInt(Tlp.values().length)],
                random.nextInt(3) == 0 ? Optional.of("analyst-" + random.nextInt(2)) : Optional.empty(),
                some(random, "resource-", 3),
                some(random, "stakeholder-", 3),
                some(random, "", 4).stream()
                        .map(Integer::parseInt)
                        .map(List.of("sent", "dead", "pending", "held")::get)
                        .collect(Collectors.toSet()),
                first,
                first.plus(Duration.ofMinutes(random.nextInt(lasts))),
                "login from 198.18.0." + random.nextInt(9) + " 水道" + random.nextInt(4));
    }

    private static Set<String> some(Random random, String prefix, int of) {
        Set<String> some = new TreeSet<>();
        for (int i = 0; i < of; i++) {
            if (random.nextInt(3) == 0) {
                some.add(prefix + i);
            }
        }
        return some;
    }

    private static void insert(Row row) {
        jdbc.sql("""
                insert into alert (id, revision, rule_id, rule_name, rule_version, title_ja, title_en, rule_level, severity,
                    notified_severity, tlp, status, in_progress, raised_at, first_seen, last_seen, event_count, group_values,
                    body, search, grams, received_at, updated_at, assignee)
                values (:id, 1, :rule, :rule, '1', :rule, :rule, 0, :severity, 0, :tlp, :status, :progress, :last, :first, :last,
                    1, '{}', '{}', :text, cast(:grams as integer[]), :last, :last, :assignee)""")
                .param("id", row.id())
                .param("rule", row.rule())
                .param("severity", row.severity().ordinal())
                .param("tlp", row.tlp().ordinal())
                .param("status", row.work().equals("in-progress") ? "acknowledged" : row.work())
                .param("progress", row.work().equals("in-progress"))
                .param("first", row.first().atOffset(ZoneOffset.UTC))
                .param("last", row.last().atOffset(ZoneOffset.UTC))
                .param("text", row.text())
                .param("grams", Grams.literal(Grams.of(row.text())))
                .param("assignee", row.assignee().orElse(null))
                .update();
        // In two parts: it is one resource all the same.
        row.resources()
                .forEach(id -> List.of("target", "origin")
                        .forEach(part -> jdbc.sql(
                                        "insert into alert_resource (alert_id, resource_id, part) values (?, ?, ?)")
                                .params(row.id(), id, part)
                                .update()));
        row.stakeholders()
                .forEach(id -> jdbc.sql("insert into alert_stakeholder (alert_id, stakeholder_id) values (?, ?)")
                        .params(row.id(), id)
                        .update());
        row.deliveries()
                .forEach(state -> jdbc.sql("""
                        insert into delivery (idempotency_key, kind, cause, alert_id, rule_id, stakeholder_id, contact_id,
                            channel_type, address, language, zone, tlp_applied, disclosure, reasons, state, next_attempt_at,
                            deadline, created_at, inbox)
                        values (:key, 'notice', 'new', :id, 'r', 's', 'c', 'email', 'a', 'ja', 'UTC', 0, 'full', '{}', :state, now(), now(),
                            now(), '')""")
                        .param("key", row.id() + state)
                        .param("id", row.id())
                        .param("state", state)
                        .update());
    }

    private static final Map<String, List<String>> CHOICES = Map.ofEntries(
            Map.entry(
                    "severity", Stream.of(Severity.values()).map(Severity::word).toList()),
            Map.entry("status", List.of("all", "live", "open", "acknowledged", "in-progress", "closed")),
            Map.entry("rule", List.of("rule-0", "rule-1", "never")),
            Map.entry("resource", List.of("resource-0", "resource-2", "none")),
            Map.entry("stakeholder", List.of("stakeholder-1", "none")),
            Map.entry("assignee", List.of(AlertFilter.ME, AlertFilter.NOBODY, "analyst-1")),
            Map.entry("tlp", Stream.of(Tlp.values()).map(Tlp::word).toList()),
            Map.entry("delivery", List.of("dead", "waiting", "none")),
            Map.entry("q", List.of("198.18.0.3", "水道2", "-198.18.0.3", "login 水道1", "x")),
            Map.entry("sort", List.of("worst")));

    private static AlertFilter filter(Random random) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        CHOICES.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(choice -> {
            if (random.nextInt(4) == 0) {
                parameters.put(
                        choice.getKey(),
                        List.of(choice.getValue()
                                .get(random.nextInt(choice.getValue().size()))));
            }
        });
        Instant from = START.plus(Duration.ofMinutes(random.nextInt(10_000)));
        if (random.nextInt(3) == 0) {
            parameters.put("from", List.of(from.toString()));
        }
        if (random.nextInt(3) == 0) {
            parameters.put(
                    "to",
                    List.of(from.plus(Duration.ofMinutes(random.nextInt(3000))).toString()));
        }
        return AlertFilter.of(parameters);
    }

    private static boolean passes(AlertFilter filter, Row row) {
        return (filter.severities().isEmpty() || filter.severities().contains(row.severity()))
                && filter.status()
                        .map(status -> status.equals("live") ? !row.work().equals("closed") : status.equals(row.work()))
                        .orElse(true)
                && filter.rule().map(row.rule()::equals).orElse(true)
                && filter.resource().map(row.resources()::contains).orElse(true)
                && filter.stakeholder().map(row.stakeholders()::contains).orElse(true)
                && filter.assignee()
                        .map(name -> switch (name) {
                            case AlertFilter.ME -> row.assignee().equals(Optional.of("analyst-0"));
                            case AlertFilter.NOBODY -> row.assignee().isEmpty();
                            default -> row.assignee().equals(Optional.of(name));
                        })
                        .orElse(true)
                && filter.tlp().map(row.tlp()::equals).orElse(true)
                && filter.delivery()
                        .map(state -> switch (state) {
                            case "dead" -> row.deliveries().contains("dead");
                            case "none" -> row.deliveries().isEmpty();
                            default ->
                                row.deliveries().contains("pending")
                                        || row.deliveries().contains("held");
                        })
                        .orElse(true)
                && filter.from().map(from -> !row.last().isBefore(from)).orElse(true)
                && filter.to().map(to -> !row.first().isAfter(to)).orElse(true)
                && filter.words().stream().allMatch(word -> row.text().contains(word.text()) == word.wanted());
    }

    private static List<Row> expected(AlertFilter filter) {
        Comparator<Row> newest = Comparator.comparing(Row::seq).reversed();
        return ROWS.stream()
                .filter(row -> passes(filter, row))
                .sorted(
                        filter.worstFirst()
                                ? Comparator.comparing(Row::severity).reversed().thenComparing(newest)
                                : newest)
                .toList();
    }

    /** Commonest first, then by value; the commonest alone. */
    private static Map<String, Integer> counted(List<Row> rows, Function<Row, Set<String>> values, int most) {
        return rows.stream()
                .flatMap(row -> values.apply(row).stream())
                .collect(Collectors.groupingBy(value -> value, Collectors.summingInt(value -> 1)))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(most)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static final Map<String, Function<Row, Set<String>>> BY = Map.of(
            "severity", row -> Set.of(row.severity().word()),
            "status", row -> Set.of(row.work()),
            "tlp", row -> Set.of(row.tlp().word()),
            "rule", row -> Set.of(row.rule()),
            "assignee", row -> Set.of(row.assignee().orElse(AlertFilter.NOBODY)),
            "resource", Row::resources,
            "stakeholder", Row::stakeholders);

    @Test
    void listsFacetsAndGroupsSayWhatIsThere() {
        long seed = Long.getLong("hinomi.seed", 20260701);
        Random random = new Random(seed);
        Set<Boolean> found = new HashSet<>();
        for (int round = 0; round < Integer.getInteger("hinomi.rounds", 60); round++) {
            AlertFilter filter = filter(random);
            List<Row> expected = expected(filter);
            found.add(expected.isEmpty());
            String what = "seed " + seed + ", round " + round + ", " + filter.query();

            List<String> listed = new ArrayList<>();
            Optional<AlertQueries.After> after = Optional.empty();
            do {
                AlertQueries.Page page = queries.page(filter, "analyst-0", after, 1 + random.nextInt(90));
                page.rows().forEach(row -> listed.add(row.id()));
                after = page.more();
            } while (after.isPresent());
            assertThat(listed).as(what).isEqualTo(expected.stream().map(Row::id).toList());

            FacetQueries.Facets counted = facets.of(filter, "analyst-0");
            assertThat(counted.all()).as(what).isTrue();
            assertThat(counted.counted()).as(what).isEqualTo(expected.size());
            BY.forEach((facet, values) -> assertThat(counted.byName().get(facet).stream()
                            .collect(Collectors.toMap(FacetQueries.Value::value, FacetQueries.Value::count)))
                    .as(what + " by " + facet)
                    .isEqualTo(counted(expected, values, 8)));

            for (String by : List.of("rule", "resource", "stakeholder", "assignee", "severity")) {
                List<FacetQueries.Group> groups = facets.groups(filter, "analyst-0", by);
                assertThat(groups.stream()
                                .collect(Collectors.toMap(
                                        group -> group.value().value(),
                                        group -> group.value().count())))
                        .as(what + " grouped by " + by)
                        .isEqualTo(counted(expected, BY.get(by), 50));
                groups.forEach(group -> {
                    List<Row> members = expected.stream()
                            .filter(row ->
                                    BY.get(by).apply(row).contains(group.value().value()))
                            .toList();
                    assertThat(group.open())
                            .as(what + ", open of " + group.value().value())
                            .isEqualTo((int) members.stream()
                                    .filter(row -> row.work().equals("open"))
                                    .count());
                    assertThat(group.last())
                            .isEqualTo(members.stream()
                                    .map(Row::last)
                                    .max(Comparator.naturalOrder())
                                    .orElseThrow());
                });
            }
        }
        assertThat(found)
                .as("some filters let something through, others nothing")
                .containsExactlyInAnyOrder(true, false);
    }
}
