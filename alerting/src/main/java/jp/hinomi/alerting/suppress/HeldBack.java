package jp.hinomi.alerting.suppress;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What waits, for what, and until when; and how it is let go before its time. Thread-safe. */
public final class HeldBack {
    /** As many as pages show. */
    public static final int MOST = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Releases releases;
    private final AuditLog audit;
    private final Runnable wake;

    /** @param wake called when something may be sent */
    public HeldBack(
            JdbcClient jdbc, TransactionTemplate transaction, Releases releases, AuditLog audit, Runnable wake) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.releases = releases;
        this.audit = audit;
        this.wake = wake;
    }

    /** @param oldest when the first of them came */
    public record Reason(String kind, long notices, long alerts, Instant oldest) {}

    public List<Reason> reasons() {
        return jdbc.sql("""
                select coalesce(held_kind, 'rule') as kind, count(*) as notices, count(distinct alert_id) as alerts,
                    min(created_at) as oldest
                from delivery where state = 'held' group by 1 order by notices desc""")
                .query((row, number) -> new Reason(
                        row.getString("kind"),
                        row.getLong("notices"),
                        row.getLong("alerts"),
                        Columns.instant(row, "oldest")))
                .list();
    }

    /**
     * A digest that collects.
     *
     * @param what it waits for: the number of a silence, a group, a rule
     * @param due when it is sent
     * @param worst of what it holds; absent while it holds nothing
     */
    public record Waiting(
            long digest,
            String stakeholder,
            String contact,
            String channel,
            String address,
            String kind,
            String what,
            long held,
            Optional<Severity> worst,
            Instant due) {}

    /** The next to be sent first. @param skip so many of them */
    public List<Waiting> waiting(long skip, int limit) {
        return jdbc.sql("""
                select g.id, g.stakeholder_id, g.contact_id, g.channel_type, g.address, g.rule_id, g.next_attempt_at,
                    count(h.id) as held, max(a.severity) as worst
                from delivery g left join delivery h on h.state = 'held' and h.contact_id = g.contact_id
                    and h.channel_type = g.channel_type and h.address = g.address and h.inbox = g.rule_id
                    left join alert a on a.id = h.alert_id
                where g.kind = 'digest' and g.message is null and g.state = 'pending'
                group by g.id order by g.next_attempt_at, g.id limit :limit offset :skip""")
                .param("limit", limit)
                .param("skip", skip)
                .query((row, number) -> {
                    int worst = row.getInt("worst");
                    Optional<Severity> severity =
                            row.wasNull() ? Optional.empty() : Optional.of(Severity.values()[worst]);
                    String inbox = row.getString("rule_id");
                    return new Waiting(
                            row.getLong("id"),
                            row.getString("stakeholder_id"),
                            row.getString("contact_id"),
                            row.getString("channel_type"),
                            row.getString("address"),
                            Hold.kindOf(inbox).word(),
                            Hold.whatOf(inbox),
                            row.getLong("held"),
                            severity,
                            Columns.instant(row, "next_attempt_at"));
                })
                .list();
    }

    /**
     * An open alert that holds others back.
     *
     * @param held notices that wait because of it
     */
    public record InForce(String inhibition, String alertId, String titleJa, String titleEn, Instant until, long held) {
        public String title(String language) {
            return "ja".equals(language) ? titleJa : titleEn;
        }
    }

    /** Those that hold longest first. @param skip so many of them */
    public List<InForce> inhibitions(Instant now, long skip, int limit) {
        return jdbc.sql("""
                select i.inhibition_id, a.id, a.title_ja, a.title_en, max(i.until) as until,
                    (select count(*) from delivery d where d.state = 'held'
                        and d.inbox = :mark || i.inhibition_id || ':' || a.id) as held
                from inhibitor i join alert a on a.id = i.alert_id
                where i.until > :now and a.status = 'open'
                group by i.inhibition_id, a.id order by until desc, a.id, i.inhibition_id limit :limit offset :skip""")
                .param("mark", Hold.inbox(Hold.Kind.INHIBITED, ""))
                .param("now", Columns.time(now))
                .param("limit", limit)
                .param("skip", skip)
                .query((row, number) -> new InForce(
                        row.getString("inhibition_id"),
                        row.getString("id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        Columns.instant(row, "until"),
                        row.getLong("held")))
                .list();
    }

    /** Sends a digest that collects now. False if there is none of that number any more. */
    public boolean sendNow(long digest, String actor, Instant now) {
        boolean sent = Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Releases.Sent> told = releases.tellNow(digest, now);
            told.ifPresent(one -> {
                Map<String, Object> facts = new LinkedHashMap<>();
                facts.put("contact", one.contact());
                facts.put("inbox", one.inbox());
                audit.record(now, actor, "held.sent", "delivery:" + digest, facts);
            });
            return told.isPresent();
        }));
        if (sent) {
            wake.run();
        }
        return sent;
    }
}
