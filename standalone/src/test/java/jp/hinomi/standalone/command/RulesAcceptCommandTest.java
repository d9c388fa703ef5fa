package jp.hinomi.standalone.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import jp.hinomi.alerting.AlertingService;
import jp.hinomi.alerting.AlertingSettings;
import jp.hinomi.alerting.RunningAlerting;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.ingest.kafka.TopicSetup;
import jp.hinomi.testing.TestKafka;
import jp.hinomi.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was approved in a console that runs, put among the rules over a real broker. */
class RulesAcceptCommandTest {
    private static final String TOKEN = "a-token-for-tests-only";

    @TempDir
    Path folder;

    private final String servers = TestKafka.shared().bootstrapServers();
    private final TestPostgres.Database database = TestPostgres.shared().newDatabase();
    private RunningAlerting alerting;
    private Path city;
    private Path key;
    private Path exceptions;

    @BeforeEach
    void start() throws IOException {
        TopicSetup.ensure(servers, 1);
        SigningCity signing = SigningCity.in(folder);
        city = signing.folder();
        key = signing.key();
        exceptions = Files.createDirectories(folder.resolve("cli-exceptions"));
        Files.createDirectories(folder.resolve("data/secrets"));
        Files.writeString(folder.resolve("data/secrets/api-token"), TOKEN);
        City known = CityReader.read(city, problem -> {});
        alerting = AlertingService.start(AlertingSettings.builder(
                        known,
                        servers,
                        new AlertingSettings.Database(database.jdbcUrl(), database.user(), database.password()))
                .port(0)
                .bind("127.0.0.1")
                .apiToken(TOKEN)
                .build());
    }

    @AfterEach
    void stop() {
        alerting.close();
    }

    private CommandRun accept(long number, String... more) {
        java.util.List<String> arguments = new java.util.ArrayList<>(java.util.List.of(
                "rules",
                "accept",
                Long.toString(number),
                exceptions.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--url",
                "http://127.0.0.1:" + alerting.port(),
                "--city",
                city.toString(),
                "--key",
                key.toString()));
        arguments.addAll(java.util.List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** As the console writes it when somebody proposes. */
    private long propose(String name, String body) throws Exception {
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into rule_proposal (rule_id, rule_name, alert_id, name, body, sha256, conditions, owner, reason_ja,
                            reason_en, expires, hides, worthwhile, looked, made_by, made_at, needs_second, state)
                        values ('r', 'accepted_page', 'a', ?, ?, ?, '[]', 'soc-service', '', 'ours', '2099-01-01', 1, 0, 2, 'tanaka',
                            now(), true, 'proposed') returning id""")) {
            insert.setString(1, name);
            insert.setString(2, body);
            insert.setString(3, hash);
            ResultSet row = insert.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String state(long number) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select concat_ws(' ', state, accepted_by, publication) from rule_proposal where id = "
                                + number)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String filter(String name, String rule) {
        return """
                title: "Harmless"
                name: %s
                owner: "soc-service"
                reason:
                  en: "ours"
                expires: 2099-01-01
                logsource: {category: "webserver"}
                filter:
                  rules: ["%s"]
                  harmless:
                    "source.ip": "192.0.2.17"
                  condition: harmless
                """.formatted(name, rule);
    }

    @Test
    void whatWasApprovedIsFetchedCheckedPublishedAndSaid() throws Exception {
        Path pages = Files.createDirectories(folder.resolve("cli-accepted-pages"));
        Files.writeString(pages.resolve("page.yml"), """
                title: Page of administrators
                name: accepted_page
                status: stable
                logsource: {category: webserver}
                detection: {s: {url.path: /admin}, condition: s}
                level: low
                """);
        assertThat(CommandRun.of(
                                "rules",
                                "publish",
                                "--bootstrap-servers",
                                servers,
                                "--city",
                                city.toString(),
                                "--key",
                                key.toString(),
                                pages.toString())
                        .code())
                .isZero();
        long number = propose("exception_1_accepted", filter("exception_1_accepted", "accepted_page"));

        CommandRun early = accept(number, "--bootstrap-servers", servers);
        assertThat(early.code()).isNotZero();
        assertThat(early.err()).contains("proposal " + number + " is proposed: only what was approved");

        sql("update rule_proposal set state = 'approved', decided_by = 'sato', decided_at = now()");
        CommandRun dry = accept(number, "--bootstrap-servers", servers, "--dry-run");
        assertThat(dry.err()).contains("would be published as cli-exceptions/1");
        assertThat(exceptions).isEmptyDirectory();
        assertThat(state(number)).isEqualTo("approved");

        CommandRun done = accept(number, "--bootstrap-servers", servers);
        assertThat(done.code()).as(done.out() + done.err()).isZero();
        assertThat(done.err()).contains("published as cli-exceptions/1");
        assertThat(exceptions.resolve("exception_1_accepted.yml"))
                .hasContent(filter("exception_1_accepted", "accepted_page"));
        assertThat(state(number)).isEqualTo("accepted api-token cli-exceptions/1");
        assertThat(CommandRun.of(
                                "rules",
                                "published",
                                "--bootstrap-servers",
                                servers,
                                "--city",
                                city.toString(),
                                "--json")
                        .out())
                .contains("proposal " + number + " of tanaka, approved by sato");

        // What does not fit leaves neither a file nor a trace.
        long wrong = propose("exception_2_wrong", filter("exception_2_wrong", "no_such_rule"));
        sql("update rule_proposal set state = 'approved', decided_by = 'sato', decided_at = now() where id = " + wrong);
        CommandRun refused = accept(wrong, "--bootstrap-servers", servers);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).contains("no_such_rule");
        assertThat(exceptions.resolve("exception_2_wrong.yml")).doesNotExist();
        assertThat(state(wrong)).isEqualTo("approved");
    }
}
