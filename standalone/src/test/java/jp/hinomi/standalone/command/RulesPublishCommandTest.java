package jp.hinomi.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealthJson;
import jp.hinomi.events.Topics;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder to the topic, over a real broker: checked, tested, signed, listed, and its history told. */
class RulesPublishCommandTest {
    private static final String RULE = """
            title: Page of administrators
            name: published_page
            status: stable
            logsource: {category: webserver}
            detection: {s: {url.path: /admin}, condition: s}
            level: low
            """;

    private static final String BURST = """
            title: Many of them
            name: published_burst
            correlation:
              type: event_count
              rules: [published_page]
              group-by: [source.ip]
              timespan: 10m
              condition: {gte: 1}
            """;

    private static String cases(String rule) {
        return """
            rule: %s
            cases:
              - title: the page
                source: web-bousai-01
                lines: ['203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] "GET /admin HTTP/1.1" 200 5 "-" "curl"']
                alerts: [{time: "2026-04-01T01:00:00Z"}]
            """.formatted(rule);
    }

    @TempDir
    Path folder;

    private final String servers = TestKafka.shared().bootstrapServers();
    private Path city;
    private Path key;
    private Path pages;
    private Path bursts;

    @BeforeEach
    void write() throws IOException {
        TopicSetup.ensure(servers, 1);
        SigningCity signing = SigningCity.in(folder);
        city = signing.folder();
        key = signing.key();
        pages = Files.createDirectories(folder.resolve("cli-pages"));
        bursts = Files.createDirectories(folder.resolve("cli-bursts"));
        Files.writeString(pages.resolve("page.yml"), RULE);
        Files.writeString(pages.resolve("page.test.yml"), cases("published_page"));
        Files.writeString(bursts.resolve("burst.yml"), BURST);
        Files.writeString(bursts.resolve("burst.test.yml"), cases("published_burst"));
    }

