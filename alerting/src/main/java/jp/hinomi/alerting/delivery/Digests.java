package jp.hinomi.alerting.delivery;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.notice.MailMessage;
import jp.hinomi.alerting.notice.MessageIds;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.WebhookWriter;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes one message about everything that was held back from a channel. Thread-safe. */
public final class Digests {
    private static final int LISTED = 20;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Texts texts;
    private final ITemplateEngine templates;
    private final MessageIds messageIds;
    private final Outbox outbox;
    private final Map<String, String> city;
    private final Notices notices;

    public Digests(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Texts texts,
            ITemplateEngine templates,
            MessageIds messageIds,
            Outbox outbox,
            Map<String, String> city,
            Notices notices) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.texts = texts;
        this.templates = templates;
        this.messageIds = messageIds;
        this.outbox = outbox;
        this.city = city;
        this.notices = notices;
    }

    /**
     * One held notice.
     *
     * @param console page of the alert
     * @param acknowledge link that answers for it without a login, as the notice itself would have had
     */
    public record Held(
            String alertId, String title, Severity severity, Instant at, String time, URI console, URI acknowledge) {}

    /** The message, kept in the row before it is sent. Empty if nothing is held any more: then there is nothing to say. */
    public Optional<String> write(Leased digest, Instant now) {
        return transaction.execute(status -> {
            // Before any row: whoever holds a notice back takes this lock first as well.
            outbox.lockInbox(
                    digest.contactId(),
                    digest.address(),
                    jdbc.sql("select rule_id from delivery where id = :id")
                            .param("id", digest.id())
                            .query(String.class)
                            .single());
            Row row = jdbc.sql("select rule_id, zone, language from delivery where id = :id for update")
                    .param("id", digest.id())
                    .query((result, number) -> new Row(
                            result.getString("rule_id"),
                            ZoneId.of(result.getString("zone")),
                            result.getString("language")))
                    .single();
            List<Held> held = take(digest, row, now);
            if (held.isEmpty()) {
                return Optional.empty();
            }
            String message = "email".equals(digest.channelType()) ? mail(digest, row, held, now) : webhook(row, held);
            jdbc.sql("update delivery set message = cast(:message as json) where id = :id")
                    .param("message", message)
                    .param("id", digest.id())
                    .update();
            return Optional.of(message);
        });
    }

    private record Row(String rule, ZoneId zone, String language) {}

    private List<Held> take(Leased digest, Row row, Instant now) {
        List<Held> held = jdbc.sql("""
                with taken as (
                    update delivery set state = 'digested', digest_id = :digest
                    where state = 'held' and contact_id = :contact and channel_type = :type and address = :address
                      and rule_id = :rule
                    returning alert_id)
                select distinct alert.id, alert.title_ja, alert.title_en, alert.severity, alert.raised_at
                from taken join alert on alert.id = taken.alert_id""")
                .param("digest", digest.id())
                .param("contact", digest.contactId())
                .param("type", digest.channelType())
                .param("address", digest.address())
                .param("rule", row.rule())
                .query((result, number) -> {
                    Instant at = Columns.instant(result, "raised_at");
                    return new Held(
                            result.getString("id"),
                            result.getString("title_" + row.language()),
                            Severity.values()[result.getInt("severity")],
                            at,
                            Texts.time(row.language(), row.zone(), at),
                            notices.console(result.getString("id")),
                            notices.acknowledge(result.getString("id"), digest.contactId(), now));
                })
                .list();
        List<Held> ordered = new ArrayList<>(held);
        ordered.sort(java.util.Comparator.comparing(Held::at).reversed());
        return ordered;
    }

    private String mail(Leased digest, Row row, List<Held> held, Instant now) {
        String language = row.language();
        String title = VisibleText.plain(held.get(0).title(), 120);
        String subject = texts.get(language, "mail.digest.subject", held.size(), title);
        String explain = texts.get(language, "mail.digest.explain", held.size(), title);
        String until = texts.get(
                language, "mail.acknowledge.until", Texts.time(language, row.zone(), notices.acknowledgeUntil(now)));
        StringBuilder text = new StringBuilder(explain)
                .append("\n\n")
                .append(texts.get(language, "mail.acknowledge.explain"))
                .append(' ')
                .append(until)
                .append("\n\n");
        held.stream()
                .limit(LISTED)
                .forEach(one -> text.append("・")
                        .append(one.time())
                        .append("  ")
                        .append(texts.severity(language, one.severity()))
                        .append("  ")
                        .append(one.console())
                        .append("\n  ")
                        .append(texts.get(language, "mail.digest.acknowledge", one.acknowledge()))
                        .append('\n'));
        int more = held.size() - LISTED;
        if (more > 0) {
            text.append(texts.get(language, "mail.digest.more", more)).append('\n');
        }
        String city =
                this.city.getOrDefault(language, this.city.values().iterator().next());
        text.append("\n-- \n").append(texts.get(language, "mail.footer", city)).append('\n');
        Context context = new Context(Texts.locale(language));
        context.setVariables(Map.of(
                "title",
                title,
                "explain",
                explain,
                "held",
                held.stream().limit(LISTED).toList(),
                "more",
                Math.max(0, more),
                "city",
                city,
                "until",
                until,
                "console",
                notices.at("/alerts").toString()));
        String id = messageIds.digest(digest.id());
        return Columns.json(
                new MailMessage(subject, text.toString(), templates.process("mail/digest", context), id, id));
    }

    private String webhook(Row row, List<Held> held) {
        List<Map<String, Object>> alerts = held.stream()
                .map(one -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("id", one.alertId());
                    json.put("title", one.title());
                    json.put("severity", one.severity().word());
                    json.put("time", one.at().toString());
                    json.put("console", one.console().toString());
                    json.put("acknowledge", one.acknowledge().toString());
                    return json;
                })
                .toList();
        String name = city.getOrDefault(row.language(), city.values().iterator().next());
        return WebhookWriter.digest(name, row.rule(), held.size(), alerts);
    }
}
