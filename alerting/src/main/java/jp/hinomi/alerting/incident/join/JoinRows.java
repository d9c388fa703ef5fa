package jp.hinomi.alerting.incident.join;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.incident.JoinQueue;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What joining keeps in PostgreSQL and looks up there; in a transaction of the caller. Thread-safe. */
final class JoinRows {
    /** Of one entity: more than is too common, so that a story of many alerts is still seen as one. */
    private static final int SIGHTINGS = 64;

    /** How common an entity is, is a matter of a day. */
    private static final Duration DAY = Duration.ofDays(1);

    private final JdbcClient jdbc;

    JoinRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One instance works at a time, so that what joined first is seen by what comes next. */
    boolean begin() {
        return jdbc.sql("select pg_try_advisory_xact_lock(4040405)")
                .query(Boolean.class)
                .single();
    }

    record Due(long id, Alert alert, Instant received) {}

    /** The first of the queue, those that failed before last. */
    List<Due> due(int limit) {
        return jdbc.sql("""
                select q.id, a.body, a.received_at
                from (select id, alert_id, attempts from join_queue where attempts < :attempts
                    order by attempts, id limit :limit) q join alert a on a.id = q.alert_id order by q.attempts, q.id""")
                .param("attempts", JoinQueue.ATTEMPTS)
                .param("limit", limit)
                .query((row, n) -> new Due(
                        row.getLong("id"),
                        AlertJson.read(row.getString("body").getBytes(StandardCharsets.UTF_8)),
                        Columns.instant(row, "received_at")))
                .list();
    }

    void done(List<Due> due) {
        jdbc.sql("delete from join_queue where id = any (cast(:ids as bigint[]))")
                .param("ids", due.stream().map(Due::id).toArray(Long[]::new))
                .update();
    }

