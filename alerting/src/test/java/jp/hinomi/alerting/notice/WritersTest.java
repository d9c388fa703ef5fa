package jp.hinomi.alerting.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.escalation.Why;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.suppress.Hold;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Gateway;
import jp.hinomi.city.Role;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.TemplateEngine;

/** Messages of every kind against what their receivers document, with text from logs that means ill. */
class WritersTest {
    private static final Instant NOW = Instant.parse("2026-07-01T01:03:00Z");

    /** Calls everybody, links, ends blocks of code, hides, breaks JSON, CEF and lines. */
    private static final String HOSTILE =
            "<!channel> @all @here <https://evil.example|click> [x](https://evil.example) "
                    + "``` `code` *b* _i_ \\ | = \" ' & \r\nCEF:0|x|y| \u202e\u0000 火の見 😀";

    private static final Gateway GATEWAY = SampleCity.smsGateway();

    private static final Texts TEXTS = new Texts(Texts.source());
    private static final Writers WRITERS = new Writers(
            new TemplateEngine(),
            TEXTS,
            new MessageIds("city.example.jp"),
            MessageTemplates.none(TEXTS),
            "minato",
            id -> GATEWAY);

    private static Channel chat(Channel.Chat.Product product) {
        return new Channel.Chat(product, "env:X", Optional.empty());
    }

    private static Channel phone(Gateway.Kind kind) {
        return new Channel.Phone(kind, "+819000000000", "main", Optional.empty());
    }

