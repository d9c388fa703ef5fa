package jp.hinomi.alerting.alarm;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Announcement;
import jp.hinomi.alerting.notice.MailMessage;
import jp.hinomi.alerting.notice.MessageIds;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Writers;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.city.report.ReportForm;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes alarms as they are sent. Thread-safe. */
public final class AlarmMessages {
    private static final int LIMIT = 1000;

    private final Texts texts;
    private final ITemplateEngine templates;
    private final MessageIds messageIds;
    private final Notices notices;
    private final Writers writers;
    private final CityInForce city;

    public AlarmMessages(
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

    String write(long id, long found, Alarm alarm, Stakeholder to, Channel channel, Instant now) {
        String language = "ja".equals(to.locale()) ? "ja" : "en";
        String name = ReportForm.in(city.get().name(), language);
        String words = VisibleText.plain(alarm.text().in(language), LIMIT);
        String console = notices.at("/operations").toString();
        String kind = texts.get(language, "alarm." + alarm.kind().word());
        String subject = texts.get(language, "mail.alarm.subject", kind);
        String explain = texts.get(language, "mail.alarm.explain", name);
        if (!(channel instanceof Channel.Email)) {
            return writers.of(channel)
                    .announcement(
                            new Announcement(
                                    Announcement.Kind.ALARM,
                                    id,
                                    language,
                                    name,
                                    alarm.kind().word(),
                                    subject,
                                    kind,
                                    words + " " + explain,
                                    0,
                                    List.of(),
                                    "",
                                    notices.at("/operations"),
                                    now),
                            channel);
        }
        String footer = texts.get(language, "mail.footer", name);
        Context context = new Context(Texts.locale(language));
        context.setVariables(Map.of(
                "kind", kind, "words", words, "explain", explain, "console", console, "footer", footer, "city", name));
        String thread = messageIds.alarm(id, 1);
        return Columns.json(new MailMessage(
                subject,
                kind + "\n\n" + words + "\n\n" + explain + "\n" + console + "\n\n-- \n" + footer + "\n",
                templates.process("mail/alarm", context),
                messageIds.alarm(id, found),
                thread));
    }
}
