package jp.hinomi.alerting.console;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.Outbox;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives many dead letters another life: exactly those that were shown before. Thread-safe. */
public final class DeadLetters {
    /** At once; the rest afterwards. */
    public static final int MOST = 5000;

    private static final int SHOWN = 50;
    private static final String CHOSEN = """
             from delivery d left join alert a on a.id = d.alert_id
            where d.state = 'dead' and (:contact = '' or d.contact_id = :contact)
              and (:channel = '' or d.channel_type = :channel)
              and (:error = '' or strpos(lower(coalesce(d.last_error, '')), lower(:error)) > 0)
            """;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public DeadLetters(JdbcClient jdbc, Outbox outbox, AuditLog audit, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Which; an empty part = all. @param error a text in what went wrong last, whatever its case */
    public record Choice(String contact, String channel, String error) {
        private Map<String, String> values() {
            return Map.of(
                    "contact", Columns.text(contact), "channel", Columns.text(channel), "error", Columns.text(error));
        }
    }

    public record Letter(long id, String contact, String channel, String address, String ja, String en, String error) {
        public String title(String language) {
            return "ja".equals(language) ? ja : en;
        }
    }

    /** @param count of all, at most {@link #MOST} @param upTo the newest of them @param newest the first to be shown */
    public record Preview(long count, long upTo, List<Letter> newest) {
        public Preview {
            newest = List.copyOf(newest);
        }
    }

    public List<String> contacts() {
        return jdbc.sql("select distinct contact_id from delivery where state = 'dead' order by 1")
                .query(String.class)
                .list();
    }

    public List<String> channels() {
        return jdbc.sql("select distinct channel_type from delivery where state = 'dead' order by 1")
                .query(String.class)
                .list();
    }

    public Preview preview(Choice choice) {
        List<Long> ids = ids(choice, Long.MAX_VALUE);
        List<Letter> newest = jdbc.sql("""
                select d.id, d.contact_id, d.channel_type, d.address, coalesce(a.title_ja, '') as ja,
                    coalesce(a.title_en, '') as en, coalesce(d.last_error, '') as error""" + CHOSEN + " order by d.id desc limit :limit")
                .params(choice.values())
                .param("limit", SHOWN)
                .query((row, n) -> new Letter(
                        row.getLong("id"),
                        row.getString("contact_id"),
                        row.getString("channel_type"),
                        row.getString("address"),
                        row.getString("ja"),
                        row.getString("en"),
                        row.getString("error")))
                .list();
        return new Preview(ids.size(), ids.isEmpty() ? 0 : ids.get(0), newest);
    }

    /** The newest first. */
    private List<Long> ids(Choice choice, long upTo) {
        return jdbc.sql("select d.id" + CHOSEN + " and d.id <= :upTo order by d.id desc limit :limit")
                .params(choice.values())
                .param("upTo", upTo)
                .param("limit", MOST)
                .query(Long.class)
                .list();
    }

    /** False, and nothing is done, if they are no longer those that the preview showed. */
    public boolean again(Choice choice, long count, long upTo, String actor, Instant now, Duration patience) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            List<Long> ids = ids(choice, upTo);
            if (ids.isEmpty() || ids.size() != count) {
                return false;
            }
            // One by one in the order they were written: a digest makes way for another of the same inbox.
            long revived = ids.stream()
                    .sorted()
                    .filter(id -> outbox.revive(id, now, patience))
                    .count();
            Map<String, Object> facts = new LinkedHashMap<>(choice.values());
            facts.put("deliveries", revived);
            facts.put("first", ids.get(ids.size() - 1));
            facts.put("last", ids.get(0));
            audit.record(now, actor, "delivery.retried-all", "deliveries", facts);
            return true;
        }));
    }
}
