package jp.hinomi.alerting.notice;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;

/**
 * Writes for webhooks of Microsoft Teams (Workflows): an Adaptive Card 1.4, at most 28 KB with everything. What came from logs
 * goes into text runs, which know no markup; elsewhere marks of Markdown are escaped. Thread-safe.
 */
final class TeamsWriter implements MessageWriter {
    /** Below the limit of 28 KB. */
    private static final int BYTES = 24 * 1024;

    private final Briefs briefs;
    private final Texts texts;
    private final MessageTemplates own;

    TeamsWriter(Briefs briefs, Texts texts, MessageTemplates own) {
        this.own = own;
        this.briefs = briefs;
        this.texts = texts;
    }

    @Override
    public String notice(Letter letter, String contactId, Channel channel) {
        Notice notice = letter.notice();
        Brief brief = briefs.of(notice);
        String language = brief.language();
        List<Object> body = new ArrayList<>();
        body.add(Map.of(
                "type",
                "Container",
                "style",
                style(notice),
                "bleed",
                true,
                "items",
                List.of(
                        block("[" + brief.severityWord() + "] " + brief.title(), "Large", "Bolder"),
                        block(brief.headline(), "Default", "Default"))));
        own.text(channel.type(), notice)
                .ifPresentOrElse(text -> body.add(runs(text, false)), () -> body(brief, language, body));
        body.add(Map.of(
                "type",
                "TextBlock",
                "text",
                escape(String.join(" / ", brief.why()) + " · " + brief.footer()),
                "wrap",
                true,
                "isSubtle",
                true,
                "size",
                "Small"));
        return card(
                brief.subject(),
                body,
                List.of(
                        open(texts.get(language, "mail.acknowledge.button"), brief.acknowledge()),
                        open(texts.get(language, "mail.console"), brief.console())));
    }

    private void body(Brief brief, String language, List<Object> body) {
        List<Object> facts = new ArrayList<>();
        brief.facts().stream()
                .filter(fact -> !fact.raw())
                .forEach(fact ->
                        facts.add(Map.of("title", escape(fact.label()), "value", Cut.to(escape(fact.value()), 1000))));
        body.add(Map.of("type", "FactSet", "facts", facts));
        brief.facts().stream()
                .filter(Brief.Fact::raw)
                .forEach(fact -> body.add(runs(fact.label() + ": " + fact.value())));
        brief.silent().ifPresent(silent -> body.add(block(silent, "Default", "Bolder")));
        body.add(block(texts.get(language, "mail.first-steps"), "Medium", "Bolder"));
        body.add(runs(brief.firstSteps(), false));
        if (brief.withheld().isPresent()) {
            body.add(block(brief.withheld().get(), "Default", "Default"));
        } else if (!brief.evidence().isEmpty()) {
            body.add(block(texts.get(language, "mail.evidence"), "Medium", "Bolder"));
            brief.evidence().forEach(line -> body.add(runs(line)));
        }
    }

    @Override
    public String announcement(Announcement announcement, Channel channel) {
        String language = announcement.language();
        List<Object> body = new ArrayList<>();
        body.add(block(announcement.title(), "Large", "Bolder"));
        own.text(channel.type(), announcement)
                .ifPresentOrElse(text -> body.add(runs(text, false)), () -> body(announcement, language, body));
        return card(
                announcement.subject(), body, List.of(open(texts.get(language, "mail.console"), announcement.link())));
    }

    private void body(Announcement announcement, String language, List<Object> body) {
        body.add(block(announcement.explain(), "Default", "Default"));
        for (Announcement.Item item : announcement.items()) {
            String line = escape(item.time() + "  " + texts.severity(language, item.severity()) + "  "
                            + VisibleText.plain(item.title(), 80))
                    + "  [" + escape(texts.get(language, "chat.open")) + "](" + item.console() + ")  ["
                    + escape(texts.get(language, "mail.acknowledge.button")) + "](" + item.acknowledge() + ")";
            body.add(Map.of("type", "TextBlock", "text", line, "wrap", true));
        }
        if (announcement.more() > 0) {
            body.add(block(texts.get(language, "mail.digest.more", announcement.more()), "Default", "Default"));
        }
    }

    /** Drops from the end what does not fit: the beginning says what it is, and the buttons stay. */
    private static String card(String summary, List<Object> body, List<Object> actions) {
        List<Object> shown = new ArrayList<>(body);
        while (true) {
            Map<String, Object> card = new LinkedHashMap<>();
            card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
            card.put("type", "AdaptiveCard");
            card.put("version", "1.4");
            card.put("fallbackText", Cut.to(summary, 300));
            card.put("msteams", Map.of("width", "Full"));
            card.put("body", shown);
            card.put("actions", actions);
            Map<String, Object> attachment = new LinkedHashMap<>();
            attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
            attachment.put("contentUrl", null);
            attachment.put("content", card);
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("type", "message");
            message.put("summary", Cut.to(summary, 300));
            message.put("attachments", List.of(attachment));
            String json = Columns.json(message);
            if (shown.size() <= 1 || json.getBytes(StandardCharsets.UTF_8).length <= BYTES) {
                return json;
            }
            shown.remove(shown.size() - 1);
        }
    }

    private static Map<String, Object> block(String text, String size, String weight) {
        return Map.of(
                "type", "TextBlock", "text", Cut.to(escape(text), 2000), "wrap", true, "size", size, "weight", weight);
    }

    private static Map<String, Object> runs(String text) {
        return runs(text, true);
    }

    private static Map<String, Object> runs(String text, boolean code) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("type", "TextRun");
        run.put("text", text);
        if (code) {
            run.put("fontType", "Monospace");
        }
        return Map.of("type", "RichTextBlock", "inlines", List.of(run));
    }

    private static Map<String, Object> open(String title, URI url) {
        return Map.of("type", "Action.OpenUrl", "title", title, "url", url.toString());
    }

    private static String style(Notice notice) {
        return switch (notice.severity()) {
            case CRITICAL, HIGH -> "attention";
            case MEDIUM -> "warning";
            case LOW, INFORMATIONAL -> "emphasis";
        };
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
        return escaped.toString();
    }
}
