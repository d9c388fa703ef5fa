package jp.hinomi.alerting.console;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Grams;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads alerts for lists. Nothing is counted further than {@link #COUNTED}, and pages go on after a row instead of counting
 * rows from the top, so that no answer takes longer the more alerts there are. Thread-safe.
 */
public final class AlertQueries {
    public static final int PAGE = 50;

    /** Counts end here: "10,000+". */
    public static final int COUNTED = 10_000;

    /** How long a page is looked for. */
    static final Duration LOOK = Duration.ofMillis(80);

    /** So many of the newest alerts say how frequent the words of a search are. */
    private static final int SAMPLE = 2000;

    /** So many alerts are read at once without anybody waiting. */
    private static final int FEW = 8000;

    private static final String COLUMNS = """
            select a.id, a.seq, a.revision, a.title_ja, a.title_en, a.severity, a.tlp, a.status, a.group_values,
                a.event_count, a.raised_at, a.first_seen, a.last_seen, a.received_at, a.rule_id, a.rule_name, a.work,
                a.assignee, a.verdict, a.triage_version,
                array(select r.resource_id from alert_resource r where r.alert_id = a.id
                      group by r.resource_id
                      order by min(array_position(array['target', 'origin', 'observer'], r.part)), r.resource_id) as resources,
                array(select s.stakeholder_id from alert_stakeholder s where s.alert_id = a.id
                      order by s.stakeholder_id) as stakeholders,
                (select count(*) from delivery d where d.alert_id = a.id and d.state in ('sent', 'digested')) as sent,
                (select count(*) from delivery d where d.alert_id = a.id and d.state in ('pending', 'held')) as waiting,
                (select count(*) from delivery d where d.alert_id = a.id and d.state = 'dead') as dead,
                exists (select 1 from coverage_gap g where g.alert_id = a.id) as gap,
                (select min(e.next_at) from escalation e where e.alert_id = a.id and e.state = 'running') as next_step_at,
                (select min(b.kind) from bulk_item i join bulk_action b on b.id = i.action_id
                    where i.alert_id = a.id and i.result is null) as under_way
            from alert a
            where true""";

    private final JdbcClient jdbc;

    public AlertQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where a page begins: after that alert in the list's order. */
    public record After(int severity, long seq) {
        static After of(AlertRow row) {
            return new After(row.severity().ordinal(), row.seq());
        }

        /** {@code 4.1234}. */
        public String word() {
            return severity + "." + seq;
        }

        /** Of what an address says; empty if that is no place. */
        public static Optional<After> ofWord(String word) {
            String[] parts = word.split("\\.", -1);
            try {
                return parts.length == 2
                        ? Optional.of(new After(Integer.parseInt(parts[0]), Long.parseLong(parts[1])))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * @param more where the list goes on; empty at its end
     * @param lookedTo when what was looked at last had arrived, if there was no time to look for a whole page
     */
    public record Page(List<AlertRow> rows, Optional<After> more, Optional<Instant> lookedTo) {}

    /**
     * In the filter's order. What takes longer than {@link #LOOK} to find is not in the answer, which says where to look on.
     *
     * @param me the account that looks
     */
    public Page page(AlertFilter filter, String me, Optional<After> after, int limit) {
        return page(filter, me, after, limit, LOOK.toNanos());
    }

    /** All that is asked for, however long it takes: for what is read by programs. */
    public Page wholePage(AlertFilter filter, String me, Optional<After> after, int limit) {
        return page(filter, me, after, limit, Long.MAX_VALUE / 2);
    }

    private Page page(AlertFilter filter, String me, Optional<After> after, int limit, long budget) {
        long top = newest() + 1;
        List<OptionalInt> levels = new ArrayList<>(List.of(OptionalInt.empty()));
        if (filter.worstFirst()) {
            levels = Stream.of(Severity.values())
                    .filter(severity ->
                            filter.severities().isEmpty() || filter.severities().contains(severity))
                    .map(Severity::ordinal)
                    .filter(level -> after.isEmpty() || level <= after.get().severity())
                    .sorted(Comparator.reverseOrder())
                    .map(OptionalInt::of)
                    .toList();
        }
        // A place in a level that the filter leaves out: the next level begins at its top.
        boolean within = !filter.worstFirst()
                || after.isPresent()
                        && !levels.isEmpty()
                        && levels.get(0).getAsInt() == after.get().severity();
        long start = within ? Math.min(top, after.map(After::seq).orElse(top)) : top;
        AlertConditions.Shortcuts by = shortcuts(filter);
        Walk.Found<AlertRow> found = new Walk<AlertRow>(
                        System::nanoTime,
                        (level, from, below, most) ->
                                piece(COLUMNS, filter, me, by).read(level, from, below, most, AlertQueries::row))
                .read(levels, start, top, first(by, top), limit + 1, budget);
        List<AlertRow> rows = found.rows();
        if (rows.size() > limit) {
            return new Page(rows.subList(0, limit), Optional.of(After.of(rows.get(limit - 1))), Optional.empty());
        }
        return new Page(
                rows,
                found.goesOn().map(place -> new After(place.level(), place.below())),
                found.goesOn().flatMap(place -> arrival(place.below())));
    }

    /** The newest of a filter by order of arrival. @param all false if there are or may be more of them */
    record Newest(long[] seqs, boolean all) {}

    /** No more than that many, and no more than are found in {@link #LOOK}. */
    Newest newest(AlertFilter filter, String me, int most) {
        long top = newest() + 1;
        AlertConditions.Shortcuts by = shortcuts(filter);
        Walk.Found<Long> found = new Walk<Long>(
                        System::nanoTime,
                        (level, from, below, limit) -> piece("select a.seq from alert a where true", filter, me, by)
                                .read(level, from, below, limit, row -> row.getLong("seq")))
                .read(List.of(OptionalInt.empty()), top, top, first(by, top), most + 1, LOOK.toNanos());
        return new Newest(
                found.rows().stream().limit(most).mapToLong(Long::longValue).toArray(),
                found.rows().size() <= most && found.goesOn().isEmpty());
    }

    /**
     * Whether the index of pieces finds the words quickly. The server cannot know: it takes the pieces of a word for independent
     * of each other, so that it believes every word of five letters to be rare, and reads a hundred thousand alerts.
     */
    private boolean hasRareWords(AlertFilter filter) {
        if (filter.words().stream().noneMatch(word -> word.wanted() && Grams.of(word.text()).length > 0)) {
            return false;
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder(
                "select count(*) from (select search from alert order by seq desc limit :sample) a where true");
        parameters.put("sample", SAMPLE);
        AlertConditions.words(filter, false, sql, parameters);
        return jdbc.sql(sql.toString()).params(parameters).query(Integer.class).single() < SAMPLE / 100;
    }

    private boolean hasFewInItsTime(AlertFilter filter) {
        return filter.from().isPresent()
                && filter.to().isPresent()
                && jdbc.sql("select count(*) from (select 1 from (" + AlertConditions.inItsTime("1")
                                        + ") found limit :few) counted")
                                .param("from", Columns.time(filter.from().get()))
                                .param("to", Columns.time(filter.to().get()))
                                .param("soon", Columns.time(filter.to().get().plus(AlertConditions.LONG)))
                                .param("few", FEW)
                                .query(Integer.class)
                                .single()
                        < FEW;
    }

    private AlertConditions.Shortcuts shortcuts(AlertFilter filter) {
        return new AlertConditions.Shortcuts(hasRareWords(filter), hasFewInItsTime(filter));
    }

    /** What a shortcut finds is read at once. */
    private static long first(AlertConditions.Shortcuts by, long top) {
        return by.pieces() || by.time() ? top : Walk.FIRST;
    }

    private Piece piece(String columns, AlertFilter filter, String me, AlertConditions.Shortcuts by) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder(columns);
        AlertConditions.add(filter, me, by, sql, parameters);
        return new Piece(sql.toString(), parameters);
    }

    private interface Reader<R> {
        R of(ResultSet row) throws SQLException;
    }

    private final class Piece {
        private final String sql;
        private final Map<String, Object> parameters;

        Piece(String sql, Map<String, Object> parameters) {
            this.sql = sql;
            this.parameters = parameters;
        }

        <R> List<R> read(OptionalInt level, long from, long below, int most, Reader<R> reader) {
            level.ifPresent(severity -> parameters.put("level", severity));
            parameters.put("lowest", from);
            parameters.put("above", below);
            parameters.put("most", most);
            return jdbc.sql(sql + (level.isPresent() ? "\n and a.severity = :level" : "")
                            + "\n and a.seq >= :lowest and a.seq < :above order by a.seq desc limit :most")
                    .params(parameters)
                    .query((row, number) -> reader.of(row))
                    .list();
        }
    }

    private Optional<Instant> arrival(long seq) {
        return jdbc.sql("select received_at from alert where seq >= :seq order by seq limit 1")
                .param("seq", seq)
                .query((row, number) -> Columns.instant(row, "received_at"))
                .optional();
    }

    /** The alert if the filter lets it through. */
    public Optional<AlertRow> one(String id, AlertFilter filter) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder(COLUMNS);
        AlertConditions.add(filter, "", sql, parameters);
        sql.append("\n and a.id = :id");
        parameters.put("id", id);
        return jdbc.sql(sql.toString())
                .params(parameters)
                .query((row, number) -> row(row))
                .optional();
    }

    /** How many of the filter's alerts arrived after that one; no more than {@link #COUNTED} + 1. */
    public int countAfter(AlertFilter filter, String me, long seq) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder sql = new StringBuilder("select count(*) from (select 1 from alert a where a.seq > :seq");
        parameters.put("seq", seq);
        AlertConditions.add(filter, me, AlertConditions.Shortcuts.NONE, sql, parameters);
        parameters.put("limit", COUNTED + 1);
        return jdbc.sql(sql.append(" limit :limit) counted").toString())
                .params(parameters)
                .query(Integer.class)
                .single();
    }

    /** The last arrival: what comes later was not there when somebody looked. */
    public long newest() {
        return jdbc.sql("select coalesce(max(seq), 0) from alert")
                .query(Long.class)
                .single();
    }

    /** Open alerts by severity, each no further than {@link #COUNTED} + 1, for the head of the list. */
    public Map<String, Integer> openBySeverity() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), 0);
        }
        jdbc.sql("""
                select severity, (select count(*) from (select 1 from alert
                    where status = 'open' and severity = level.severity limit :limit) counted) as n
                from generate_series(0, :worst) as level (severity)""")
                .param("limit", COUNTED + 1)
                .param("worst", Severity.values().length - 1)
                .query((row, number) -> counts.put(Severity.values()[row.getInt("severity")].word(), row.getInt("n")))
                .list();
        return counts;
    }

    private static AlertRow row(ResultSet row) throws SQLException {
        return new AlertRow(
                row.getString("id"),
                row.getLong("seq"),
                row.getInt("revision"),
                row.getString("title_ja"),
                row.getString("title_en"),
                Severity.values()[row.getInt("severity")],
                Tlp.values()[row.getInt("tlp")],
                row.getString("status"),
                Columns.read(row.getString("group_values"), new TypeReference<LinkedHashMap<String, String>>() {}),
                List.of((String[]) row.getArray("resources").getArray()),
                List.of((String[]) row.getArray("stakeholders").getArray()),
                row.getLong("event_count"),
                Columns.instant(row, "raised_at"),
                Columns.instant(row, "first_seen"),
                Columns.instant(row, "last_seen"),
                Columns.instant(row, "received_at"),
                row.getInt("sent"),
                row.getInt("waiting"),
                row.getInt("dead"),
                row.getBoolean("gap"),
                row.getString("rule_id"),
                row.getString("rule_name"),
                row.getString("work"),
                Optional.ofNullable(row.getString("assignee")),
                Optional.ofNullable(row.getString("verdict")),
                row.getInt("triage_version"),
                Columns.optionalInstant(row, "next_step_at"),
                Optional.ofNullable(row.getString("under_way")));
    }
}
