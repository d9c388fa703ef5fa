package jp.hinomi.standalone.mail;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import jp.hinomi.standalone.terminal.Texts;

/** Writes the inbox as HTML in one language. Everything that comes from a mail is escaped. Stateless. */
final class InboxPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Texts texts;

    InboxPage(Texts texts) {
        this.texts = texts;
    }

    String list(List<CaughtMail> mails, long arrived) {
        StringBuilder body = new StringBuilder();
        body.append("<p class=\"note\">")
                .append(escaped(texts.get("inbox.note")))
                .append("</p>");
        if (mails.isEmpty()) {
            body.append("<p class=\"empty\">")
                    .append(escaped(texts.get("inbox.empty")))
                    .append("</p>");
        } else {
            body.append("<ol class=\"mails\">");
            mails.forEach(mail -> body.append(row(mail)));
            body.append("</ol>");
        }
        return page(texts.get("inbox.title"), "data-arrived=\"" + arrived + "\"", heading(mails.size()) + body);
    }

    private String heading(int count) {
        return "<h1>" + escaped(texts.get("inbox.title")) + " <span class=\"count\">" + count + "</span></h1>";
    }

    private String row(CaughtMail mail) {
        return "<li><a href=\"/mail/" + mail.id() + language() + "\"><span class=\"to\">" + escaped(mail.recipient())
                + "</span><time>" + TIME.format(mail.arrived()) + "</time><span class=\"subject\">"
                + escaped(mail.subject()) + "</span><span class=\"glimpse\">" + escaped(glimpse(mail))
                + "</span></a></li>";
    }

    private static String glimpse(CaughtMail mail) {
        String flat = mail.text().replaceAll("\\s+", " ").strip();
        return flat.length() > 160 ? flat.substring(0, 160) + "…" : flat;
    }

    String mail(CaughtMail mail) {
        String facts = "<dl>" + fact("inbox.from", mail.sender()) + fact("inbox.to", mail.recipient())
                + fact("inbox.arrived", TIME.format(mail.arrived())) + "</dl>";
        String html = mail.html().isEmpty()
                ? ""
                : "<iframe title=\"" + escaped(texts.get("inbox.html")) + "\" sandbox=\"allow-popups"
                        + " allow-popups-to-escape-sandbox\" src=\"/mail/" + mail.id() + "/html\"></iframe>";
        String text = "<details" + (mail.html().isEmpty() ? " open" : "") + "><summary>"
                + escaped(texts.get("inbox.text")) + "</summary><pre>" + linked(escaped(mail.text()))
                + "</pre></details>";
        String source =
                "<p><a href=\"/mail/" + mail.id() + "/source\">" + escaped(texts.get("inbox.source")) + "</a></p>";
        return page(
                mail.subject(),
                "",
                "<nav><a href=\"/" + language() + "\">← " + escaped(texts.get("inbox.back")) + "</a></nav><h1>"
                        + escaped(mail.subject()) + "</h1>" + facts + html + text + source);
    }

    private String fact(String label, String value) {
        return "<dt>" + escaped(texts.get(label)) + "</dt><dd>" + escaped(value) + "</dd>";
    }

    /** Works on escaped text, in which no quote or bracket is left. */
    private static String linked(String escaped) {
        return escaped.replaceAll(
                "https?://[^\\s&]+", "<a href=\"$0\" target=\"_blank\" rel=\"noopener noreferrer\">$0</a>");
    }

    String notFound() {
        return page(texts.get("inbox.gone"), "", "<p class=\"empty\">" + escaped(texts.get("inbox.gone")) + "</p>");
    }

    private String language() {
        return "?lang=" + texts.locale().getLanguage();
    }

    private String page(String title, String attributes, String body) {
        String other = texts.locale().getLanguage().equals("ja") ? "en" : "ja";
        return "<!doctype html><html lang=\"" + texts.locale().getLanguage() + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"><title>" + escaped(title)
                + "</title><link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/inbox.css\">"
                + "<script src=\"/inbox.js\" defer></script></head><body " + attributes
                + "><header><span class=\"brand\">火の見 Hinomi</span><a class=\"lang\" href=\"?lang=" + other
                + "\" lang=\""
                + other + "\">" + (other.equals("ja") ? "日本語" : "English") + "</a></header><main>" + body
                + "</main></body></html>";
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