    /** That the first of the queue could not be dealt with; it lets the others pass. The alert, if it is set aside now. */
    Optional<String> failed(String why) {
        return jdbc
                .sql("""
                update join_queue set attempts = attempts + 1, failure = :why
                where id = (select id from join_queue where attempts < :attempts order by attempts, id limit 1)
                returning case when attempts >= :attempts then alert_id end""")
                .param("attempts", JoinQueue.ATTEMPTS)
                .param("why", Columns.text(why))
                .query((row, n) -> Optional.ofNullable(row.getString(1)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    boolean hasLiveIncidents() {
        return jdbc.sql("select exists (select 1 from incident where status <> 'closed')")
                .query(Boolean.class)
                .single();
    }

    /** What the alert names now takes the place of what it named before. */
    void keep(Alert alert, List<Mention> mentions) {
        jdbc.sql("delete from alert_entity where alert_id = :id")
                .param("id", alert.id())
                .update();
        jdbc.sql("""
                insert into alert_entity (alert_id, kind, value, central, first_at, last_at)
                select :id, kind, value, central, :first, :last
                from unnest(cast(:kinds as text[]), cast(:values as text[]), cast(:central as boolean[]))
                    as named (kind, value, central)""")
                .param("id", alert.id())
                .param("first", Columns.time(alert.first()))
                .param("last", Columns.time(alert.last()))
                .param("kinds", kinds(mentions))
                .param("values", values(mentions))
                .param("central", centrals(mentions))
                .update();
    }

    private static String[] kinds(List<Mention> mentions) {
        return mentions.stream().map(each -> each.entity().kind().word()).toArray(String[]::new);
    }

    private static String[] values(List<Mention> mentions) {
        return mentions.stream().map(each -> each.entity().value()).toArray(String[]::new);
    }

    private static Boolean[] centrals(List<Mention> mentions) {
        return mentions.stream().map(Mention::central).toArray(Boolean[]::new);
    }

    /** Live incidents that the alert is a part of. */
    List<Long> attachedTo(String alertId) {
        return jdbc.sql("""
                select ia.incident_id from incident_alert ia join incident i on i.id = ia.incident_id
                where ia.alert_id = :alert and ia.detached_at is null and i.status <> 'closed' order by 1""").param("alert", alertId).query(Long.class).list();
    }

    boolean isAttached(String alertId) {
        return jdbc.sql("select exists (select 1 from incident_alert where alert_id = :alert and detached_at is null)")
                .param("alert", alertId)
                .query(Boolean.class)
                .single();
    }

    /** Other alerts that name what the alert names, of each entity the newest of a day. */
    List<Sighting> sightings(Alert alert, List<Mention> mentions) {
        return jdbc.sql("""
                select m.kind, m.value, m.central and o.central as central, o.alert_id, o.first_at, o.last_at, i.incident_id
                from unnest(cast(:kinds as text[]), cast(:values as text[]), cast(:central as boolean[]))
                    as m (kind, value, central)
                cross join lateral (
                    select e.alert_id, e.central, e.first_at, e.last_at from alert_entity e
                    where e.kind = m.kind and e.value = m.value and e.alert_id <> :id
                      and e.last_at > :since and e.last_at < :until
                    order by e.last_at desc, e.alert_id limit :limit) o
                left join lateral (
                    select ia.incident_id from incident_alert ia join incident i on i.id = ia.incident_id
                    where ia.alert_id = o.alert_id and ia.detached_at is null and i.status <> 'closed') i on true""")
                .param("kinds", kinds(mentions))
                .param("values", values(mentions))
                .param("central", centrals(mentions))
                .param("id", alert.id())
                .param("since", Columns.time(Instant.ofEpochMilli(alert.first()).minus(DAY)))
                .param("until", Columns.time(Instant.ofEpochMilli(alert.last()).plus(DAY)))
                .param("limit", SIGHTINGS)
                .query((row, n) -> new Sighting(
                        new Entity(Entity.Kind.ofWord(row.getString("kind")), row.getString("value")),
                        row.getBoolean("central"),
                        row.getString("alert_id"),
                        Columns.instant(row, "first_at"),
                        Columns.instant(row, "last_at"),
                        Optional.ofNullable(row.getObject("incident_id", Long.class))))
                .list();
    }

    List<Story> stories(Collection<Long> incidents, String alertId) {
        return jdbc.sql("""
                select i.id, i.opened_at, incident_label(i.tlp, i.id) as tlp,
                    array(select stakeholder_id from incident_party where incident_id = i.id) as parties,
                    exists (select 1 from timeline_entry t where t.incident_id = i.id and t.source = 'manual'
                        and cardinality(t.visible_orgs) = 0) as words,
                    (select count(*) from incident_alert where incident_id = i.id and detached_at is null) as alerts,
                    exists (select 1 from incident_alert where incident_id = i.id and alert_id = :alert)
                        or exists (select 1 from incident_suggestion where incident_id = i.id and alert_id = :alert
                            and state <> 'open') as was_there
                from incident i where i.id = any (cast(:incidents as bigint[])) and i.status <> 'closed'""")
                .param("incidents", incidents.toArray(Long[]::new))
                .param("alert", alertId)
                .query((row, n) -> new Story(
                        row.getLong("id"),
                        Columns.instant(row, "opened_at"),
                        Tlp.values()[row.getInt("tlp")],
                        Set.copyOf(
                                Arrays.asList((String[]) row.getArray("parties").getArray())),
                        row.getBoolean("words"),
                        row.getInt("alerts"),
                        row.getBoolean("was_there")))
                .list();
    }

    /** Once per incident and alert: what somebody decided stays decided. At most so many are open in one incident. */
    void suggest(String alertId, Proposal proposal, Instant now) {
        jdbc.sql("""
                insert into incident_suggestion (incident_id, alert_id, hold, reason, made_at, state)
                select :incident, :alert, :hold, cast(:reason as json), :now, 'open'
                where (select count(*) from incident_suggestion where incident_id = :incident and state = 'open') < 50
                    and not exists (select 1 from incident_alert where incident_id = :incident and alert_id = :alert)
                on conflict do nothing""")
                .param("incident", proposal.incident())
                .param("alert", alertId)
                .param("hold", proposal.hold().word())
                .param("reason", json(proposal.links()))
                .param("now", Columns.time(now))
                .update();
    }

    static String json(List<Link> links) {
        return Columns.json(links.stream()
                .map(link -> Map.of(
                        "kind", link.entity().kind().word(),
                        "value", link.entity().value(),
                        "apart_s", link.apart().toSeconds(),
                        "central", link.central(),
                        "strangers", link.strangers()))
                .toList());
    }

    static List<Link> links(String json) {
        List<Link> links = new ArrayList<>();
        for (JsonNode each : Columns.tree(json)) {
            links.add(new Link(
                    new Entity(
                            Entity.Kind.ofWord(each.get("kind").asText()),
                            each.get("value").asText()),
                    Duration.ofSeconds(each.get("apart_s").asLong()),
                    each.get("central").asBoolean(),
                    each.get("strangers").asInt()));
        }
        return links;
    }

    /** Ids that some sightings belong to. */
    static Set<Long> incidents(List<Sighting> sightings) {
        return Set.copyOf(sightings.stream()
                .flatMap(each -> each.incident().stream())
                .distinct()
                .toList());
    }
}
