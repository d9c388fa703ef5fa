package jp.hinomi.alerting.incident.axis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Layer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks into the timeline of an incident. PostgreSQL counts by lane, kind and column, so that what comes back is bounded by the
 * drawing and a page, however long the timeline is. Thread-safe.
 */
public final class AxisQueries {
    public static final int PAGE = 100;

    /** Entries that count now, with their lane. */
    private static final String ENTRIES = """
            select e.id, e.occurred_at as at, e.recorded_at, e.type as kind, e.author, e.text_ja, e.text_en, e.visible_orgs,
                e.in_report, e.source = 'manual' as manual, e.raw_ref, e.supersedes_id,
                exists (select 1 from timeline_pin p where p.entry_id = e.id) as pinned,
                '' as event_id, %s as lane
            from timeline_entry e where e.incident_id = :incident
              and not exists (select 1 from timeline_entry later where later.supersedes_id = e.id)""";

    /**
     * Whom an entry that came by itself is about, and who wrote what people wrote. One that is for several stakeholders besides the
     * promoter stands in the lane of the first.
     */
    private static final String STAKEHOLDER = """
            coalesce((select o from unnest(e.visible_orgs) o where o <> :promoter and e.source = 'auto' order by o limit 1),
                :promoter)""";

    /** The layer of the alert that an entry is of, else that of who wrote it. */
    private static final String LAYER = """
            coalesce((select l.lane from alert_lane l where l.alert_id = coalesce(
                    case when e.raw_ref like 'alert:%' then substr(e.raw_ref, 7) end,
                    (select d.alert_id from delivery d
                        where d.id = case when e.raw_ref like 'delivery:%' then split_part(e.raw_ref, ':', 2)::bigint end),
                    (select k.alert_id from acknowledgement k
                        where k.id = case when e.raw_ref like 'answer:%' then split_part(e.raw_ref, ':', 2)::bigint end))),
                (select w.lane from author_lane w where w.author = e.author), '~governance')""";

    /** Of what an alert hit, first of all the target counts. */
    private static final String LAYERS = """
            with author_lane (author, lane) as (select * from unnest(cast(:authors as text[]), cast(:authorLanes as text[]))),
            alert_lane as materialized (
                select distinct on (ia.alert_id) ia.alert_id, coalesce(m.lane, '~no-layer') as lane
                from incident_alert ia left join alert_resource r on r.alert_id = ia.alert_id
                    left join unnest(cast(:resources as text[]), cast(:resourceLanes as text[])) as m (resource, lane)
                        on m.resource = r.resource_id
                where ia.incident_id = :incident
                order by ia.alert_id, m.lane is null, array_position(array['target', 'origin', 'observer'], r.part), m.lane)
            """;

    /** Each event once, also when several alerts have it as evidence. */
    private static final String EVENTS = """
            select distinct on (v.occurred_at, v.event_id) 0::bigint as id, v.occurred_at as at, v.occurred_at as recorded_at,
                'event' as kind, 'system' as author, left(coalesce(v.body ->> 'event.original', v.event_id), 2000) as text_ja,
                left(coalesce(v.body ->> 'event.original', v.event_id), 2000) as text_en, array[]::text[] as visible_orgs,
                false as in_report, false as manual, 'alert:' || v.alert_id as raw_ref, null::bigint as supersedes_id,
                false as pinned, v.event_id, %s as lane
            from incident_alert ia join alert_evidence v on v.alert_id = ia.alert_id
            where ia.incident_id = :incident and ia.detached_at is null
            order by v.occurred_at, v.event_id""";

    private static final String CHOSEN = """
            (cast(:from as timestamptz) is null or (at >= :from and at < :to))
              and (cardinality(cast(:kinds as text[])) = 0 or kind = any (cast(:kinds as text[])))
              and (cast(:lane as text) is null or lane = :lane)
              and (:text = '' or strpos(lower(text_ja), :text) > 0 or strpos(lower(text_en), :text) > 0)
              and (not :pinned or pinned) and (not :report or in_report)""";

    private final JdbcClient jdbc;

