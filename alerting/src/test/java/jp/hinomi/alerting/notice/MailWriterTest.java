package jp.hinomi.alerting.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jp.hinomi.alerting.escalation.Why;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.TemplateEngine;

/** Mails to the letter, as they are kept in files beside this test. */
class MailWriterTest {
    private static final Texts TEXTS = new Texts(Texts.source());
    private static final Instant AT = Instant.parse("2026-07-01T01:02:03Z");
    private static final String HOSTILE =
            "<script>x('1')</script> & \"q\" \u202e\u0000 a=b `c`\r\n\t火の見 😀 {{city}} [[mail.why]] ";

    /** What people of the city and authors of rules write. */
    private static final String WORDS = "<b>x('1')</b> & \"q\" a=b `c` 火の見 😀 {{city}} [[mail.why]]";

    private static Notice notice(String language, Disclosure disclosure, Cause cause, Severity severity, long count) {
        boolean full = disclosure == Disclosure.FULL;
        Map<String, String> group = new LinkedHashMap<>();
        group.put("user.name", HOSTILE);
        group.put("source.ip", "192.0.2.1");
        group.put("a&b", "x".repeat(600));
        return new Notice(
                language,
                ZoneId.of("Asia/Tokyo"),
                cause,
                disclosure,
                "an-alert",
                "みなと市 & Co",
                "都市OS <ベンダ>",
                "総当たり " + WORDS,
                severity,
                Tlp.AMBER,
                full
                        ? List.of(
                                new Notice.TouchedResource(
                                        "api", "API 'gateway' " + WORDS, List.of("target", "origin")),
                                new Notice.TouchedResource("fw", "Firewall", List.of("observer")))
                        : List.of(),
                AT,
                AT.plusSeconds(3661),
                count,
                full ? group : Map.of(),
                full ? "1. 止める <b>\n2. 調べる & 報告する\n" : "",
                full ? List.of("CSIRT", "B & C") : List.of(),
                full
                        ? IntStream.range(0, 5)
                                .mapToObj(n -> new Notice.Line(AT, HOSTILE + "y".repeat(n * 150)))
                                .toList()
                        : List.of(),
                full ? List.of("198.51.100.7 (destination.ip): Bot <1> [feed]", HOSTILE) : List.of(),
                full ? List.of("fw-1", "<fw-2>") : List.of(),
                List.of("You operate it: \"API\" " + WORDS, "契約 & 根拠"),
                "rule <" + WORDS + "> (1)",
                URI.create("https://hinomi.example.jp/a/token?x=1&y='2'"),
                AT.plusSeconds(7 * 86400),
                URI.create("https://hinomi.example.jp/alerts/an-alert"));
    }

    private static Notice notice(String name) {
        return switch (name) {
            case "full-ja" -> notice("ja", Disclosure.FULL, new Cause.First(), Severity.HIGH, 12345);
            case "full-en" -> notice("en", Disclosure.FULL, new Cause.First(), Severity.MEDIUM, 5);
            case "withheld-ja" -> notice("ja", Disclosure.NOTICE_ONLY, new Cause.First(), Severity.LOW, 1);
            case "raised-en" ->
                notice(
                        "en",
                        Disclosure.NOTICE_ONLY,
                        new Cause.Raised(Severity.LOW, Severity.CRITICAL),
                        Severity.CRITICAL,
                        0);
            default ->
                notice("en", Disclosure.FULL, new Cause.Escalated(1, 0, 1, Why.UNANSWERED), Severity.INFORMATIONAL, 6);
        };
    }

    private static <T> T unwanted() {
        throw new IllegalStateException(
                "a mail carries neither the alert as JSON nor a short link: nobody makes them for it");
    }

    private static String kept(String file) throws IOException {
        try (InputStream in = MailWriterTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"full-ja", "full-en", "withheld-ja", "raised-en", "escalated-en"})
    void aMailIsWrittenAsItAlwaysWas(String name) throws IOException {
        MessageWriter writer = new MailWriter(
                new TemplateEngine(), TEXTS, new MessageIds("city.example.jp"), MessageTemplates.none(TEXTS));
        Letter letter = new Letter(notice(name), MailWriterTest::unwanted, MailWriterTest::unwanted);
        JsonNode mail = Columns.tree(writer.notice(letter, "noc", new Channel.Email("noc@vendor.example.jp")));
        assertThat(mail.get("subject").asText() + "\n" + mail.get("text").asText())
                .isEqualTo(kept("mail-" + name + ".txt"));
        assertThat(mail.get("html").asText()).isEqualTo(kept("mail-" + name + ".html"));
    }
}
