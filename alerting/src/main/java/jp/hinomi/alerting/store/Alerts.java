package jp.hinomi.alerting.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.alerting.routing.AlertChange;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes alerts; each call belongs into a transaction of the caller. Thread-safe. */
public final class Alerts {
    /** Evidence kept of one alert: the first and the newest; between them a flood may leave a hole. */
    private static final int KEEP_FIRST = 50;

    private static final int KEEP_NEWEST = 150;

    /** Of one value no more than that many characters are searched, so that a long one leaves room for others. */
    private static final int LONGEST_PART = 400;

    /** What analysts ask about in evidence. */
    private static final List<Field> FOUND_BY = List.of(
            Fields.SOURCE_IP,
            Fields.DESTINATION_IP,
            Fields.HOST_NAME,
            Fields.USER_NAME,
            Fields.DESTINATION_DOMAIN,
            Fields.DNS_QUESTION_NAME,
            Fields.URL_DOMAIN,
            Fields.FILE_HASH_SHA256);

    private final JdbcClient jdbc;

    public Alerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is stored of the alerts, by id, with their rows locked until the transaction ends. Where there is none, the id is
     * locked instead, so that two instances cannot both take it for new.
     */
    public Map<String, AlertChange.Known> lock(Collection<String> ids) {
        // In a fixed order, so that two instances that want several of the same cannot wait for each other.
        String[] sorted = ids.stream().sorted().distinct().toArray(String[]::new);
        jdbc.sql(
                        "select pg_advisory_xact_lock(hashtextextended(id, 1)) from unnest(cast(:ids as text[])) as wanted (id)")
                .param("ids", sorted)
                .query((row, number) -> 0)
                .list();
        Map<String, Stored> stored = new HashMap<>();
        jdbc.sql("""
                select id, revision, notified_severity from alert where id = any (cast(:ids as text[]))
                order by id for no key update""")
                .param("ids", sorted)
                .query((row, number) -> stored.put(
                        row.getString("id"),
                        new Stored(
                                row.getInt("revision"),
                                Severity.values()[row.getInt("notified_severity")],
                                new HashSet<>())))
                .list();
        if (!stored.isEmpty()) {
            jdbc.sql("""
                    select alert_id, resource_id, part from alert_resource where alert_id = any (cast(:ids as text[]))""")
                    .param("ids", stored.keySet().toArray(String[]::new))
                    .query((row, number) -> stored.get(row.getString("alert_id"))
                            .resources()
                            .add(new Alert.AffectedResource(
                                    row.getString("resource_id"), Alert.Part.ofWord(row.getString("part")))))
                    .list();
        }
        Map<String, AlertChange.Known> known = new HashMap<>();
        stored.forEach(
                (id, row) -> known.put(id, new AlertChange.Known(row.revision(), row.severity(), row.resources())));
        return known;
    }

    private record Stored(int revision, Severity severity, Set<Alert.AffectedResource> resources) {}

    public void insert(Alert alert, String body, Instant now) {
        Writes.current().ifPresent(writes -> writes.addNew(alert.id()));
        Writes.write(jdbc, Writes.Table.ALERT, """
                        insert into alert (id, revision, rule_id, rule_name, rule_version, title_ja, title_en, rule_level,
                            severity, notified_severity, tlp, status, raised_at, first_seen, last_seen, event_count,
                            group_values, body, search, grams, received_at, updated_at)
                        values (:id, :revision, :ruleId, :ruleName, :ruleVersion, :titleJa, :titleEn, :ruleLevel,
                            :severity, :severity, :tlp, 'open', :raisedAt, :firstSeen, :lastSeen, :count,
                            cast(:group as json), cast(:body as json), :search, cast(:grams as integer[]), :now, :now)""", row(alert, body, now));
    }

    /** Replaces what the alert says; its status stays. */
    public void update(Alert alert, String body, Instant now) {
        Writes.write(jdbc, Writes.Table.ALERT, """
                        update alert set revision = :revision, rule_id = :ruleId, rule_name = :ruleName,
                            rule_version = :ruleVersion, title_ja = :titleJa, title_en = :titleEn,
                            rule_level = :ruleLevel, severity = :severity, tlp = :tlp, raised_at = :raisedAt,
                            first_seen = :firstSeen, last_seen = :lastSeen, event_count = :count,
                            group_values = cast(:group as json), body = cast(:body as json), search = :search,
                            grams = cast(:grams as integer[]), updated_at = :now
                        where id = :id""", row(alert, body, now));
    }

    /** It got worse: an answer to the milder alert is no answer to this one. */
    public void reopen(String id, Severity severity) {
        Writes.write(
                jdbc,
                Writes.Table.ALERT_STATUS,
                "update alert set status = 'open', in_progress = false, notified_severity = :severity where id = :id",
                new MapSqlParameterSource("id", id).addValue("severity", severity.ordinal()));
    }

    /** Somebody new is responsible: the answer of those who knew before is not theirs. Leaves an open alert as it is. */
    public void reopen(String id) {
        Writes.write(
                jdbc,
                Writes.Table.ALERT_STATUS,
                "update alert set status = 'open', in_progress = false where id = :id and status = 'acknowledged'",
                new MapSqlParameterSource("id", id));
    }

