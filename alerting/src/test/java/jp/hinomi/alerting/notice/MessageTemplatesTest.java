package jp.hinomi.alerting.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.ProblemsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thymeleaf.TemplateEngine;

/** What a city writes itself, and what it may not. */
class MessageTemplatesTest {
    private static final Texts TEXTS = new Texts(Texts.source());
    private static final String HOSTILE = "<script>x()</script> <!channel> @all *b* \u202e{{city}}";
    private static final Instant AT = Instant.parse("2026-07-01T01:02:03Z");

    @TempDir
    Path folder;

    private static Notice notice(Disclosure disclosure) {
        boolean full = disclosure == Disclosure.FULL;
        return new Notice(
                "ja",
                ZoneOffset.ofHours(9),
                new Cause.First(),
                disclosure,
                "a1",
                "みなと市",
                "都市OSベンダ",
                "総当たり",
                Severity.HIGH,
                Tlp.AMBER,
                List.of(new Notice.TouchedResource("api", "API", List.of("target"))),
                AT,
                AT,
                2,
                full ? Map.of("user.name", HOSTILE) : Map.of(),
                "",
                List.of(),
                full ? List.of(new Notice.Line(AT, HOSTILE), new Notice.Line(AT, "two")) : List.of(),
                List.of(),
                List.of(),
                List.of("担当のため"),
                "rule",
                URI.create("https://hinomi.example.jp/a/token"),
                AT,
                URI.create("https://hinomi.example.jp/alerts/a1"));
    }

    private MessageTemplates with(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return MessageTemplates.read(folder, TEXTS);
    }

    private JsonNode written(Channel channel, MessageTemplates own) {
        Writers writers =
                new Writers(new TemplateEngine(), TEXTS, new MessageIds("city.example.jp"), own, "minato", id -> null);
        return Columns.tree(writers.of(channel)
                .notice(
                        new Letter(
                                notice(Disclosure.FULL),
                                () -> "{}",
                                () -> URI.create("https://hinomi.example.jp/a/short")),
                        "noc",
                        channel));
    }

    @Test
    void aMailIsWrittenWithTheWordsOfTheCity() throws IOException {
        Files.writeString(folder.resolve("email.ja.subject.txt"), "【{{city}}】{{severity}}\n{{title}}");
        Files.writeString(
                folder.resolve("email.ja.html"),
                "<p>{{headline}}</p>{{#evidence}}<pre>{{text}}</pre>{{/evidence}}"
                        + "{{^evidence}}{{withheld}}{{/evidence}}<a href=\"{{acknowledge}}\">応答</a>");
        MessageTemplates own = with(
                "email.ja.txt", "{{stakeholder}} 御中\n{{#resources}}{{name}}（{{parts}}）{{/resources}}\n{{acknowledge}}");
        Notice full = notice(Disclosure.FULL);
        assertThat(own.mailSubject(full)).contains("【みなと市】高 総当たり");
        assertThat(own.mailText(full)).contains("都市OSベンダ 御中\nAPI（対象）\nhttps://hinomi.example.jp/a/token");
        assertThat(own.mailHtml(full).orElseThrow())
                .contains("<pre>two</pre>")
                .contains("&lt;script&gt;x()&lt;/script&gt;")
                .doesNotContain("<script>")
                .doesNotContain("\u202e")
                // What stands in a log is no template.
                .contains("{{city}}");
        assertThat(own.mailHtml(notice(Disclosure.NOTICE_ONLY)).orElseThrow())
                .contains("TLP:AMBER")
                .doesNotContain("<pre>");
    }

    @Test
    void chatsKeepTheirButtonsAndEscapeWhatCameFromLogs() throws IOException {
        MessageTemplates own = with("slack.ja.txt", "{{title}}: {{#group}}{{field}}={{value}}{{/group}}");
        JsonNode slack = written(new Channel.Chat(Channel.Chat.Product.SLACK, "env:X", Optional.empty()), own);
        assertThat(slack.toString())
                .contains("総当たり: user.name=&lt;script&gt;")
                .doesNotContain("<!channel>")
                .contains("https://hinomi.example.jp/a/token")
                .doesNotContain("two");
    }

    private static Announcement announcement(Announcement.Kind kind) {
        URI page = URI.create("https://hinomi.example.jp/alerts");
        return new Announcement(
                kind,
                7,
                "ja",
                "みなと市",
                "port_scan",
                "まとめ",
                "題名",
                "説明",
                30,
                List.of(new Announcement.Item(
                        "a1", HOSTILE, Severity.HIGH, AT, "10:02", page, page.resolve("/a/token"))),
                "期限",
                page,
                AT);
    }

    private JsonNode written(Channel channel, MessageTemplates own, Announcement announcement) {
        Writers writers =
                new Writers(new TemplateEngine(), TEXTS, new MessageIds("city.example.jp"), own, "minato", id -> null);
        return Columns.tree(writers.of(channel).announcement(announcement, channel));
    }

