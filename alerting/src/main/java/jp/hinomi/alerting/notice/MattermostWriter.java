package jp.hinomi.alerting.notice;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;

/**
 * Writes for incoming webhooks of Mattermost: one message attachment. Marks of Markdown are escaped, log lines stand in a block
 * of code, and an at sign before a word is taken apart, so that no text calls everybody. Thread-safe.
 */
final class MattermostWriter implements MessageWriter {
    private static final int TEXT = 8000;

    private final Briefs briefs;
    private final Texts texts;
    private final MessageTemplates own;

    MattermostWriter(Briefs briefs, Texts texts, MessageTemplates own) {
        this.own = own;
        this.briefs = briefs;
        this.texts = texts;
    }

    @Override
    public String notice(Letter letter, String contactId, Channel channel) {
        Notice notice = letter.notice();
        Brief brief = briefs.of(notice);
        String language = brief.language();
        Optional<String> ours = own.text(channel.type(), notice);
        if (ours.isPresent()) {
            return message(notice, brief, Cut.to(ours.get(), TEXT), List.of());
        }
        List<Object> fields = new ArrayList<>();
        for (Brief.Fact fact : brief.facts()) {
            fields.add(Map.of(
                    "short",
                    true,
                    "title",
                    escape(fact.label()),
                    "value",
                    fact.raw() ? code(fact.value()) : escape(fact.value())));
        }
        StringBuilder text = new StringBuilder();
        text.append(escape(brief.headline())).append("\n\n");
        brief.silent()
                .ifPresent(silent -> text.append("**").append(escape(silent)).append("**\n\n"));
        text.append("**")
                .append(escape(texts.get(language, "mail.first-steps")))
                .append("**\n");
        text.append(escape(brief.firstSteps())).append("\n\n");
        if (brief.withheld().isPresent()) {
            text.append(escape(brief.withheld().get())).append("\n\n");
        } else if (!brief.evidence().isEmpty()) {
            text.append("**")
                    .append(escape(texts.get(language, "mail.evidence")))
                    .append("**\n```\n");
            brief.evidence().forEach(line -> text.append(line.replace("`", "ʼ")).append('\n'));
            text.append("```\n\n");
        }
        return message(notice, brief, Cut.to(text.toString(), TEXT), fields);
    }

    /** With what every notice has: how bad, the links, why it comes. */
    private String message(Notice notice, Brief brief, String text, List<Object> fields) {
        String language = brief.language();
        String links = link(texts.get(language, "mail.acknowledge.button"), brief.acknowledge()) + "  ·  "
                + link(texts.get(language, "mail.console"), brief.console());
        return message(
                brief.subject(),
                "[" + brief.severityWord() + "] " + brief.title(),
                MailPalette.of(notice.severity()).ink(),
                text + "\n" + links,
                fields,
                String.join(" / ", brief.why()) + " · " + brief.footer());
    }

    @Override
    public String announcement(Announcement announcement, Channel channel) {
        String language = announcement.language();
        String text = own.text(channel.type(), announcement).orElseGet(() -> body(announcement, language));
        return message(
                announcement.subject(),
                announcement.title(),
                MailPalette.of(announcement.severity()).ink(),
                Cut.to(text, TEXT) + "\n" + link(texts.get(language, "mail.console"), announcement.link()),
                List.of(),
                announcement.note());
    }

    private String body(Announcement announcement, String language) {
        StringBuilder text = new StringBuilder(escape(announcement.explain())).append("\n\n");
        for (Announcement.Item item : announcement.items()) {
            text.append("- ")
                    .append(escape(item.time()))
                    .append("  **")
                    .append(escape(texts.severity(language, item.severity())))
                    .append("**  ")
                    .append(escape(VisibleText.plain(item.title(), 80)))
                    .append("  ")
                    .append(link(texts.get(language, "chat.open"), item.console()))
                    .append("  ")
                    .append(link(texts.get(language, "mail.acknowledge.button"), item.acknowledge()))
                    .append('\n');
        }
        if (announcement.more() > 0) {
            text.append(escape(texts.get(language, "mail.digest.more", announcement.more())))
                    .append('\n');
        }
        return text.toString();
    }

    private static String message(
            String fallback, String title, String color, String text, List<Object> fields, String footer) {
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("fallback", escape(fallback));
        attachment.put("color", color);
        attachment.put("title", escape(title));
        attachment.put("text", text);
        attachment.put("fields", fields);
        attachment.put("footer", Cut.to(noMention(footer), 300));
        return Columns.json(Map.of("attachments", List.of(attachment)));
    }

    private static String link(String text, URI url) {
        return "[" + escape(text) + "](" + url.toString().replace("(", "%28").replace(")", "%29") + ")";
    }

    private static String code(String text) {
        return "`" + Cut.to(text.replace('`', 'ʼ'), 1000) + "`";
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("\\`*_[]()#<>!~|".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return noMention(escaped.toString());
    }

    /** {@code @all} becomes {@code ＠all}: it reads the same and calls nobody. */
    private static String noMention(String text) {
        return text.replace('@', '＠');
    }
}
