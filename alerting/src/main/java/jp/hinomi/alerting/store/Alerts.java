package jp.hinomi.alerting.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.hinomi.alerting.routing.AlertChange;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes alerts; each call belongs into a transaction of the caller. Thread-safe. */
public final class Alerts {
    /** Evidence kept of one alert: the first and the newest; between them a flood may leave a hole. */
    private static final int KEEP_FIRST = 50;

    private static final int KEEP_NEWEST = 150;

    private final JdbcClient jdbc;

    public Alerts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is stored of the alert, with its row locked until the transaction ends. Where there is none, the id is locked
     * instead, so that two instances cannot both take it for new.
     */
    public Optional<AlertChange.Known> lock(String id) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:id, 1))")
                .param("id", id)
                .query((row, number) -> 0)
                .single();
        Set<Alert.AffectedResource> resources =
                Set.copyOf(jdbc.sql("select resource_id, part from alert_resource where alert_id = :id")
                        .param("id", id)
                        .query((row, number) -> new Alert.AffectedResource(
                                row.getString("resource_id"), Alert.Part.ofWord(row.getString("part"))))
                        .list());
        return jdbc.sql("select revision, notified_severity from alert where id = :id for no key update")
                .param("id", id)
                .query((row, number) -> new AlertChange.Known(
                        row.getInt("revision"), Severity.values()[row.getInt("notified_severity")], resources))
                .optional();
    }

    public void insert(Alert alert, String body, Instant now) {
        bind(jdbc.sql("""
                        insert into alert (id, revision, rule_id, rule_name, rule_version, title_ja, title_en, rule_level,
                            severity, notified_severity, tlp, status, raised_at, first_seen, last_seen, event_count,
                            group_values, body, search, received_at, updated_at)
                        values (:id, :revision, :ruleId, :ruleName, :ruleVersion, :titleJa, :titleEn, :ruleLevel,
                            :severity, :severity, :tlp, 'open', :raisedAt, :firstSeen, :lastSeen, :count,
                            cast(:group as json), cast(:body as json), :search, :now, :now)"""), alert, body, now).update();
    }

    /** Replaces what the alert says; its status stays. */
    public void update(Alert alert, String body, Instant now) {
        bind(jdbc.sql("""
                        update alert set revision = :revision, rule_id = :ruleId, rule_name = :ruleName,
                            rule_version = :ruleVersion, title_ja = :titleJa, title_en = :titleEn,
                            rule_level = :ruleLevel, severity = :severity, tlp = :tlp, raised_at = :raisedAt,
                            first_seen = :firstSeen, last_seen = :lastSeen, event_count = :count,
                            group_values = cast(:group as json), body = cast(:body as json), search = :search,
                            updated_at = :now
                        where id = :id"""), alert, body, now).update();
    }

    /** It got worse: an answer to the milder alert is no answer to this one. */
    public void reopen(String id, Severity severity) {
        jdbc.sql("update alert set status = 'open', notified_severity = :severity where id = :id")
                .param("severity", severity.ordinal())
                .param("id", id)
                .update();
    }

    /** Somebody new is responsible: the answer of those who knew before is not theirs. Leaves an open alert as it is. */
    public void reopen(String id) {
        jdbc.sql("update alert set status = 'open' where id = :id and status = 'acknowledged'")
                .param("id", id)
                .update();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec sql, Alert alert, String body, Instant now) {
        return sql.param("id", alert.id())
                .param("revision", alert.revision())
                .param("ruleId", Columns.text(alert.rule().id()))
                .param("ruleName", Columns.text(alert.rule().name()))
                .param("ruleVersion", Columns.text(alert.rule().version()))
                .param("titleJa", Columns.text(alert.rule().title("ja")))
                .param("titleEn", Columns.text(alert.rule().title("en")))
                .param("ruleLevel", alert.rule().level().ordinal())
                .param("severity", alert.severity().ordinal())
                .param("tlp", alert.tlp().ordinal())
                .param("raisedAt", Columns.time(alert.time()))
                .param("firstSeen", Columns.time(alert.first()))
                .param("lastSeen", Columns.time(alert.last()))
                .param("count", alert.count())
                .param("group", Columns.json(alert.group()))
                .param("body", body)
                .param("search", search(alert))
                .param("now", Columns.time(now));
    }

    /** What free text finds an alert by, in lower case. */
    private static String search(Alert alert) {
        Stream<String> parts = Stream.of(
                        alert.rule().title().values().stream(),
                        Stream.of(alert.rule().name(), alert.id()),
                        alert.rule().tags().stream(),
                        alert.group().values().stream(),
                        alert.resources().stream().map(Alert.AffectedResource::id))
                .flatMap(part -> part);
        return Columns.text(parts.collect(Collectors.joining("\n")).toLowerCase(Locale.ROOT));
    }

    /** One piece of evidence. @param body as it came */
    public record Piece(String eventId, Instant at, String body) {}

    /** Adds what is not there yet, all in one statement: an alert brings up to fifty. */
    public void addEvidence(String alertId, List<Piece> pieces) {
        if (pieces.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into alert_evidence (alert_id, event_id, occurred_at, body)
                select :alert, event, at::timestamptz, body::json
                from unnest(cast(:events as text[]), cast(:times as text[]), cast(:bodies as text[]))
                    as piece (event, at, body)
                on conflict (alert_id, event_id) do nothing""")
                .param("alert", alertId)
                .param("events", texts(pieces.stream().map(Piece::eventId)))
                .param(
                        "times",
                        texts(pieces.stream()
                                .map(piece -> Columns.time(piece.at()).toString())))
                .param("bodies", texts(pieces.stream().map(Piece::body)))
                .update();
    }

    private static String[] texts(Stream<String> values) {
        return values.map(Columns::text).toArray(String[]::new);
    }

    /** Drops what is neither among the first nor among the newest. */
    public void trimEvidence(String alertId) {
        jdbc.sql("""
                delete from alert_evidence where alert_id = :alert and event_id in (
                    select event_id from (
                        select event_id,
                            row_number() over (order by occurred_at, event_id) as from_first,
                            row_number() over (order by occurred_at desc, event_id desc) as from_last
                        from alert_evidence where alert_id = :alert) ranked
                    where from_first > :first and from_last > :newest)""")
                .param("alert", alertId)
                .param("first", KEEP_FIRST)
                .param("newest", KEEP_NEWEST)
                .update();
    }

    public void addResources(String alertId, List<Alert.AffectedResource> resources) {
        if (resources.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into alert_resource (alert_id, resource_id, part)
                select :alert, resource, part
                from unnest(cast(:resources as text[]), cast(:parts as text[])) as touched (resource, part)
                on conflict do nothing""")
                .param("alert", alertId)
                .param("resources", texts(resources.stream().map(Alert.AffectedResource::id)))
                .param(
                        "parts",
                        texts(resources.stream().map(resource -> resource.part().word())))
                .update();
    }

    /** Ids of those who were told of it. */
    public List<String> stakeholders(String alertId) {
        return jdbc.sql("select stakeholder_id from alert_stakeholder where alert_id = :alert order by stakeholder_id")
                .param("alert", alertId)
                .query(String.class)
                .list();
    }

    public void addStakeholder(String alertId, String stakeholderId) {
        jdbc.sql("""
                insert into alert_stakeholder (alert_id, stakeholder_id) values (:alert, :stakeholder)
                on conflict do nothing""")
                .param("alert", alertId)
                .param("stakeholder", stakeholderId)
                .update();
    }

    /** Tells every instance's live lists when the transaction commits. */
    public void announce(String alertId) {
        jdbc.sql("select pg_notify('hinomi_alert', :id)")
                .param("id", alertId)
                .query((row, number) -> 0)
                .single();
    }

    /** The alert as it last came, if it is known. */
    public Optional<String> body(String id) {
        return jdbc.sql("select body from alert where id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }
}
