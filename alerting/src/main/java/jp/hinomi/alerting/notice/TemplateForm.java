package jp.hinomi.alerting.notice;

import com.samskivert.mustache.Escapers;
import java.util.function.UnaryOperator;

/** What is written with a template: a part of a mail, or the text of another channel, with what escapes values for it. */
enum TemplateForm {
    MAIL_SUBJECT("email", "subject.txt", text -> text, false),
    MAIL_TEXT("email", "txt", text -> text, true),
    MAIL_HTML("email", "html", Escapers.HTML::escape, true),
    SLACK("slack", "txt", SlackWriter::escape, false),
    TEAMS("teams", "txt", text -> text, false),
    MATTERMOST("mattermost", "txt", MattermostWriter::escape, false),
    LINE_WORKS("line-works", "txt", text -> text, true),
    SMS("sms", "txt", text -> text, false),
    VOICE("voice", "txt", text -> text, false);

    private final String channel;
    private final String end;
    private final UnaryOperator<String> escape;
    private final boolean needsLink;

    /** @param needsLink the channel adds no button or link by itself */
    TemplateForm(String channel, String end, UnaryOperator<String> escape, boolean needsLink) {
        this.channel = channel;
        this.end = end;
        this.escape = escape;
        this.needsLink = needsLink;
    }

    String channel() {
        return channel;
    }

    /** Of the file's name, after the language. */
    String end() {
        return end;
    }

    String escape(String value) {
        return escape.apply(value);
    }

    boolean needsLink() {
        return needsLink;
    }

    boolean isTextOf(String type) {
        return channel.equals(type) && end.equals("txt");
    }
}
