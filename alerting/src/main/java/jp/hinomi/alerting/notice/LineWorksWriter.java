package jp.hinomi.alerting.notice;

import java.util.Map;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;

/**
 * Writes for bots of LINE WORKS: plain text, at most 2,000 characters. The link to answer comes before what may be cut.
 * Thread-safe.
 */
final class LineWorksWriter implements MessageWriter {
    private static final int TEXT = 2000;

    private final Briefs briefs;
    private final Texts texts;
    private final MessageTemplates own;

    LineWorksWriter(Briefs briefs, Texts texts, MessageTemplates own) {
        this.own = own;
        this.briefs = briefs;
        this.texts = texts;
    }

    @Override
    public String notice(Notice notice, String alertJson, String contactId, Channel channel) {
        return message(own.text(channel.type(), notice).orElseGet(() -> text(notice)));
    }

    private String text(Notice notice) {
        Brief brief = briefs.of(notice);
        String language = brief.language();
        StringBuilder text = new StringBuilder(brief.subject()).append("\n\n");
        text.append(brief.headline()).append("\n\n");
        text.append(texts.get(language, "mail.acknowledge.button"))
                .append(texts.get(language, "colon"))
                .append(brief.acknowledge())
                .append("\n\n");
        for (Brief.Fact fact : brief.facts()) {
            text.append(fact.label())
                    .append(texts.get(language, "colon"))
                    .append(fact.value())
                    .append('\n');
        }
        brief.silent().ifPresent(silent -> text.append('\n').append(silent).append('\n'));
        text.append("\n■ ").append(texts.get(language, "mail.first-steps")).append('\n');
        text.append(brief.firstSteps()).append('\n');
        if (brief.withheld().isPresent()) {
            text.append('\n').append(brief.withheld().get()).append('\n');
        } else if (!brief.evidence().isEmpty()) {
            text.append("\n■ ").append(texts.get(language, "mail.evidence")).append('\n');
            brief.evidence().forEach(line -> text.append("> ").append(line).append('\n'));
        }
        text.append('\n').append(brief.footer());
        return text.toString();
    }

    @Override
    public String announcement(Announcement announcement, Channel channel) {
        return message(own.text(channel.type(), announcement).orElseGet(() -> text(announcement)));
    }

    private String text(Announcement announcement) {
        String language = announcement.language();
        StringBuilder text = new StringBuilder(announcement.subject()).append("\n\n");
        text.append(announcement.explain())
                .append('\n')
                .append(announcement.link())
                .append("\n\n");
        for (Announcement.Item item : announcement.items()) {
            text.append("・")
                    .append(item.time())
                    .append(' ')
                    .append(texts.severity(language, item.severity()))
                    .append(' ')
                    .append(VisibleText.plain(item.title(), 60))
                    .append('\n');
        }
        if (announcement.more() > 0) {
            text.append(texts.get(language, "mail.digest.more", announcement.more()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String message(String text) {
        return Columns.json(Map.of("content", Map.of("type", "text", "text", Cut.to(text, TEXT))));
    }
}
