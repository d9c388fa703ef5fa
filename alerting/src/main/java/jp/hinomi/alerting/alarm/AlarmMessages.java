package jp.hinomi.alerting.alarm;

import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.alerting.notice.MailMessage;
import jp.hinomi.alerting.notice.MessageIds;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Stakeholder;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes alarms as they are sent. Thread-safe. */
public final class AlarmMessages {
    private static final int LIMIT = 1000;

    private final Texts texts;
    private final ITemplateEngine templates;
    private final MessageIds messageIds;
    private final Notices notices;
    private final Map<String, String> city;

    public AlarmMessages(
            Texts texts, ITemplateEngine templates, MessageIds messageIds, Notices notices, Map<String, String> city) {
        this.texts = texts;
        this.templates = templates;
        this.messageIds = messageIds;
        this.notices = notices;
        this.city = city;
    }

    /** Whether an alarm can go over that kind of channel. */
    boolean canCarry(Channel channel) {
        return channel instanceof Channel.Email || channel instanceof Channel.Webhook;
    }

    String write(long id, Alarm alarm, Stakeholder to, Channel channel) {
        String language = "ja".equals(to.locale()) ? "ja" : "en";
        String name = city.getOrDefault(language, city.values().iterator().next());
        String words = VisibleText.plain(alarm.text().in(language), LIMIT);
        String console = notices.at("/operations").toString();
        if (channel instanceof Channel.Webhook) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("type", "alarm");
            body.put("city", name);
            body.put("kind", alarm.kind().word());
            body.put("object", alarm.object());
            body.put("text", Map.of("ja", alarm.text().ja(), "en", alarm.text().en()));
            body.put("console", console);
            return Columns.json(body);
        }
        String kind = texts.get(language, "alarm." + alarm.kind().word());
        String subject = texts.get(language, "mail.alarm.subject", kind);
        String explain = texts.get(language, "mail.alarm.explain", name);
        String footer = texts.get(language, "mail.footer", name);
        Context context = new Context(Texts.locale(language));
        context.setVariables(Map.of(
                "kind", kind, "words", words, "explain", explain, "console", console, "footer", footer, "city", name));
        String messageId = messageIds.alarm(id);
        return Columns.json(new MailMessage(
                subject,
                kind + "\n\n" + words + "\n\n" + explain + "\n" + console + "\n\n-- \n" + footer + "\n",
                templates.process("mail/alarm", context),
                messageId,
                messageId));
    }
}