    /** A digest, an alarm, a hand-over and a reminder each have templates of their own, on each channel. */
    @Test
    void whatIsNotAboutOneAlertIsWrittenWithTheWordsOfTheCityToo() throws IOException {
        Files.writeString(folder.resolve("email.digest.ja.subject.txt"), "【{{city}}】{{count}} 件");
        Files.writeString(folder.resolve("email.digest.ja.html"), "{{#alerts}}<li>{{title}}</li>{{/alerts}}{{link}}");
        Files.writeString(folder.resolve("slack.alarm.ja.txt"), "警報 {{explain}}{{#alerts}} {{title}}{{/alerts}}");
        Files.writeString(folder.resolve("teams.hand-over.ja.txt"), "引き継ぎ {{title}}");
        Files.writeString(folder.resolve("mattermost.reminder.ja.txt"), "期限です {{title}}");
        MessageTemplates own =
                with("email.digest.ja.txt", "ほか {{more}} 件 {{#alerts}}{{time}} {{acknowledge}}{{/alerts}} {{link}}");

        JsonNode mail = written(
                new Channel.Email("a@b.example", Optional.empty()), own, announcement(Announcement.Kind.DIGEST));
        assertThat(mail.get("subject").asText()).isEqualTo("【みなと市】30 件");
        assertThat(mail.get("text").asText())
                .isEqualTo("ほか 29 件 10:02 https://hinomi.example.jp/a/token https://hinomi.example.jp/alerts");
        assertThat(mail.get("html").asText()).contains("<li>&lt;script&gt;").doesNotContain("<script>");
        assertThat(chat(own, Channel.Chat.Product.SLACK, Announcement.Kind.ALARM))
                .contains("警報 説明 &lt;script&gt;", "https://hinomi.example.jp/alerts")
                .doesNotContain("<!channel>");
        assertThat(chat(own, Channel.Chat.Product.TEAMS, Announcement.Kind.HAND_OVER))
                .contains("引き継ぎ 題名");
        assertThat(chat(own, Channel.Chat.Product.MATTERMOST, Announcement.Kind.REMINDER))
                .contains("期限です 題名", "https://hinomi.example.jp/alerts");
        // What is of another kind stays as Hinomi writes it.
        assertThat(chat(own, Channel.Chat.Product.SLACK, Announcement.Kind.DIGEST))
                .contains("説明")
                .doesNotContain("警報");
        assertThat(own.text("slack", announcement(Announcement.Kind.TEST))).isEmpty();
    }

    private String chat(MessageTemplates own, Channel.Chat.Product product, Announcement.Kind kind) {
        return written(new Channel.Chat(product, "env:X", Optional.empty()), own, announcement(kind))
                .toString();
    }

    @Test
    void otherLanguagesAndChannelsStayAsTheyAre() throws IOException {
        MessageTemplates own = with("sms.en.txt", "{{title}}");
        assertThat(own.text("sms", notice(Disclosure.FULL))).isEmpty();
        assertThat(own.mailText(notice(Disclosure.FULL))).isEmpty();
        assertThat(MessageTemplates.read(folder.resolve("missing"), TEXTS).mailText(notice(Disclosure.FULL)))
                .isEmpty();
    }

    private void refused(String name, String text, String... said) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        assertThatThrownBy(() -> MessageTemplates.read(folder, TEXTS))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContainingAll(said);
        Files.delete(file);
    }

    @Test
    void mistakesAreToldBeforeAnyMessageIsWritten() throws IOException {
        refused("sms.ja.txt", "{{title}}\n{{titel}}", "sms.ja.txt:2", "'titel'", "did you mean 'title'?");
        refused("sms.ja.txt", "{{title.class}}", "unknown-value");
        refused("sms.ja.txt", "{{#evidence}}{{txet}}{{/evidence}}", "'txet'");
        refused("sms.ja.txt", "{{#evidence}}{{text}}", "syntax", "close every section");
        refused("email.ja.txt", "{{title}}", "no-link", "{{acknowledge}}");
        refused("email.ja.html", "<p>{{acknowledge}}</p>\n{{{title}}}", "email.ja.html:2", "unescaped");
        refused("email.ja.html", "{{acknowledge}}{{&title}}", "unescaped");
        refused("email.ja.html", "{{=<% %>=}}", "unescaped");
        refused("sms.ja.txt", "{{>other}}", "unescaped");
        refused("email.digest.ja.txt", "{{acknowledge}}", "no-link", "{{link}}");
        refused("sms.alarm.ja.txt", "{{titel}}", "did you mean 'title'?");
        refused("sms.test.ja.txt", "{{title}}", "unknown-file");
        refused("mail.ja.txt", "{{acknowledge}}", "unknown-file", "did you mean 'email.ja.txt'?");
    }
}