    private static Channel syslog(Channel.Syslog.Format format) {
        return new Channel.Syslog(
                "siem.example.jp",
                6514,
                true,
                format,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static JsonNode notice(String language, Channel channel, Tlp maxTlp, String... lines) {
        return notice(WRITERS, language, channel, maxTlp, lines);
    }

    private static JsonNode notice(Writers writers, String language, Channel channel, Tlp maxTlp, String... lines) {
        Contact contact = SampleCity.contact("noc", channel);
        City city = new SampleCity()
                .stakeholder("vendor", Role.CITY_OS_VENDOR, language, maxTlp, contact)
                .resource("api")
                .responsible("api", "vendor")
                .build();
        Alert alert = SampleAlert.of("the-alert")
                .target("api")
                .rule("rule|=\"\\]", "総当たり <!here> " + "あ".repeat(200), "Brute force <!here> " + "x".repeat(400))
                .group("user.name", HOSTILE)
                .lines(lines)
                .build();
        Recipient recipient = Recipient.of(
                        alert.tlp(),
                        city.stakeholders().get("vendor"),
                        contact,
                        Scope.of(Set.of("api")),
                        List.of(new Bilingual("担当のため", "You operate it")))
                .over(alert.tlp(), channel);
        Letter letter = new Notices(
                        CityInForce.always(city),
                        () -> URI.create("https://hinomi.example.jp"),
                        new byte[32],
                        Duration.ofDays(7),
                        token -> token.writeShort(new byte[32]))
                .letter(
                        alert,
                        new String(AlertJson.write(alert), StandardCharsets.UTF_8),
                        recipient,
                        List.of(),
                        new Cause.First(),
                        NOW);
        return Columns.tree(writers.of(channel).notice(letter, "noc", channel));
    }

    private static String[] hostile() {
        return IntStream.range(0, 5).mapToObj(i -> HOSTILE + "y".repeat(1000)).toArray(String[]::new);
    }

    /** The name of a group holds the values that it is about. */
    @Test
    void aDigestForAProgramNamesNoValues() {
        JsonNode digest = digest(new Channel.Webhook(URI.create("https://siem.example.jp/"), Optional.empty()), 2);
        assertThat(digest.get("held_by").asText()).isEqualTo("grouped");
        assertThat(digest.has("rule")).isFalse();
        assertThat(Hold.nameOf("hold:grouped:rule=7:a_rule;user.email=22:tanaka.taro@example.jp;"))
                .isEqualTo("grouped");
        assertThat(Hold.nameOf("hold:repeat:user.email=22:tanaka.taro@example.jp;"))
                .isEqualTo("repeat");
        assertThat(Hold.nameOf("a_rule")).isEqualTo("rule:a_rule");
    }

    /** Whoever may not see the evidence does not learn either who else was told. */
    @Test
    void theReasonOfANoticeWithoutEvidenceNamesNobodyElse() {
        for (Why why : Why.values()) {
            Bilingual reason = why.reason(2, new Bilingual("秘匿社", "Secret Ltd"));
            assertThat(reason.withoutNames().ja()).isNotEmpty().doesNotContain("秘匿社");
            assertThat(reason.withoutNames().en()).isNotEmpty().doesNotContain("Secret Ltd");
        }
        assertThat(Why.UNANSWERED.reason(2, new Bilingual("秘匿社", "Secret Ltd")).en())
                .contains("Secret Ltd did not answer");
    }

    private static JsonNode digest(Channel channel, int count) {
        List<Announcement.Item> items = IntStream.range(0, count)
                .mapToObj(i -> new Announcement.Item(
                        "alert-" + i,
                        HOSTILE,
                        Severity.HIGH,
                        NOW,
                        "2026-07-01 10:03",
                        URI.create("https://hinomi.example.jp/alerts/alert-" + i),
                        URI.create("https://hinomi.example.jp/a/" + "t".repeat(120) + i)))
                .toList();
        return Columns.tree(WRITERS.of(channel)
                .announcement(
                        new Announcement(
                                Announcement.Kind.DIGEST,
                                9,
                                "ja",
                                "みなと市",
                                "grouped",
                                "まとめ " + HOSTILE,
                                "題 " + HOSTILE,
                                HOSTILE,
                                count,
                                items,
                                "期限",
                                URI.create("https://hinomi.example.jp/alerts"),
                                NOW),
                        channel));
    }

    /** Every text below, whatever the key. */
    private static List<JsonNode> all(JsonNode node, String key) {
        List<JsonNode> found = new ArrayList<>(node.findValues(key));
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void slackTakesTheBlocksAndNobodyIsCalled(String language) {
        for (JsonNode message : List.of(
                notice(language, chat(Channel.Chat.Product.SLACK), Tlp.RED, hostile()),
                digest(chat(Channel.Chat.Product.SLACK), 20))) {
            assertThat(message.get("text").asText()).isNotBlank();
            assertThat(message.get("blocks").size()).isBetween(2, 50);
            for (JsonNode block : message.get("blocks")) {
                String type = block.get("type").asText();
                assertThat(type).isIn("header", "section", "actions", "context");
                if (type.equals("header")) {
                    assertThat(block.at("/text/type").asText()).isEqualTo("plain_text");
                    assertThat(block.at("/text/text").asText()).hasSizeBetween(1, 150);
                } else if (type.equals("section")) {
                    assertThat(block.has("text") || block.has("fields")).isTrue();
                    assertThat(block.at("/text/text").asText().length()).isLessThanOrEqualTo(3000);
                    block.path("fields")
                            .forEach(field ->
                                    assertThat(field.get("text").asText()).hasSizeBetween(1, 2000));
                    assertThat(block.path("fields").size()).isLessThanOrEqualTo(10);
                } else if (type.equals("actions")) {
                    block.get("elements").forEach(button -> {
                        assertThat(button.get("type").asText()).isEqualTo("button");
                        assertThat(button.get("url").asText())
                                .startsWith("https://hinomi.example.jp/")
                                .hasSizeLessThan(3000);
                    });
                }
            }
            // What is marked as plain text is shown as it is; in what knows markup nobody is called.
            assertThat(message.get("text").asText()).doesNotContain("<");
            for (JsonNode block : message.get("blocks")) {
                if (!block.at("/text/type").asText().equals("plain_text")) {
                    assertThat(block.toString()).doesNotContain("<!channel>", "<!here>", "<https://evil.example");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void teamsTakesTheCard(String language) {
        for (JsonNode message : List.of(
                notice(language, chat(Channel.Chat.Product.TEAMS), Tlp.RED, hostile()),
                digest(chat(Channel.Chat.Product.TEAMS), 20))) {
            assertThat(message.get("type").asText()).isEqualTo("message");
            JsonNode attachment = message.get("attachments").get(0);
            assertThat(attachment.get("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
            JsonNode card = attachment.get("content");
            assertThat(card.get("type").asText()).isEqualTo("AdaptiveCard");
            assertThat(card.get("version").asText()).isEqualTo("1.4");
            card.get("body")
                    .forEach(element -> assertThat(element.get("type").asText())
                            .isIn("TextBlock", "FactSet", "RichTextBlock", "Container"));
            card.get("actions").forEach(action -> {
                assertThat(action.get("type").asText()).isEqualTo("Action.OpenUrl");
                assertThat(action.get("url").asText()).startsWith("https://hinomi.example.jp/");
            });
            assertThat(message.toString().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThan(28 * 1024);
            // In what knows markup, no link of the log's making.
            for (JsonNode element : card.get("body")) {
                if (element.get("type").asText().equals("TextBlock")) {
                    assertThat(element.get("text").asText()).doesNotContain("[x](https://evil");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void mattermostTakesTheAttachmentAndNobodyIsCalled(String language) {
        for (JsonNode message : List.of(
                notice(language, chat(Channel.Chat.Product.MATTERMOST), Tlp.RED, hostile()),
                digest(chat(Channel.Chat.Product.MATTERMOST), 20))) {
            JsonNode attachment = message.get("attachments").get(0);
            assertThat(attachment.get("fallback").asText()).isNotBlank();
            assertThat(attachment.get("color").asText()).matches("#[0-9a-f]{6}");
            String text = attachment.get("text").asText();
            assertThat(text.length()).isLessThan(16383);
            // Outside of code nothing calls or links; inside, the block ends where we end it.
            assertThat(text.split("```", -1).length).isIn(1, 3);
            assertThat(text.replaceAll("(?s)```.*?```", "")).doesNotContain("@all", "@here", "[x](https://evil");
            attachment
                    .get("fields")
                    .forEach(field -> assertThat(field.has("short")).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void lineWorksTakesTheTextAndTheLinkSurvives(String language) {
        JsonNode message = notice(language, lineWorks(), Tlp.RED, hostile());
        assertThat(message.at("/content/type").asText()).isEqualTo("text");
        assertThat(message.at("/content/text").asText())
                .hasSizeLessThanOrEqualTo(2000)
                .contains("https://hinomi.example.jp/a/");
    }

    private static Channel lineWorks() {
        return new Channel.LineWorks(
                "1",
                "users/a",
                "c",
                "env:S",
                "s",
                "env:K",
                Channel.LineWorks.API,
                Channel.LineWorks.AUTH,
                Optional.empty());
    }

    /** Before this was mended: the only link of a digest asked for a login. */
    @Test
    void aDigestHasLinksThatAnswerWithoutALogin() {
        for (int count : new int[] {1, 5, 20}) {
            String text = digest(lineWorks(), count).at("/content/text").asText();
            assertThat(text).hasSizeLessThanOrEqualTo(2000);
            List<String> links =
                    text.lines().filter(line -> line.contains("/a/")).toList();
            assertThat(links).hasSize(Math.min(count, 5));
            assertThat(links).allMatch(line -> line.matches(".*https://hinomi\\.example\\.jp/a/t{120}\\d+"));
        }
        assertThat(digest(phone(Gateway.Kind.SMS), 5).get("text").asText())
                .hasSizeLessThanOrEqualTo(300)
                .endsWith("\nhttps://hinomi.example.jp/a/" + "t".repeat(120) + "0");
        assertThat(digest(phone(Gateway.Kind.VOICE), 5).get("text").asText()).doesNotContain("/a/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void aTelephoneIsToldNothingFromLogsAndItsLinkIsWhole(String language) {
        JsonNode sms = notice(language, phone(Gateway.Kind.SMS), Tlp.RED, hostile());
        assertThat(sms.get("text").asText())
                .hasSizeLessThanOrEqualTo(300)
                .doesNotContain("evil")
                .containsPattern("\nhttps://hinomi\\.example\\.jp/a/[A-Za-z0-9_-]{22}$");
        JsonNode voice = notice(language, phone(Gateway.Kind.VOICE), Tlp.RED, hostile());
        assertThat(voice.get("text").asText()).hasSizeLessThanOrEqualTo(300).doesNotContain("http");
    }

    /**
     * What a gateway calls a message of so many characters: 70 of Japanese are one part and 134 are two; 160 of English are one (3GPP TS
     * 23.038, 23.040).
     */
    @ParameterizedTest
    @CsvSource({"ja, 70", "ja, 134", "ja, 140", "en, 140", "en, 160"})
    void aShortTextMessageHasALinkToAnswer(String language, int limit) {
        Writers writers = new Writers(
                new TemplateEngine(),
                TEXTS,
                new MessageIds("city.example.jp"),
                MessageTemplates.none(TEXTS),
                "minato",
                id -> new Gateway(
                        "main",
                        Gateway.Kind.SMS,
                        GATEWAY.url(),
                        GATEWAY.method(),
                        GATEWAY.headers(),
                        GATEWAY.encoding(),
                        GATEWAY.body(),
                        GATEWAY.success(),
                        limit,
                        GATEWAY.limit(),
                        GATEWAY.window()));
        String text = notice(writers, language, phone(Gateway.Kind.SMS), Tlp.RED, "a line of a log")
                .get("text")
                .asText();
        assertThat(text)
                .hasSizeLessThanOrEqualTo(limit)
                .startsWith("ja".equals(language) ? "[火の見 高] 総当たり" : "[Hinomi high] Brute")
                .containsPattern("\nhttps://hinomi\\.example\\.jp/a/[A-Za-z0-9_-]{22}$");
        if ("en".equals(language)) {
            // Nothing that makes a text message of 160 characters one of 70.
            assertThat(text).matches("\\p{ASCII}+");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void aLogSystemGetsOneLineThatItCanRead(String language) {
        SyslogMessage cef = read(notice(language, syslog(Channel.Syslog.Format.CEF), Tlp.RED, hostile()));
        assertThat(cef.text()).doesNotContain("\n", "\r").startsWith("CEF:0|Hinomi|Hinomi|1|");
        List<String> header = header(cef.text());
        assertThat(header).hasSize(8);
        assertThat(header.get(4)).contains("rule|=\"\\]");
        assertThat(header.get(6)).isEqualTo("8");
        assertThat(cef.priority()).as("log audit, error").isEqualTo(13 * 8 + 3);
        // Values end where the next key begins: an equals sign of a log is never one of ours.
        assertThat(header.get(7).split("(?<!\\\\)=", -1).length - 1).isEqualTo(14);
        SyslogMessage json = read(notice(language, syslog(Channel.Syslog.Format.JSON), Tlp.RED, hostile()));
        assertThat(json.line("d").getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(8192);
        assertThat(Columns.tree(json.text()).at("/alert/id").asText()).isEqualTo("the-alert");
    }

    private static SyslogMessage read(JsonNode node) {
        return Columns.read(node.toString(), new com.fasterxml.jackson.core.type.TypeReference<SyslogMessage>() {});
    }

    /** The eight parts of a CEF line, as its documentation reads them. */
    private static List<String> header(String line) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (parts.size() < 7 && c == '\\') {
                part.append(line.charAt(++i));
            } else if (parts.size() < 7 && c == '|') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "teams", "mattermost", "line-works", "syslog", "kafka", "webhook", "sms", "voice"})
    void whoMaySeeLessSeesNothingOfTheLogs(String type) {
        Channel channel = switch (type) {
            case "slack" -> chat(Channel.Chat.Product.SLACK);
            case "teams" -> chat(Channel.Chat.Product.TEAMS);
            case "mattermost" -> chat(Channel.Chat.Product.MATTERMOST);
            case "line-works" -> lineWorks();
            case "syslog" -> syslog(Channel.Syslog.Format.CEF);
            case "kafka" -> new Channel.Kafka("k:9092", "t", Optional.empty(), Optional.empty());
            case "webhook" -> new Channel.Webhook(URI.create("https://h.example.jp/"), Optional.empty());
            case "sms" -> phone(Gateway.Kind.SMS);
            default -> phone(Gateway.Kind.VOICE);
        };
        // The alert is AMBER, the stakeholder may see GREEN.
        assertThat(notice("ja", channel, Tlp.GREEN, "secret-line").toString())
                .doesNotContain("secret-line", "evil.example");
        boolean shows = !type.equals("sms") && !type.equals("voice");
        assertThat(notice("ja", channel, Tlp.AMBER, "secret-line").toString().contains("secret-line"))
                .isEqualTo(shows);
    }
}