    private CommandRun run(String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("rules", command, "--bootstrap-servers", servers, "--city", city.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private CommandRun publish(Path pack, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--key", key.toString(), "--by", "sato", pack.toString()));
        arguments.addAll(List.of(more));
        return run("publish", arguments.toArray(String[]::new));
    }

    @Test
    void packsArePublishedCheckedTestedAndSigned() throws IOException {
        CommandRun dry = publish(pages, "--dry-run");
        assertThat(dry.code()).as(dry.out() + dry.err()).isZero();
        assertThat(dry.err()).contains("would be published as cli-pages/1 after 1 cases");
        CommandRun first = publish(pages, "--comment", "as agreed");
        assertThat(first.out()).isEqualTo("+ published_page\n");
        assertThat(first.err()).contains("published as cli-pages/1 after 1 cases: written 1, removed 0, unchanged 0");
        assertThat(publish(pages).err()).contains("nothing to publish");

        // Of another pack, whose rule the case needs.
        assertThat(publish(bursts).err()).contains("published as cli-bursts/1 after 1 cases");

        Files.writeString(pages.resolve("page.yml"), RULE.replace("/admin", "/administration"));
        CommandRun failing = publish(pages);
        assertThat(failing.code()).isEqualTo(1);
        assertThat(failing.out()).contains("the case 'the page' of 'published_page' fails", "[failed-case]");
        assertThat(failing.err()).contains("Nothing published");
        Files.writeString(pages.resolve("page.yml"), RULE.replace("published_page", "renamed_page"));
        CommandRun breaking = publish(pages);
        assertThat(breaking.code()).isEqualTo(1);
        assertThat(breaking.out()).contains("burst.yml:5").contains("there is no rule 'published_page'");
        Files.writeString(pages.resolve("page.yml"), RULE.replace("level: low", "level: high"));
        assertThat(publish(pages).err()).contains("published as cli-pages/2");

        CommandRun published = run("published");
        assertThat(published.out().lines().filter(line -> line.startsWith("cli-pages/1 ")))
                .singleElement()
                .asString()
                .contains("sato", "older", "as agreed");
        assertThat(published.out().lines().filter(line -> line.startsWith("cli-pages/2 ")))
                .singleElement()
                .asString()
                .contains("newest, as signed");
        assertThat(run("published", "--json").out())
                .contains("\"pack\":\"cli-bursts\"", "\"verified\":true", "\"cases\":1");

        CommandRun history = run("history", "published_page", pages.toString());
        assertThat(history.code()).isZero();
        assertThat(history.out()).contains("came with cli-pages/1", "changed with cli-pages/2", "sato");

        // Withdrawn, and only what is its own.
        CommandRun withdrawn = run("publish", "--key", key.toString(), "--withdraw", "--name", "cli-bursts");
        assertThat(withdrawn.out()).isEqualTo("- published_burst\n");
        assertThat(run("history", "published_burst", pages.toString()).out()).contains("went with cli-bursts/2");
        assertThat(publish(pages).err()).contains("nothing to publish");
    }

    @Test
    void exceptionsOfTheRunningRulesAreListedWithWhatTheJobCounted() throws Exception {
        Path pack = Files.createDirectories(folder.resolve("cli-excepted"));
        Files.writeString(pack.resolve("rule.yml"), RULE.replace("published_page", "excepted_page"));
        Files.writeString(pack.resolve("ours.yml"), """
                title: Scanner of ours
                name: cli_scanner
                owner: soc-service
                reason: {en: Ours., ja: 自前}
                expires: 2026-01-31
                logsource: {category: webserver}
                filter: {rules: [excepted_page], s: {source.ip: 192.0.2.7}, condition: s}
                """);
        assertThat(publish(pack).code()).isZero();
        long now = System.currentTimeMillis();
        RuleHealth health = new RuleHealth(
                "excepted_page",
                "excepted_page",
                "v",
                RuleHealth.State.RUNNING,
                now,
                OptionalLong.empty(),
                Optional.empty(),
                3,
                3,
                0,
                0,
                0,
                12,
                List.of(new RuleHealth.Excepted(
                        "cli_scanner",
                        Optional.of("soc-service"),
                        OptionalLong.of(now),
                        true,
                        12,
                        OptionalLong.of(1_767_225_600_000L),
                        Map.of(now / 3_600_000, 5L))));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.RULE_HEALTH, "excepted_page".getBytes(UTF_8), RuleHealthJson.write(health)))
                    .get();
        }
        CommandRun listed = run("exceptions");
        assertThat(listed.code()).as("it has expired").isEqualTo(1);
        assertThat(listed.out().lines().filter(line -> line.startsWith("cli_scanner ")))
                .singleElement()
                .asString()
                .containsPattern(
                        "soc-service +2026-01-31 \\(expired\\) +5 +12 +2026-01-01T00:00:00Z +excepted_page +Ours.");
        assertThat(run("exceptions", "--json").out())
                .contains("\"filter\":\"cli_scanner\"", "\"suppressed\":12,\"suppressed_last_day\":5");
    }

    @Test
    void whoeverWouldBeRefusedIsToldBefore() throws IOException {
        Path stranger = folder.resolve("stranger.pem");
        CommandRun.of("rules", "key", "new", stranger.toString());
        CommandRun refused = run("publish", "--key", stranger.toString(), pages.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("may not publish the pack 'cli-pages' here");
        assertThat(run("publish", "--unsigned", pages.toString()).code()).isEqualTo(2);
        CommandRun none = run("publish", pages.toString());
        assertThat(none.err()).contains("hinomi rules key new");
        assertThat(run("publish", "--key", key.toString()).err()).contains("name the folder of the pack");
        assertThat(run("publish", "--key", key.toString(), pages.toString(), bursts.toString())
                        .err())
                .contains("give it a name with --name");
        assertThat(run("publish", "--key", key.toString(), "--name", "a b", pages.toString())
                        .err())
                .contains("'a b' cannot be the name of a pack");
    }
}
