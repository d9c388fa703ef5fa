package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelReaderTest {
    private static final String GATEWAY = """
            notification:
              egress: {allow: [10.20.0.0/16, siem.city.example.jp, "*.os.example.jp", "2001:db8::1"]}
              gateways:
                - id: main
                  kind: sms
                  url: https://sms.example.jp/v1/messages
                  headers: {Authorization: "env:SMS_AUTH", X-Account: city}
                  body: '{"to": "{{number}}", "text": "{{text}}", "ref": "{{id}}"}'
                  success: '"status": *"queued"'
                  max-length: 140
                  limit: 2
                  window: 10m
            """;

    @TempDir
    Path temp;

    CityFolder city;

    @BeforeEach
    void writeCity() {
        city = new CityFolder(temp).write("notification.yaml", GATEWAY);
    }

    private void channel(String text) {
        city.change(
                "stakeholders.yaml", "{type: webhook, url: \"https://hook.example.jp/a\", secret: \"env:KEY\"}", text);
    }

    private Channel read() {
        return city.read()
                .contact("vendor-noc")
                .orElseThrow()
                .contact()
                .channels()
                .get(0);
    }

    @Test
    void readsEveryKindOfChannel() {
        channel("{type: slack, url: \"env:SLACK\", max-tlp: GREEN}");
        assertThat(read()).isEqualTo(new Channel.Chat(Channel.Chat.Product.SLACK, "env:SLACK", Optional.of(Tlp.GREEN)));
        city.change("stakeholders.yaml", "type: slack", "type: teams");
        assertThat(read().type()).isEqualTo("teams");
        city.change("stakeholders.yaml", "type: teams", "type: mattermost");
        assertThat(read().address()).isEqualTo("env:SLACK");

        city.change(
                "stakeholders.yaml",
                "{type: mattermost, url: \"env:SLACK\", max-tlp: GREEN}",
                "{type: line-works, bot: \"2000001\", channel: abc-def, client-id: c1, client-secret: \"env:S\","
                        + " service-account: a.serviceaccount@x, private-key: \"file:/k\"}");
        Channel.LineWorks bot = (Channel.LineWorks) read();
        assertThat(bot.address()).isEqualTo("bots/2000001/channels/abc-def");
        assertThat(bot.api()).isEqualTo(Channel.LineWorks.API);
        assertThat(bot.maxTlp()).isEmpty();
    }

    @Test
    void readsLogSystemsAndTelephones() {
        channel(
                "{type: syslog, host: siem.example.jp, format: json, ca: \"file:/ca.pem\", certificate: \"file:/c.pem\", key: \"file:/k\"}");
        Channel.Syslog syslog = (Channel.Syslog) read();
        assertThat(syslog.address()).isEqualTo("tls://siem.example.jp:6514");
        assertThat(syslog.format()).isEqualTo(Channel.Syslog.Format.JSON);
        city.change("stakeholders.yaml", ", key: \"file:/k\"", "");
        assertThat(city.errors()).containsExactly("stakeholders.yaml:20 half-certificate");

        city.change(
                "stakeholders.yaml",
                "{type: syslog, host: siem.example.jp, format: json, ca: \"file:/ca.pem\", certificate: \"file:/c.pem\"}",
                "{type: kafka, bootstrap: \"k1.example.jp:9093,k2.example.jp:9093\", topic: alerts, properties: \"file:/p\"}");
        assertThat(read().address()).isEqualTo("k1.example.jp:9093,k2.example.jp:9093/alerts");

        city.change(
                "stakeholders.yaml",
                "{type: kafka, bootstrap: \"k1.example.jp:9093,k2.example.jp:9093\", topic: alerts, properties: \"file:/p\"}",
                "{type: sms, number: \"+819000000000\", gateway: main}");
        assertThat(read()).isEqualTo(new Channel.Phone(Gateway.Kind.SMS, "+819000000000", "main", Optional.empty()));
        Gateway gateway = city.read().notification().gateways().get("main");
        assertThat(gateway.limit()).isEqualTo(2);
        assertThat(gateway.window()).isEqualTo(Duration.ofMinutes(10));
        assertThat(gateway.headers()).containsEntry("Authorization", "env:SMS_AUTH");
        assertThat(city.read().notification().egress())
                .containsExactly("10.20.0.0/16", "siem.city.example.jp", "*.os.example.jp", "2001:db8::1");

        city.change("stakeholders.yaml", "gateway: main", "gateway: mian");
        assertThat(city.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("unknown-gateway");
            assertThat(problem.remedy()).isEqualTo("did you mean 'main'?");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{type: slakc, url: \"env:X\"}; unknown-type; did you mean 'slack'?",
                "{type: slack, url: \"https://hooks.example.jp/services/T0/B0/xyz\"}; secret-in-file; keep the URL",
                "{type: teams}; missing-key; add 'url: …'",
                "{type: slack, url: \"env:X\", room: soc}; unknown-key; type",
                "{type: sms, number: 090-1234-5678, gateway: main}; bad-number; did you mean '+819012345678'?",
                "{type: syslog, host: \"not a host\"}; bad-host; write siem.example.jp",
                "{type: syslog, host: a.example.jp, port: 70000}; bad-port; 1 to 65535",
                "{type: kafka, bootstrap: k1.example.jp, topic: a}; bad-bootstrap; 9093",
                "{type: kafka, bootstrap: \"k1.example.jp:9092\", topic: \"a b\"}; bad-topic; letters",
                "{type: line-works, bot: \"1\", client-id: a, client-secret: \"env:S\", service-account: b, private-key: \"env:K\"}; no-receiver; one of",
                "{type: email, address: a@example.jp, max-tlp: RED}; wider-tlp; lower it",
                "{type: webhook, url: \"https://example.jp/\", secret: \"env:HINOMI_DATABASE_PASSWORD\"}; own-secret; give the receiver",
                "{type: slack, url: \"env:HINOMI_API_TOKEN\"}; own-secret; give the receiver",
                "{type: webhook, url: \"https://example.jp/\", secret: \"file:/./proc/self/environ\"}; own-secret; give the receiver",
                "{type: webhook, url: \"https://u:p@example.jp/\", secret: \"env:K\"}; bad-url; remove it"
            })
    void mistakesNameTheRemedy(String text, String code, String remedy) {
        channel(text);
        assertThat(city.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.remedy()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "env:SMS_AUTH; Bearer abc; secret-in-file",
                "env:SMS_AUTH; env:HINOMI_SMTP_PASSWORD; own-secret",
                "{{text}}; {{txt}}; unknown-placeholder",
                "\"{{number}}\"; \"x\"; no-placeholder",
                "kind: sms; kind: smss; unknown-kind",
                "'\"status\": *\"queued\"'; '('; bad-expression",
                "limit: 2; limit: 0; bad-number",
                "10.20.0.0/16; 10.20.1.0/16; bad-cidr",
                "window: 10m; windows: 10m; unknown-key"
            })
    void mistakesOfGatewaysAreFound(String from, String to, String code) {
        city.change("notification.yaml", from, to);
        List<Problem> problems = city.problems();
        assertThat(problems).extracting(Problem::code).contains(code);
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("Bearer abc"));
    }
}