    public AxisQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static String entries(Lanes lanes) {
        return ENTRIES.replace("%s", lanes instanceof Lanes.OfLayers ? LAYER : STAKEHOLDER);
    }

    private static String events(Lanes lanes) {
        return EVENTS.replace(
                "%s",
                lanes instanceof Lanes.OfLayers
                        ? "(select l.lane from alert_lane l where l.alert_id = v.alert_id)"
                        : "'~events'");
    }

    /** Of each lane's layer as an array, in the order of the keys. */
    private static String[] lanes(Map<String, Layer> layers) {
        return layers.values().stream().map(Lanes.OfLayers::lane).toArray(String[]::new);
    }

    private JdbcClient.StatementSpec ask(String query, long incident, Lanes lanes, AxisFilter filter) {
        if (lanes instanceof Lanes.OfLayers of) {
            return asked(LAYERS + query, incident, filter)
                    .param("resources", of.resources().keySet().toArray(String[]::new))
                    .param("resourceLanes", lanes(of.resources()))
                    .param("authors", of.authors().keySet().toArray(String[]::new))
                    .param("authorLanes", lanes(of.authors()));
        }
        return asked(query, incident, filter).param("promoter", ((Lanes.OfStakeholders) lanes).promoter());
    }

    private JdbcClient.StatementSpec asked(String sql, long incident, AxisFilter filter) {
        return jdbc.sql(sql)
                .param("incident", incident)
                .param(
                        "from",
                        filter.window().map(each -> Columns.time(each.from())).orElse(null),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param(
                        "to",
                        filter.window().map(each -> Columns.time(each.to())).orElse(null),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("kinds", filter.kinds().toArray(String[]::new))
                .param("lane", filter.lane().orElse(null), Types.VARCHAR)
                .param("text", filter.text())
                .param("pinned", filter.pinned())
                .param("report", filter.inReport());
    }

    /** From the first to the last that is chosen; empty if nothing is. */
    public Optional<Window> extent(long incident, Lanes lanes, AxisFilter filter) {
        return Objects.requireNonNull(ask(
                        "select min(at) as first, max(at) as last from (" + entries(lanes) + " union all ("
                                + events(lanes) + ")) x where " + CHOSEN,
                        incident,
                        lanes,
                        filter.everything())
                .query((row, n) -> Columns.optionalInstant(row, "first").map(first -> {
                    try {
                        return Window.around(first, Columns.instant(row, "last"));
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .single());
    }

    /** @param window what is drawn */
    public List<Cell> cells(long incident, Lanes lanes, AxisFilter filter, Window window) {
        return ask(
                        """
                        select lane, kind, least(:columns, greatest(1, width_bucket(extract(epoch from at)::float8,
                                extract(epoch from cast(:from as timestamptz))::float8,
                                extract(epoch from cast(:to as timestamptz))::float8, :columns))) - 1 as col,
                            count(*) as n, min(id) as entry
                        from ("""
                                + entries(lanes) + " union all (" + events(lanes) + ")) x where " + CHOSEN
                                + " group by 1, 2, 3 order by 1, 3, 2",
                        incident,
                        lanes,
                        filter.in(window))
                .param("columns", Drawing.COLUMNS)
                .query((row, n) -> new Cell(
                        row.getString("lane"),
                        row.getString("kind"),
                        row.getInt("col"),
                        row.getInt("n"),
                        row.getLong("entry")))
                .list();
    }

    /** In the order in which it happened; one more than a page if there are more. @param skip how many come before */
    public List<AxisEntry> list(long incident, Lanes lanes, AxisFilter filter, int skip) {
        Map<Long, Long> corrected = new HashMap<>();
        List<AxisEntry> entries = ask(
                        "select * from (" + entries(lanes)
                                + (filter.listsEvents() ? " union all (" + events(lanes) + ")" : "")
                                + ") x where " + CHOSEN
                                + " order by at, id, length(event_id), event_id limit :limit offset :skip",
                        incident,
                        lanes,
                        filter)
                .param("limit", PAGE + 1)
                .param("skip", skip)
                .query((row, n) -> {
                    long before = row.getLong("supersedes_id");
                    if (!row.wasNull()) {
                        corrected.put(row.getLong("id"), before);
                    }
                    return entry(row);
                })
                .list();
        return corrected.isEmpty() ? entries : withEarlier(entries, corrected);
    }

    private static AxisEntry entry(ResultSet row) throws SQLException {
        return new AxisEntry(
                row.getLong("id"),
                Columns.instant(row, "at"),
                Columns.instant(row, "recorded_at"),
                row.getString("lane"),
                row.getString("kind"),
                row.getString("author"),
                row.getString("text_ja"),
                row.getString("text_en"),
                Arrays.asList((String[]) row.getArray("visible_orgs").getArray()),
                row.getBoolean("in_report"),
                row.getBoolean("pinned"),
                row.getBoolean("manual"),
                Optional.ofNullable(row.getString("raw_ref"))
                        .filter(ref -> ref.startsWith("alert:"))
                        .map(ref -> ref.substring("alert:".length())),
                List.of());
    }

    private record Said(long entry, AxisEntry.Earlier earlier) {}

    /** What was said before; an in-report mark alone is no correction. */
    private List<AxisEntry> withEarlier(List<AxisEntry> entries, Map<Long, Long> corrected) {
        Map<Long, List<AxisEntry.Earlier>> earlier = new HashMap<>();
        jdbc.sql("""
                with recursive chain as (
                    select c.entry, t.*, 1 as depth from unnest(cast(:entries as bigint[]), cast(:before as bigint[])) as c (entry, before)
                        join timeline_entry t on t.id = c.before
                    union all
                    select chain.entry, t.*, depth + 1 from chain join timeline_entry t on t.id = chain.supersedes_id
                    where depth < 50)
                select entry, author, recorded_at, occurred_at, text_ja, text_en from chain order by entry, depth""")
                .param("entries", corrected.keySet().toArray(Long[]::new))
                .param("before", corrected.values().toArray(Long[]::new))
                .query((row, n) -> new Said(
                        row.getLong("entry"),
                        new AxisEntry.Earlier(
                                row.getString("author"),
                                Columns.instant(row, "recorded_at"),
                                Columns.instant(row, "occurred_at"),
                                row.getString("text_ja"),
                                row.getString("text_en"))))
                .list()
                .forEach(said -> earlier.computeIfAbsent(said.entry(), any -> new ArrayList<>())
                        .add(said.earlier()));
        return entries.stream()
                .map(entry -> with(entry, earlier.getOrDefault(entry.id(), List.of())))
                .collect(Collectors.toList());
    }

    private static AxisEntry with(AxisEntry entry, List<AxisEntry.Earlier> said) {
        List<AxisEntry.Earlier> other = new ArrayList<>();
        String text = entry.textJa();
        Instant at = entry.at();
        for (AxisEntry.Earlier each : said) {
            if (!each.textJa().equals(text) || !each.at().equals(at)) {
                other.add(each);
                text = each.textJa();
                at = each.at();
            }
        }
        return new AxisEntry(
                entry.id(),
                entry.at(),
                entry.recorded(),
                entry.lane(),
                entry.kind(),
                entry.author(),
                entry.textJa(),
                entry.textEn(),
                entry.visibleTo(),
                entry.inReport(),
                entry.pinned(),
                entry.manual(),
                entry.alert(),
                other);
    }

    /** False if there is no such entry, or if it is so already. In a transaction of the caller. */
    public boolean pin(long incident, long entry, boolean pinned, String actor, Instant now) {
        return jdbc.sql(pinned ? """
                                        insert into timeline_pin (entry_id, pinned_by, pinned_at)
                                        select id, :actor, :now from timeline_entry where id = :entry and incident_id = :incident
                                        on conflict do nothing""" : """
                                        delete from timeline_pin p using timeline_entry e where p.entry_id = :entry
                                            and e.id = p.entry_id and e.incident_id = :incident
                                            and cast(:actor as text) is not null and cast(:now as timestamptz) is not null""")
                        .param("incident", incident)
                        .param("entry", entry)
                        .param("actor", actor)
                        .param("now", Columns.time(now))
                        .update()
                == 1;
    }
}
