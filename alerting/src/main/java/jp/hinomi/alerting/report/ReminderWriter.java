package jp.hinomi.alerting.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Announcement;
import jp.hinomi.alerting.notice.MailMessage;
import jp.hinomi.alerting.notice.MessageIds;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.report.ReportForm;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Writes reminders as they are sent. They name the form, the recipient and the term, and nothing of the incident but its number:
 * mail is read by more than those who may know. Thread-safe.
 */
public final class ReminderWriter {
    private final Texts texts;
    private final ITemplateEngine templates;
    private final MessageIds messageIds;
    private final Notices notices;
    private final Writers writers;
    private final CityInForce city;

    public ReminderWriter(
            Texts texts,
            ITemplateEngine templates,
            MessageIds messageIds,
            Notices notices,
            Writers writers,
            CityInForce city) {
        this.texts = texts;
        this.templates = templates;
        this.messageIds = messageIds;
        this.notices = notices;
        this.writers = writers;
        this.city = city;
    }

    Bilingual reason(Deadline deadline, Deadline.Reminder kind) {
        return new Bilingual(words(deadline, kind, "ja"), words(deadline, kind, "en"));
    }

    private String words(Deadline deadline, Deadline.Reminder kind, String language) {
        return texts.get(
                language,
                "reminder." + kind.word(),
                ReportForm.in(deadline.formName(), language),
                ReportForm.in(deadline.stageName(), language),
                ReportForm.in(deadline.recipientName(), language));
    }

    String write(
            long delivery,
            Deadline deadline,
            Deadline.Reminder kind,
            City.ContactOf to,
            Channel channel,
            String key,
            Instant now) {
        String language = "ja".equals(to.stakeholder().locale()) ? "ja" : "en";
        String cityName = ReportForm.in(city.get().name(), language);
        String console = notices.at("/incidents/" + deadline.incident()).toString();
        if (channel instanceof Channel.Webhook || channel instanceof Channel.Kafka) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("type", "report.reminder");
            body.put("city", cityName);
            body.put("incident", deadline.incident());
            body.put("form", deadline.form());
            body.put("stage", deadline.stage().word());
            body.put("recipient", deadline.recipientName());
            body.put("reminder", kind.word());
            deadline.target().ifPresent(at -> body.put("target", at.toString()));
            body.put("due", deadline.due().toString());
            body.put("console", console);
            return Columns.json(body);
        }
        String words = words(deadline, kind, language);
        String due = texts.get(
                language, "reminder.until", Texts.time(language, to.contact().zone(), deadline.due()));
        String target = deadline.target()
                .map(at -> texts.get(
                        language,
                        "reminder.target-at",
                        Texts.time(language, to.contact().zone(), at)))
                .orElse("");
        String footer = texts.get(language, "mail.footer", cityName);
        String subject = texts.get(language, "reminder.subject." + kind.word(), deadline.incident(), words);
        if (!(channel instanceof Channel.Email)) {
            return writers.of(channel)
                    .announcement(
                            new Announcement(
                                    Announcement.Kind.REMINDER,
                                    delivery,
                                    language,
                                    cityName,
                                    kind.word(),
                                    subject,
                                    words,
                                    target.isEmpty() ? due : due + " " + target,
                                    0,
                                    List.of(),
                                    "",
                                    notices.at("/incidents/" + deadline.incident()),
                                    now),
                            channel);
        }
        StringBuilder text = new StringBuilder(words).append("\n\n").append(due).append('\n');
        if (!target.isEmpty()) {
            text.append(target).append('\n');
        }
        text.append('\n')
                .append(texts.get(language, "reminder.open"))
                .append('\n')
                .append(console);
        text.append("\n\n-- \n").append(footer).append('\n');
        Context context = new Context(Texts.locale(language));
        context.setVariables(Map.of(
                "number", deadline.incident(),
                "words", words,
                "due", due,
                "target", target,
                "console", console,
                "footer", footer,
                "overdue", kind == Deadline.Reminder.OVERDUE));
        String id = messageIds.report(ReportDocument.sha256(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return Columns.json(
                new MailMessage(subject, text.toString(), templates.process("mail/reminder", context), id, id));
    }
}