    private static MapSqlParameterSource row(Alert alert, String body, Instant now) {
        String search = searchText(alert);
        return new MapSqlParameterSource("id", alert.id())
                .addValue("revision", alert.revision())
                .addValue("ruleId", Columns.text(alert.rule().id()))
                .addValue("ruleName", Columns.text(alert.rule().name()))
                .addValue("ruleVersion", Columns.text(alert.rule().version()))
                .addValue("titleJa", Columns.text(alert.rule().title("ja")))
                .addValue("titleEn", Columns.text(alert.rule().title("en")))
                .addValue("ruleLevel", alert.rule().level().ordinal())
                .addValue("severity", alert.severity().ordinal())
                .addValue("tlp", alert.tlp().ordinal())
                .addValue("raisedAt", Columns.time(alert.time()))
                .addValue("firstSeen", Columns.time(alert.first()))
                .addValue("lastSeen", Columns.time(alert.last()))
                .addValue("count", alert.count())
                .addValue("group", Columns.json(alert.group()))
                .addValue("body", body)
                .addValue("search", search)
                .addValue("grams", Grams.literal(Grams.of(search)))
                .addValue("now", Columns.time(now));
    }

    /** What free text finds an alert by, in lower case: no longer than the index for it takes. */
    public static String searchText(Alert alert) {
        Stream<String> parts = Stream.of(
                        alert.rule().title().values().stream(),
                        Stream.of(alert.rule().name(), alert.id()),
                        alert.rule().tags().stream(),
                        alert.resources().stream().map(Alert.AffectedResource::id),
                        alert.group().values().stream(),
                        alert.evidence().stream()
                                .flatMap(evidence -> FOUND_BY.stream()
                                        .map(field -> evidence.event().text(field)))
                                .filter(Objects::nonNull))
                .flatMap(part -> part);
        String text = parts.map(part -> cut(part, LONGEST_PART)).distinct().collect(Collectors.joining("\n"));
        return cut(Columns.text(text.toLowerCase(Locale.ROOT)), Grams.LIMIT);
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    /** One piece of evidence. @param body as it came */
    public record Piece(String eventId, Instant at, String body) {}

    /** Adds what is not there yet. */
    public void addEvidence(String alertId, List<Piece> pieces) {
        for (Piece piece : pieces) {
            Writes.write(
                    jdbc,
                    Writes.Table.EVIDENCE,
                    """
                    insert into alert_evidence (alert_id, event_id, occurred_at, body)
                    values (:alert, :event, :at, cast(:body as json))
                    on conflict (alert_id, event_id) do nothing""",
                    new MapSqlParameterSource("alert", alertId)
                            .addValue("event", Columns.text(piece.eventId()))
                            .addValue("at", Columns.time(piece.at()))
                            .addValue("body", Columns.text(piece.body())));
        }
    }

    /** Drops what is neither among the first nor among the newest. */
    public void trimEvidence(String alertId) {
        Writes.write(
                jdbc,
                Writes.Table.EVIDENCE_KEPT,
                """
                delete from alert_evidence where alert_id = :alert and event_id in (
                    select event_id from (
                        select event_id,
                            row_number() over (order by occurred_at, event_id) as from_first,
                            row_number() over (order by occurred_at desc, event_id desc) as from_last
                        from alert_evidence where alert_id = :alert) ranked
                    where from_first > :first and from_last > :newest)""",
                new MapSqlParameterSource("alert", alertId)
                        .addValue("first", KEEP_FIRST)
                        .addValue("newest", KEEP_NEWEST));
    }

    public void addResources(String alertId, List<Alert.AffectedResource> resources) {
        for (Alert.AffectedResource resource : resources) {
            Writes.write(
                    jdbc,
                    Writes.Table.RESOURCE,
                    """
                    insert into alert_resource (alert_id, resource_id, part) values (:alert, :resource, :part)
                    on conflict do nothing""",
                    new MapSqlParameterSource("alert", alertId)
                            .addValue("resource", Columns.text(resource.id()))
                            .addValue("part", resource.part().word()));
        }
    }

    /** Ids of those who were told of it. */
    public List<String> stakeholders(String alertId) {
        if (Writes.isNew(alertId)) {
            return List.copyOf(told(alertId));
        }
        Writes.flushCurrent();
        return jdbc.sql("select stakeholder_id from alert_stakeholder where alert_id = :alert order by stakeholder_id")
                .param("alert", alertId)
                .query(String.class)
                .list();
    }

    public void addStakeholder(String alertId, String stakeholderId) {
        if (Writes.isNew(alertId) && !told(alertId).add(stakeholderId)) {
            return;
        }
        Writes.write(
                jdbc,
                Writes.Table.STAKEHOLDER,
                """
                insert into alert_stakeholder (alert_id, stakeholder_id) values (:alert, :stakeholder)
                on conflict do nothing""",
                new MapSqlParameterSource("alert", alertId).addValue("stakeholder", stakeholderId));
    }

    /** Who is told of an alert that is new in this transaction. */
    private static SortedSet<String> told(String alertId) {
        return Writes.note(Told.class, () -> new Told(new HashMap<>()))
                .orElseThrow()
                .of()
                .computeIfAbsent(alertId, any -> new TreeSet<>());
    }

    private record Told(Map<String, SortedSet<String>> of) {}

    /** Tells every instance's live lists when the transaction commits. */
    public void announce(String alertId) {
        announce(List.of(alertId));
    }

    /** The same of many. */
    public void announce(Collection<String> alertIds) {
        jdbc.sql("select pg_notify('hinomi_alert', id) from unnest(cast(:ids as text[])) as changed (id)")
                .param("ids", alertIds.toArray(String[]::new))
                .query((row, number) -> 0)
                .list();
    }

    /** The alert as it last came, if it is known. */
    public Optional<String> body(String id) {
        return jdbc.sql("select body from alert where id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }
}
