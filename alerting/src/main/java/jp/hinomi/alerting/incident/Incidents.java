package jp.hinomi.alerting.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Responsibility;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens incidents, gives them alerts and parties, and records who did that. Thread-safe. */
public final class Incidents {
    /** With the label that it has by its alerts now; what stands in the column may be less restricted. */
    private static final String READ = "select i.*, incident_label(i.tlp, i.id) as label from incident i";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Timeline timeline;
    private final TimelineFeed feed;
    private final CityInForce city;
    private final JoinQueue queue;
    private final IncidentLabels labels;

    public Incidents(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Timeline timeline,
            TimelineFeed feed,
            CityInForce city,
            JoinQueue queue) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.timeline = timeline;
        this.feed = feed;
        this.city = city;
        this.queue = queue;
        this.labels = new IncidentLabels(jdbc, audit);
    }

    /**
     * An alert that is or was a part of an incident.
     *
     * @param detachedBy absent while it is
     * @param mayReturn whether it was taken out and is no part of it now
     */
    public record Attached(
            String alertId,
            String titleJa,
            String titleEn,
            Severity severity,
            String status,
            Instant raisedAt,
            String attachedBy,
            Instant attachedAt,
            Optional<String> detachedBy,
            Optional<Instant> detachedAt,
            String detachNote,
            boolean mayReturn) {
        public String title(String language) {
            return "ja".equals(language) ? titleJa : titleEn;
        }
    }

    private record Seed(String id, String titleJa, String titleEn, Severity severity, Tlp tlp, Instant received) {}

    /**
     * Opens one about an alert; the city is taken to know of it since the alert came.
     *
     * @param title absent = the alert's
     * @return empty if there is no such alert
     */
    public Optional<Incident> open(String alertId, Optional<String> title, String actor, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<Seed> seed = seed(alertId);
            if (seed.isEmpty()) {
                return Optional.empty();
            }
            String name = "ja".equals(city.get().promoter().locale())
                    ? seed.get().titleJa()
                    : seed.get().titleEn();
            String kept = title.map(IncidentText::line)
                    .filter(text -> !text.isEmpty())
                    .orElse(IncidentText.line(name));
            String number = nextNumber(now);
            jdbc.sql("""
                    insert into incident (number, title, status, severity, tlp, impact, circumstances, aware_at,
                        opened_by, opened_at, updated_at)
                    values (:number, :title, 'open', :severity, :tlp, '', array[]::text[], :aware, :actor, :now, :now)""")
                    .param("number", number)
                    .param("title", Columns.text(IncidentText.cut(kept, IncidentEdit.TITLE)))
                    .param("severity", seed.get().severity().ordinal())
                    .param("tlp", seed.get().tlp().ordinal())
                    .param("aware", Columns.time(seed.get().received()))
                    .param("actor", actor)
                    .param("now", Columns.time(now))
                    .update();
            audit.record(now, actor, "incident.opened", "incident:" + number, Map.of("alert", alertId));
            Incident incident = find(number).orElseThrow();
            attach(incident, seed.get(), Optional.empty(), actor, now);
            return find(number);
        }));
    }

    private Optional<Seed> seed(String alertId) {
        return jdbc.sql("select id, title_ja, title_en, severity, tlp, received_at from alert where id = :id")
                .param("id", Columns.text(alertId))
                .query((row, n) -> new Seed(
                        row.getString("id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        Severity.values()[row.getInt("severity")],
                        Tlp.values()[row.getInt("tlp")],
                        Columns.instant(row, "received_at")))
                .optional();
    }

    /** Numbers follow each other within a year of the city; whoever opens one waits for whoever opens another. */
    private String nextNumber(Instant now) {
        jdbc.sql("select pg_advisory_xact_lock(4040404)").query((row, n) -> 0).single();
        String year = "INC-" + now.atZone(city.get().zone()).getYear() + "-";
        long last = jdbc.sql("""
                select coalesce(max(substr(number, length(:year) + 1)::bigint), 0) from incident
                where starts_with(number, :year)""").param("year", year).query(Long.class).single();
        return year + String.format(java.util.Locale.ROOT, "%04d", last + 1);
    }

    /** False if there is no such alert, or if it is a part of the incident already. */
    public boolean attach(Incident incident, String alertId, String actor, Instant now) {
        return attach(incident, alertId, Optional.empty(), actor, now);
    }

    /** @param reason by what it belongs there, as JSON, if it was found by that */
    public boolean attach(Incident incident, String alertId, Optional<String> reason, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> seed(alertId)
                .map(seed -> attach(incident, seed, reason, actor, now))
                .orElse(false)));
    }

    private boolean attach(Incident incident, Seed seed, Optional<String> reason, String actor, Instant now) {
        boolean added = jdbc.sql("""
                insert into incident_alert (incident_id, alert_id, attached_by, attached_at, reason)
                values (:incident, :alert, :actor, :now, cast(:reason as json)) on conflict do nothing""")
                        .param("incident", incident.id())
                        .param("alert", seed.id())
                        .param("actor", actor)
                        .param("now", Columns.time(now))
                        .param("reason", reason.orElse(null), java.sql.Types.VARCHAR)
                        .update()
                == 1;
        if (!added) {
            return false;
        }
        // What joins can only make it worse, and only restrict it more.
        jdbc.sql("""
                update incident set severity = greatest(severity, :severity), label = coalesce(label, tlp),
                    tlp = greatest(tlp, :tlp), updated_at = :now
                where id = :id""")
                .param("severity", seed.severity().ordinal())
                .param("tlp", seed.tlp().ordinal())
                .param("now", Columns.time(now))
                .param("id", incident.id())
                .update();
        audit.record(now, actor, "incident.alert-attached", incident.object(), Map.of("alert", seed.id()));
        labels.of(List.of(incident.id()), actor, now);
        if (reason.isEmpty()) {
            // Somebody chose it: what came before and belongs to it is looked for.
            queue.add(List.of(seed.id()));
        }
        reckonParties(incident);
        feed.update(incident.id(), now);
        return true;
    }

    /**
     * False if the alert is no part of it. What the timeline says of it stays: it was a part. It never joins again by itself.
     *
     * @param note why; may be empty
     */
    public boolean detach(Incident incident, String alertId, String note, String actor, Instant now) {
        String why = IncidentText.cut(IncidentText.line(note), 500);
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean done = jdbc.sql("""
                    update incident_alert set detached_by = :actor, detached_at = :now, detach_note = :note
                    where incident_id = :incident and alert_id = :alert and detached_at is null""")
                            .param("actor", actor)
                            .param("now", Columns.time(now))
                            .param("incident", incident.id())
                            .param("alert", Columns.text(alertId))
                            .param("note", Columns.text(why))
                            .update()
                    == 1;
            if (done) {
                lock(incident.id());
                audit.record(
                        now,
                        actor,
                        "incident.alert-detached",
                        incident.object(),
                        why.isEmpty() ? Map.of("alert", alertId) : Map.of("alert", alertId, "why", why));
                labels.of(List.of(incident.id()), actor, now);
                reckonParties(incident);
            }
            return done;
        }));
    }

    /**
     * Takes alerts out of one incident and makes them a part of another; both rows are locked by the caller, in whose
     * transaction it happens.
     */
    public void move(Incident from, Incident into, List<String> alerts, String actor, Instant now) {
        String[] ids = alerts.toArray(String[]::new);
        jdbc.sql("""
                insert into incident_alert (incident_id, alert_id, attached_by, attached_at, moved_from)
                select :into, alert, :actor, :now, :from from unnest(cast(:alerts as text[])) as going (alert)
                on conflict (incident_id, alert_id) where detached_at is null do update set moved_from = :from""")
                .param("into", into.id())
                .param("from", from.id())
                .param("actor", actor)
                .param("now", Columns.time(now))
                .param("alerts", ids)
                .update();
        jdbc.sql("""
                update incident_alert set detached_by = :actor, detached_at = :now, detach_note = :note
                where incident_id = :from and alert_id = any (cast(:alerts as text[])) and detached_at is null""")
                .param("from", from.id())
                .param("actor", actor)
                .param("now", Columns.time(now))
                .param("note", "→ " + into.number())
                .param("alerts", ids)
                .update();
        jdbc.sql("""
                update incident set updated_at = :now, label = coalesce(label, tlp),
                    severity = greatest(severity, (select max(severity) from alert where id = any (cast(:alerts as text[])))),
                    tlp = greatest(tlp, (select max(tlp) from alert where id = any (cast(:alerts as text[]))))
                where id = :into""")
                .param("into", into.id())
                .param("now", Columns.time(now))
                .param("alerts", ids)
                .update();
        audit.record(
                now, actor, "incident.alerts-moved", from.object(), Map.of("into", into.number(), "alerts", alerts));
        labels.of(List.of(from.id(), into.id()), actor, now);
        reckonParties(from);
        reckonParties(into);
        feed.update(into.id(), now);
    }

    private record Hit(String resource, Instant at) {}

    /** By the map as it was on the day of each alert. The promoter always has a part. */
    private void reckonParties(Incident incident) {
        List<Hit> hits = jdbc.sql("""
                select distinct r.resource_id, a.raised_at from incident_alert ia
                    join alert a on a.id = ia.alert_id join alert_resource r on r.alert_id = a.id
                where ia.incident_id = :incident and ia.detached_at is null""")
                .param("incident", incident.id())
                .query((row, n) -> new Hit(row.getString("resource_id"), Columns.instant(row, "raised_at")))
                .list();
        Map<String, Map<String, Set<String>>> parts = new TreeMap<>();
        parts.put(city.get().promoter().id(), new TreeMap<>());
        for (Hit hit : hits) {
            for (Responsibility each : city.get()
                    .responsibilities(
                            hit.resource(), hit.at().atZone(city.get().zone()).toLocalDate())) {
                parts.computeIfAbsent(each.stakeholder(), any -> new TreeMap<>())
                        .computeIfAbsent(hit.resource(), any -> new TreeSet<>())
                        .add(each.duty().word());
            }
        }
        jdbc.sql("delete from incident_party where incident_id = :incident")
                .param("incident", incident.id())
                .update();
        parts.forEach((stakeholder, scope) -> jdbc.sql("""
                insert into incident_party (incident_id, stakeholder_id, scope, tlp)
                values (:incident, :stakeholder, cast(:scope as json), :tlp)""")
                .param("incident", incident.id())
                .param("stakeholder", stakeholder)
                .param("scope", Columns.json(scope))
                .param(
                        "tlp",
                        Optional.ofNullable(city.get().stakeholders().get(stakeholder))
                                .map(Stakeholder::maxTlp)
                                .orElse(Tlp.CLEAR)
                                .ordinal())
                .update());
    }

    public List<Party> parties(Incident incident) {
        return jdbc.sql("select stakeholder_id, scope, tlp from incident_party where incident_id = :id order by 1")
                .param("id", incident.id())
                .query((row, n) -> new Party(
                        row.getString("stakeholder_id"),
                        Columns.read(
                                row.getString("scope"),
                                new com.fasterxml.jackson.core.type.TypeReference<Map<String, List<String>>>() {}),
                        Tlp.values()[row.getInt("tlp")]))
                .list();
    }

    /** Changes it and says in the audit log what was and what is; an edit that changes nothing is none. */
    public Incident edit(Incident incident, IncidentEdit edit, String actor, Instant now) {
        return edit(incident, edit, Optional.empty(), actor, now).orElseThrow();
    }

    /** Tells what people can change of it from what they changed it into. */
    public static String fingerprint(Incident incident) {
        return Fingerprint.of(
                facts(incident).values().stream().map(Object::toString).toArray(String[]::new));
    }

    /**
     * The same, unless somebody else changed it meanwhile: then nothing is changed, and the result is empty.
     *
     * @param seen {@link #fingerprint} of what was read; absent = whatever is there
     */
    public Optional<Incident> edit(
            Incident incident, IncidentEdit edit, Optional<String> seen, String actor, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Incident before = lock(incident.id());
            if (seen.filter(read -> !read.equals(fingerprint(before))).isPresent()) {
                return Optional.empty();
            }
            Incident after = edit.apply(before);
            edit.tlp().ifPresent(chosen -> refuseBelowAlerts(before, chosen));
            Map<String, Object> changes = new LinkedHashMap<>();
            Map<String, Object> then = facts(after);
            facts(before).forEach((key, value) -> {
                if (!value.equals(then.get(key))) {
                    changes.put(key, Map.of("before", value, "after", then.get(key)));
                }
            });
            if (changes.isEmpty()) {
                return Optional.of(before);
            }
            jdbc.sql("""
                    update incident set title = :title, status = :status, severity = :severity,
                        label = coalesce(label, tlp), tlp = :tlp,
                        impact = :impact, lead = :lead, circumstances = string_to_array(:circumstances, ','),
                        aware_at = :aware, updated_at = :now where id = :id""")
                    .param("title", Columns.text(after.title()))
                    .param("status", after.status().word())
                    .param("severity", after.severity().ordinal())
                    .param("tlp", after.tlp().ordinal())
                    .param("impact", Columns.text(after.impact()))
                    .param("lead", after.lead().map(Columns::text).orElse(null), java.sql.Types.VARCHAR)
                    .param("circumstances", words(after.circumstances()))
                    .param("aware", Columns.time(after.aware()))
                    .param("now", Columns.time(now))
                    .param("id", after.id())
                    .update();
            audit.record(now, actor, "incident.changed", after.object(), changes);
            labels.of(List.of(after.id()), actor, now);
            return Optional.of(lock(after.id()));
        }));
    }

    /** Whoever may not read an alert does not read it in the incident either: the alert is taken out first. */
    private void refuseBelowAlerts(Incident incident, Tlp chosen) {
        jdbc.sql("""
                select a.id, a.tlp from incident_alert ia join alert a on a.id = ia.alert_id
                where ia.incident_id = :incident and ia.detached_at is null and a.tlp > :chosen
                order by a.tlp desc, ia.id limit 1""")
                .param("incident", incident.id())
                .param("chosen", chosen.ordinal())
                .query((row, n) -> new CaseworkRefusal(
                        CaseworkRefusal.Why.TLP_BELOW_ALERT,
                        chosen.word(),
                        row.getString("id"),
                        Tlp.values()[row.getInt("tlp")].word()))
                .optional()
                .ifPresent(refusal -> {
                    throw refusal;
                });
    }

    private static Map<String, Object> facts(Incident incident) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("title", incident.title());
        facts.put("status", incident.status().word());
        facts.put("severity", incident.severity().word());
        facts.put("tlp", incident.tlp().word());
        facts.put("impact", incident.impact());
        facts.put("lead", incident.lead().orElse(""));
        facts.put("circumstances", words(incident.circumstances()));
        facts.put("aware", incident.aware().toString());
        return facts;
    }

    private static String words(Set<Circumstance> circumstances) {
        return circumstances.stream().map(Circumstance::word).sorted().collect(Collectors.joining(","));
    }

    /** Adds what somebody says happened. False if it corrects an entry that is not there or was corrected before. */
    public boolean note(Incident incident, TimelineEntry entry, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (entry.supersedes().isPresent()
                    && timeline.find(incident.id(), entry.supersedes().get()).isEmpty()) {
                return false;
            }
            boolean added = timeline.add(incident.id(), entry);
            if (added) {
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("type", entry.type().word());
                facts.put("text", IncidentText.cut(entry.textJa(), 500));
                entry.supersedes().ifPresent(id -> facts.put("supersedes", id));
                audit.record(now, actor, "incident.noted", incident.object(), facts);
            }
            return added;
        }));
    }

    /** Brings the timeline up to date with what is stored. */
    public void refresh(Incident incident, Instant now) {
        transaction.executeWithoutResult(status -> feed.update(incident.id(), now));
    }

    /** Notices in which of the incidents that have one of these alerts they are more restricted than they were. */
    public void followLabels(Collection<String> alerts, Instant now) {
        transaction.executeWithoutResult(status -> labels.ofAlerts(alerts, now));
    }

    public Optional<Incident> find(String number) {
        return jdbc.sql(READ + " where i.number = :number")
                .param("number", Columns.text(number))
                .query((row, n) -> incident(row))
                .optional();
    }

    public Optional<Incident> byId(long id) {
        return jdbc.sql(READ + " where i.id = :id")
                .param("id", id)
                .query((row, n) -> incident(row))
                .optional();
    }

    /** Keeps everybody else from changing it until the transaction of the caller ends. */
    public Incident lock(long id) {
        return jdbc.sql(READ + " where i.id = :id for update of i")
                .param("id", id)
                .query((row, n) -> incident(row))
                .single();
    }

    /** Newest first. @param live without those that are closed */
    public List<Incident> list(boolean live, long before, int limit) {
        return jdbc.sql(READ + """
                 where i.id < :before and (not :live or i.status <> 'closed')
                order by i.id desc limit :limit""")
                .param("before", before)
                .param("live", live)
                .param("limit", limit)
                .query((row, n) -> incident(row))
                .list();
    }

    /** Those that are not closed and may have to be reported: by their circumstances, or because a report was begun. Newest first. */
    public List<Incident> reportable() {
        return jdbc.sql(READ + """
                 where status <> 'closed' and (cardinality(circumstances) > 0
                    or exists (select 1 from report r where r.incident_id = i.id and r.state <> 'discarded'))
                order by id desc""").query((row, n) -> incident(row)).list();
    }

    /** Those that an alert is a part of now. */
    public List<Incident> ofAlert(String alertId) {
        return jdbc.sql(READ + """
                 join incident_alert ia on ia.incident_id = i.id
                where ia.alert_id = :alert and ia.detached_at is null order by i.id""")
                .param("alert", Columns.text(alertId))
                .query((row, n) -> incident(row))
                .list();
    }

    /** In the order in which they were attached, detached ones included. */
    public List<Attached> alerts(Incident incident) {
        return jdbc.sql("""
                select a.id, a.title_ja, a.title_en, a.severity, a.status, a.raised_at, ia.*,
                    not exists (select 1 from incident_alert later where later.incident_id = ia.incident_id
                        and later.alert_id = ia.alert_id and (later.detached_at is null or later.id > ia.id))
                        as may_return
                from incident_alert ia join alert a on a.id = ia.alert_id where ia.incident_id = :incident order by ia.id""")
                .param("incident", incident.id())
                .query((row, n) -> new Attached(
                        row.getString("alert_id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        Severity.values()[row.getInt("severity")],
                        row.getString("status"),
                        Columns.instant(row, "raised_at"),
                        row.getString("attached_by"),
                        Columns.instant(row, "attached_at"),
                        Optional.ofNullable(row.getString("detached_by")),
                        Columns.optionalInstant(row, "detached_at"),
                        row.getString("detach_note"),
                        row.getBoolean("may_return")))
                .list();
    }

    private static Incident incident(ResultSet row) throws SQLException {
        return new Incident(
                row.getLong("id"),
                row.getString("number"),
                row.getString("title"),
                Incident.Status.ofWord(row.getString("status")),
                Severity.values()[row.getInt("severity")],
                Tlp.values()[row.getInt("label")],
                row.getString("impact"),
                Optional.ofNullable(row.getString("lead")),
                Arrays.stream((String[]) row.getArray("circumstances").getArray())
                        .map(Circumstance::ofWord)
                        .collect(Collectors.toSet()),
                Columns.instant(row, "aware_at"),
                row.getString("opened_by"),
                Columns.instant(row, "opened_at"),
                Columns.instant(row, "updated_at"));
    }
}
