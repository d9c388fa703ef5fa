package jp.hinomi.alerting.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.audit.AuditEntry;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.security.RowScope;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes messages of what the audit log says happened: for each webhook from where it stopped, some rows at a time, its messages
 * and its new position in one transaction. So each change is told once, whoever dies on the way, and what a webhook cannot take
 * waits in the log and not in the outbox. Any number may run, here and in other processes. Thread-safe.
 */
public final class WebhookFeed {
    /** Rows of the log that are looked at in one transaction. */
    private static final int ROWS = 500;

    /** Messages that wait for one webhook; more wait in the log. */
    private static final int WINDOW = 1000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate aside;
    private final Webhooks webhooks;
    private final Subjects subjects;
    private final EventWriter writer;
    private final CityInForce city;

    WebhookFeed(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Webhooks webhooks,
            Subjects subjects,
            EventWriter writer,
            CityInForce city) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.aside = new TransactionTemplate(transaction.getTransactionManager());
        this.aside.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        this.aside.setReadOnly(true);
        this.webhooks = webhooks;
        this.subjects = subjects;
        this.writer = writer;
        this.city = city;
    }

    /**
     * Takes each webhook some rows further. False if none has anything to look at, or room for it.
     *
     * @throws RuntimeException if one could not be taken further; the others were
     */
    public boolean next(Instant now) {
        boolean any = false;
        RuntimeException failure = null;
        for (long id : behind()) {
            try {
                any |= Boolean.TRUE.equals(transaction.execute(status -> {
                    Optional<Webhook> webhook = lock(id);
                    webhook.ifPresent(free -> advance(free, now));
                    return webhook.isPresent();
                }));
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return any;
    }

    private List<Long> behind() {
        return jdbc.sql("""
                select id from webhook w where state = 'active' and position < (select seq from audit_head)
                  and (select count(*) from (select 1 from delivery where channel_type = 'event' and address = w.url
                      and state = 'pending' limit :window) waiting) < :window
                order by position""").param("window", WINDOW).query(Long.class).list();
    }

    /** Another instance that has it takes it further itself. */
    private Optional<Webhook> lock(long id) {
        return jdbc.sql("select * from webhook where id = :id and state = 'active' for update skip locked")
                .param("id", id)
                .query((row, n) -> Webhooks.webhook(row))
                .optional();
    }

    private void advance(Webhook webhook, Instant now) {
        long upTo = Math.min(
                webhook.position() + ROWS,
                jdbc.sql("select seq from audit_head").query(Long.class).single());
        List<Change> changes = changes(webhook, upTo);
        Map<EventType.About, Map<String, Subject>> about = subjects(webhook, changes);
        boolean whole = webhook.subscription().stakeholder().isEmpty();
        Optional<Tlp> clearance = clearance(webhook);
        for (Change change : changes) {
            Optional.ofNullable(about.get(change.type().about()).get(change.subject()))
                    .ifPresent(subject -> webhook.subscription()
                            .hears(change, subject, clearance)
                            .ifPresent(type -> {
                                boolean hidden = type == EventType.INCIDENT_HIDDEN;
                                webhooks.insert(
                                        webhook,
                                        "event",
                                        "event|" + webhook.id() + "|" + change.sequence(),
                                        type.word(),
                                        hidden ? Tlp.CLEAR : subject.tlp(),
                                        hidden
                                                ? writer.hidden(webhook.id(), change, subject)
                                                : writer.write(webhook.id(), change, subject, whole),
                                        now);
                            }));
        }
        jdbc.sql("update webhook set position = :upTo where id = :id")
                .param("upTo", upTo)
                .param("id", webhook.id())
                .update();
    }

    private List<Change> changes(Webhook webhook, long upTo) {
        List<Change> wanted = new ArrayList<>();
        jdbc.sql("""
                select seq, at, actor, action, object, detail from audit_log
                where seq > :after and seq <= :upTo and action = any (cast(:actions as text[])) order by seq""")
                .param("after", webhook.position())
                .param("upTo", upTo)
                .param("actions", EventType.actions().toArray(String[]::new))
                .query((row, n) -> Change.of(
                        row.getLong("seq"),
                        new AuditEntry(
                                Columns.instant(row, "at"),
                                row.getString("actor"),
                                row.getString("action"),
                                row.getString("object"),
                                row.getString("detail"))))
                .list()
                .forEach(change -> change.filter(webhook.subscription()::wants).ifPresent(wanted::add));
        return wanted;
    }

    /** Read in the name of the stakeholder, if the webhook is one's: row-level security says what there is. */
    private Map<EventType.About, Map<String, Subject>> subjects(Webhook webhook, List<Change> changes) {
        Map<EventType.About, Set<String>> ids = new EnumMap<>(EventType.About.class);
        for (EventType.About about : EventType.About.values()) {
            ids.put(about, new LinkedHashSet<>());
        }
        changes.forEach(change -> ids.get(change.type().about()).add(change.subject()));
        Optional<String> stakeholder = webhook.subscription().stakeholder();
        Map<EventType.About, Map<String, Subject>> found = new EnumMap<>(EventType.About.class);
        ids.forEach((about, wanted) -> found.put(
                about,
                stakeholder
                        // Another connection: this one's transaction writes, which that role may not.
                        .map(id -> RowScope.of(id, () -> aside.execute(status -> subjects.find(about, wanted, false))))
                        .orElseGet(() -> subjects.find(about, wanted, true))));
        return found;
    }

    /** By the map as it is now; whom it does not know any more may see nothing that has a label. */
    private Optional<Tlp> clearance(Webhook webhook) {
        return webhook.subscription()
                .stakeholder()
                .map(id -> Optional.ofNullable(city.get().stakeholders().get(id))
                        .map(Stakeholder::maxTlp)
                        .orElse(Tlp.CLEAR));
    }
}
