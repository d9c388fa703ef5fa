package jp.hinomi.alerting.incident.work;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.Party;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.triage.Verdict;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Judges incidents, merges and splits them, and says which parties have answered. Thread-safe. */
public final class Casework {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Incidents incidents;

    public Casework(JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, Incidents incidents) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.incidents = incidents;
    }

    public Judgement judgement(Incident incident) {
        return jdbc.sql("""
                select verdict, entry_path, (select number from incident other where other.id = i.merged_into) as into
                from incident i where id = :id""")
                .param("id", incident.id())
                .query((row, n) -> new Judgement(
                        Optional.ofNullable(row.getString("verdict")).flatMap(Verdict::ofWord),
                        row.getString("entry_path"),
                        Optional.ofNullable(row.getString("into"))))
                .single();
    }

    /**
     * False, and nothing is changed, if somebody else judged otherwise meanwhile.
     *
     * @param seen {@link Judgement#fingerprint} of what was read; absent = whatever is there
     * @throws IllegalArgumentException if the entry path is too long
     */
    public boolean judge(
            Incident incident,
            Optional<Verdict> verdict,
            String entryPath,
            Optional<String> seen,
            String actor,
            Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            incidents.lock(incident.id());
            Judgement before = judgement(incident);
            Judgement after = new Judgement(verdict, IncidentText.clean(entryPath), before.mergedInto());
            if (after.equals(before)) {
                return true;
            }
            if (seen.filter(read -> !read.equals(before.fingerprint())).isPresent()) {
                return false;
            }
            jdbc.sql("update incident set verdict = :verdict, entry_path = :path, updated_at = :now where id = :id")
                    .param("verdict", verdict.map(Verdict::word).orElse(null), java.sql.Types.VARCHAR)
                    .param("path", Columns.text(after.entryPath()))
                    .param("now", Columns.time(now))
                    .param("id", incident.id())
                    .update();
            audit.record(
                    now,
                    actor,
                    "incident.judged",
                    incident.object(),
                    Map.of("before", facts(before), "after", facts(after)));
            return true;
        }));
    }

    private static Map<String, Object> facts(Judgement judgement) {
        return Map.of(
                "verdict", judgement.verdict().map(Verdict::word).orElse(""),
                "entry_path", IncidentText.cut(judgement.entryPath(), 500));
    }

    /**
     * Moves all alerts of one into another and closes it. What people wrote into its timeline stands in the other's from then on,
     * for those who could read it before.
     *
     * @throws IllegalArgumentException if they are the same, or if one of them was merged before
     */
    public void merge(Incident from, Incident into, String actor, Instant now) {
        transaction.executeWithoutResult(status -> {
            lock(from, into);
            if (from.id() == into.id()) {
                throw new CaseworkRefusal(CaseworkRefusal.Why.MERGE_SELF);
            }
            for (Incident each : List.of(from, into)) {
                judgement(each).mergedInto().ifPresent(number -> {
                    throw new CaseworkRefusal(CaseworkRefusal.Why.MERGED, each.number(), number);
                });
            }
            Set<String> readers = Set.copyOf(
                    incidents.parties(from).stream().map(Party::stakeholder).toList());
            List<String> alerts = attached(from, Optional.empty());
            incidents.move(from, into, alerts, actor, now);
            jdbc.sql("""
                    insert into timeline_entry (incident_id, occurred_at, recorded_at, original_tz, type, source, author,
                        text_ja, text_en, in_report, tlp, follows, visible_orgs, raw_ref)
                    select :into, occurred_at, :now, original_tz, type, source, author, text_ja, text_en, in_report, tlp,
                        follows or timeline_origin_label(supersedes_id) is not null,
                        case when cardinality(visible_orgs) = 0 then cast(:readers as text[]) else visible_orgs end,
                        'merged:' || id
                    from timeline_entry e where incident_id = :from and source = 'manual'
                      and not exists (select 1 from timeline_entry later where later.supersedes_id = e.id)
                    on conflict do nothing""")
                    .param("into", into.id())
                    .param("from", from.id())
                    .param("now", Columns.time(now))
                    .param("readers", readers.stream().sorted().toArray(String[]::new))
                    .update();
            jdbc.sql("update incident set status = 'closed', merged_into = :into, updated_at = :now where id = :from")
                    .param("into", into.id())
                    .param("from", from.id())
                    .param("now", Columns.time(now))
                    .update();
            // The city knew since it knew of the first of them.
            jdbc.sql("update incident set aware_at = least(aware_at, :aware) where id = :into")
                    .param("aware", Columns.time(from.aware()))
                    .param("into", into.id())
                    .update();
            audit.record(now, actor, "incident.merged", from.object(), Map.of("into", into.number()));
            audit.record(now, actor, "incident.merged-in", into.object(), Map.of("from", from.number()));
        });
    }

    /** Undoes a merge: the alerts that came by it go back, unless somebody took them out meanwhile. False if there was none. */
    public boolean unmerge(Incident from, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Incident> into = judgement(from).mergedInto().flatMap(incidents::find);
            if (into.isEmpty()) {
                return false;
            }
            lock(from, into.get());
            boolean undone = jdbc.sql("""
                    update incident set status = 'open', merged_into = null, updated_at = :now
                    where id = :from and merged_into is not null""")
                            .param("from", from.id())
                            .param("now", Columns.time(now))
                            .update()
                    == 1;
            if (undone) {
                incidents.move(into.get(), from, attached(into.get(), Optional.of(from.id())), actor, now);
                audit.record(
                        now,
                        actor,
                        "incident.unmerged",
                        from.object(),
                        Map.of("from", into.get().number()));
            }
            return undone;
        }));
    }

    /**
     * Opens a new incident with some of the alerts. A merge undoes it.
     *
     * @throws IllegalArgumentException if none of them is a part of the incident, or all are
     */
    public Incident split(Incident from, List<String> alerts, String actor, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            incidents.lock(from.id());
            List<String> there = attached(from, Optional.empty());
            List<String> going =
                    alerts.stream().distinct().filter(there::contains).toList();
            if (going.isEmpty() || going.size() == there.size()) {
                throw new CaseworkRefusal(CaseworkRefusal.Why.SPLIT);
            }
            Incident opened =
                    incidents.open(going.get(0), Optional.empty(), actor, now).orElseThrow();
            incidents.move(from, opened, going, actor, now);
            audit.record(now, actor, "incident.split", from.object(), Map.of("into", opened.number()));
            return incidents.find(opened.number()).orElseThrow();
        }));
    }

    /** In a fixed order, so that two people who merge crosswise do not wait for each other. */
    private void lock(Incident one, Incident other) {
        incidents.lock(Math.min(one.id(), other.id()));
        incidents.lock(Math.max(one.id(), other.id()));
    }

    private List<String> attached(Incident incident, Optional<Long> movedFrom) {
        return jdbc.sql("""
                select alert_id from incident_alert where incident_id = :incident and detached_at is null
                  and (cast(:from as bigint) is null or moved_from = :from) order by id""")
                .param("incident", incident.id())
                .param("from", movedFrom.orElse(null), java.sql.Types.BIGINT)
                .query(String.class)
                .list();
    }

    private record Said(Optional<Instant> told, Optional<String> answer, Optional<Instant> at, String by) {}

    /** In the order of the parties. */
    public List<PartyAnswer> answers(Incident incident) {
        Map<String, Said> said = new TreeMap<>();
        jdbc.sql("""
                select p.stakeholder_id, k.kind, k.at, coalesce(k.contact_id, k.actor, '') as by,
                    (select min(coalesce(g.finished_at, d.finished_at)) from incident_alert ia
                        join delivery d on d.alert_id = ia.alert_id left join delivery g on g.id = d.digest_id
                        where ia.incident_id = p.incident_id and ia.detached_at is null
                          and d.stakeholder_id = p.stakeholder_id and coalesce(g.state, d.state) = 'sent') as told
                from incident_party p left join lateral (
                    select k.* from incident_alert ia join acknowledgement k on k.alert_id = ia.alert_id
                    where ia.incident_id = p.incident_id and ia.detached_at is null
                      and k.stakeholder_id = p.stakeholder_id order by k.at desc, k.id desc limit 1) k on true
                where p.incident_id = :incident""").param("incident", incident.id()).query(row -> {
            said.put(
                    row.getString("stakeholder_id"),
                    new Said(
                            Columns.optionalInstant(row, "told"),
                            Optional.ofNullable(row.getString("kind")),
                            Columns.optionalInstant(row, "at"),
                            row.getString("by")));
        });
        return incidents.parties(incident).stream()
                .map(party -> {
                    Said its = said.getOrDefault(
                            party.stakeholder(), new Said(Optional.empty(), Optional.empty(), Optional.empty(), ""));
                    return new PartyAnswer(party, its.told(), its.answer(), its.at(), its.by());
                })
                .toList();
    }
}
