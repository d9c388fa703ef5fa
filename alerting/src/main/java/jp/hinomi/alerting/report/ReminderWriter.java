package jp.hinomi.alerting.report;

import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.MailMessage;
import jp.hinomi.alerting.notice.MessageIds;
import jp.hinomi.alerting.notice.Notices;
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
    private final CityInForce city;

    public ReminderWriter(
            Texts texts, ITemplateEngine templates, MessageIds messageIds, Notices notices, CityInForce city) {
        this.texts = texts;
        this.templates = templates;
        this.messageIds = messageIds;
        this.notices = notices;
        this.city = city;
    }

    boolean canCarry(Channel channel) {
        return channel instanceof Channel.Email || channel instanceof Channel.Webhook;
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
            Incident incident,
            Deadline deadline,
            Deadline.Reminder kind,
            City.ContactOf to,
            Channel channel,
            String key) {
        String language = "ja".equals(to.stakeholder().locale()) ? "ja" : "en";
        String cityName = ReportForm.in(city.get().name(), language);
        String console = notices.at("/incidents/" + incident.number()).toString();
        if (channel instanceof Channel.Webhook) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("type", "report.reminder");
            body.put("city", cityName);
            body.put("incident", incident.number());
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
        String subject = texts.get(language, "reminder.subject." + kind.word(), incident.number(), words);
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
                "number", incident.number(),
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
