package jp.hinomi.alerting.notice;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Gateway;
import org.thymeleaf.ITemplateEngine;

/** The writers of all kinds of channels. Thread-safe. */
public final class Writers {
    private final Map<String, MessageWriter> byType = new LinkedHashMap<>();

    /**
     * @param own templates of the city
     * @param gateways the city's, by id
     */
    public Writers(
            ITemplateEngine templates,
            Texts texts,
            MessageIds messageIds,
            MessageTemplates own,
            String cityId,
            Function<String, Gateway> gateways) {
        Briefs briefs = new Briefs(texts);
        byType.put("email", new MailWriter(templates, texts, messageIds, own));
        byType.put("webhook", new WebhookWriter());
        byType.put("slack", new SlackWriter(briefs, texts, own));
        byType.put("teams", new TeamsWriter(briefs, texts, own));
        byType.put("mattermost", new MattermostWriter(briefs, texts, own));
        byType.put("line-works", new LineWorksWriter(briefs, texts, own));
        byType.put("syslog", new SyslogWriter(cityId));
        byType.put("kafka", new WebhookWriter());
        byType.put("sms", new PhoneWriter(Gateway.Kind.SMS, texts, own, gateways));
        byType.put("voice", new PhoneWriter(Gateway.Kind.VOICE, texts, own, gateways));
        if (!byType.keySet().containsAll(Channel.TYPES)) {
            throw new IllegalStateException("a type of channel has no writer: " + Channel.TYPES);
        }
    }

    public MessageWriter of(Channel channel) {
        return byType.get(channel.type());
    }
}
