package jp.hinomi.alerting.notice;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;

/**
 * Writes for incoming webhooks of Slack: Block Kit, within its limits (a header of 150 characters, 3,000 of a section, ten
 * fields of 2,000). {@code & < >} are escaped, so that no text makes a link or calls everybody. Thread-safe.
 */
final class SlackWriter implements MessageWriter {
    private static final int HEADER = 150;
    private static final int SECTION = 2900;
    private static final int FIELDS = 10;
    private static final int FIELD = 1900;

    private final Briefs briefs;
    private final Texts texts;
    private final MessageTemplates own;

    SlackWriter(Briefs briefs, Texts texts, MessageTemplates own) {
        this.own = own;
        this.briefs = briefs;
        this.texts = texts;
    }

    @Override
    public String notice(Letter letter, String contactId, Channel channel) {
        Notice notice = letter.notice();
        Brief brief = briefs.of(notice);
        String language = brief.language();
        List<Object> blocks = new ArrayList<>();
        blocks.add(header(mark(brief) + brief.title()));
        own.text(channel.type(), notice)
                .ifPresentOrElse(text -> blocks.add(section(text)), () -> body(brief, language, blocks));
        blocks.add(Map.of(
                "type",
                "actions",
                "elements",
                List.of(
                        button(texts.get(language, "mail.acknowledge.button"), brief.acknowledge(), true),
                        button(texts.get(language, "mail.console"), brief.console(), false))));
        blocks.add(context(escape(String.join(" / ", brief.why())) + "\n" + escape(brief.footer())));
        return message(brief.subject(), blocks);
    }

    private void body(Brief brief, String language, List<Object> blocks) {
        blocks.add(section(escape(brief.headline())));
        List<Object> fields = new ArrayList<>();
        brief.facts().stream()
                .limit(FIELDS)
                .forEach(fact -> fields.add(mrkdwn(
                        "*" + escape(fact.label()) + "*\n"
                                + (fact.raw() ? code(fact.value(), FIELD) : escape(fact.value())),
                        FIELD)));
        blocks.add(Map.of("type", "section", "fields", fields));
        brief.silent().ifPresent(silent -> blocks.add(section(":warning: " + escape(silent))));
        blocks.add(section("*" + escape(texts.get(language, "mail.first-steps")) + "*\n" + escape(brief.firstSteps())));
        if (brief.withheld().isPresent()) {
            blocks.add(section(escape(brief.withheld().get())));
        } else if (!brief.evidence().isEmpty()) {
            blocks.add(section("*" + escape(texts.get(language, "mail.evidence")) + "*\n```"
                    + Cut.to(escape(String.join("\n", brief.evidence()).replace('`', 'ʼ')), 2600) + "```"));
        }
    }

    @Override
    public String announcement(Announcement announcement, Channel channel) {
        String language = announcement.language();
        List<Object> blocks = new ArrayList<>();
        blocks.add(header(announcement.title()));
        own.text(channel.type(), announcement)
                .ifPresentOrElse(text -> blocks.add(section(text)), () -> body(announcement, language, blocks));
        blocks.add(Map.of(
                "type",
                "actions",
                "elements",
                List.of(button(texts.get(language, "mail.console"), announcement.link(), false))));
        if (!announcement.note().isEmpty()) {
            blocks.add(context(escape(announcement.note())));
        }
        return message(announcement.subject(), blocks);
    }

    private void body(Announcement announcement, String language, List<Object> blocks) {
        blocks.add(section(escape(announcement.explain())));
        StringBuilder lines = new StringBuilder();
        for (Announcement.Item item : announcement.items()) {
            String line = "• " + escape(item.time()) + "  *" + escape(texts.severity(language, item.severity())) + "*  "
                    + escape(VisibleText.plain(item.title(), 80)) + "  <" + link(item.console()) + "|"
                    + escape(texts.get(language, "chat.open")) + ">  <" + link(item.acknowledge()) + "|"
                    + escape(texts.get(language, "mail.acknowledge.button")) + ">\n";
            if (lines.length() + line.length() > SECTION) {
                blocks.add(section(lines.toString()));
                lines.setLength(0);
            }
            lines.append(line);
        }
        if (lines.length() > 0) {
            blocks.add(section(lines.toString()));
        }
        if (announcement.more() > 0) {
            blocks.add(section(escape(texts.get(language, "mail.digest.more", announcement.more()))));
        }
    }

    private static String message(String fallback, List<Object> blocks) {
        Map<String, Object> body = new LinkedHashMap<>();
        // What notifications and screen readers say.
        body.put("text", Cut.to(escape(fallback), SECTION));
        body.put("blocks", blocks);
        body.put("unfurl_links", false);
        body.put("unfurl_media", false);
        return Columns.json(body);
    }

    private static String mark(Brief brief) {
        return "[" + brief.severityWord() + "] ";
    }

    private static Map<String, Object> header(String text) {
        return Map.of(
                "type", "header", "text", Map.of("type", "plain_text", "text", Cut.to(text, HEADER), "emoji", false));
    }

    private static Map<String, Object> section(String mrkdwn) {
        return Map.of("type", "section", "text", mrkdwn(mrkdwn, SECTION));
    }

    private static Map<String, Object> context(String mrkdwn) {
        return Map.of("type", "context", "elements", List.of(mrkdwn(mrkdwn, FIELD)));
    }

    private static Map<String, Object> mrkdwn(String text, int limit) {
        return Map.of("type", "mrkdwn", "text", Cut.to(text, limit), "verbatim", true);
    }

    private static Map<String, Object> button(String text, URI url, boolean primary) {
        Map<String, Object> button = new LinkedHashMap<>();
        button.put("type", "button");
        button.put("text", Map.of("type", "plain_text", "text", Cut.to(text, 75), "emoji", false));
        button.put("url", url.toString());
        if (primary) {
            button.put("style", "primary");
        }
        return button;
    }

    /** A value from a log, shown as it is. */
    private static String code(String text, int limit) {
        return "`" + Cut.to(escape(text.replace('`', 'ʼ')), limit - 2) + "`";
    }

    private static String link(URI url) {
        return url.toString().replace("|", "%7C").replace(">", "%3E");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
