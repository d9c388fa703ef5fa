package jp.hinomi.alerting.console.chromium;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import jp.hinomi.alerting.SampleAlert;
import jp.hinomi.alerting.SampleCity;
import jp.hinomi.alerting.TestAlerting;
import jp.hinomi.alerting.proposal.ProposalRefusal;
import jp.hinomi.alerting.proposal.ProposedException;
import jp.hinomi.alerting.proposal.ProposedExceptions;
import jp.hinomi.alerting.triage.Step;
import jp.hinomi.alerting.triage.Triage;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import jp.hinomi.events.Topics;
import org.junit.jupiter.api.Test;

/** What becomes of verdicts: how far a rule can be trusted, and exceptions that somebody else approves. */
class RulesPagesTest extends ConsoleInChromium {
    private static final String GUESSING = """
            title: A password guessed
            title_ja: パスワードの推測
            name: learning_guessed
            level: high
            status: stable
            tags: [cps.ac-9, attack.credential-access, attack.t1110]
            not_evaluable_without: [learning-silent-01]
            correlation:
              type: event_count
              rules: [learning_refused]
              group-by: [source.ip]
              timespan: 10m
              condition: {gte: 5}
            ---
            title: A login refused
            name: learning_refused
            logsource: {category: authentication}
            detection: {refused: {event.outcome: failure}, condition: refused}
            """;

    private static void guessed(int number, String source, long events, Verdict verdict) {
        String id = "learning-" + number;
        hinomi.publish(SampleAlert.of(id)
                .rule("learning_guessed", "パスワードの推測", "A password guessed")
                .at(Instant.now())
                .group("source.ip", source)
                .count(events)
                .target("sensors"));
        hinomi.awaitAlert(id, 1);
        hinomi.part(Triage.class).take(id, new Step.Judge(verdict), "", OptionalInt.empty(), "admin", Instant.now());
    }

    @Test
    void verdictsSayHowFarARuleCanBeTrustedAndWhatToChange() {
        hinomi.publishTo(Topics.RULES, "learning_guessed", GUESSING.getBytes(UTF_8));
        hinomi.publishTo(
                Topics.SOURCE_HEALTH,
                "learning-silent-01",
                SourceHealthJson.write(new SourceHealth(
                        "learning-silent-01",
                        SourceHealth.State.SILENT,
                        0,
                        System.currentTimeMillis(),
                        OptionalLong.empty(),
                        0,
                        0,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty())));
        for (int i = 0; i < 4; i++) {
            guessed(i, "192.0.2.17", 6, Verdict.FALSE_POSITIVE);
        }
        guessed(4, "203.0.113.9", 40, Verdict.TRUE_POSITIVE);
        guessed(5, "203.0.113.9", 6, Verdict.DUPLICATE); // says nothing of the rule
        TestAlerting.await(() -> hinomi.query(
                        "select (select count(*) from rule_document where key = 'learning_guessed') + count(*) from source_health"
                                + " where source = 'learning-silent-01'")
                .equals("2"));
        Page page = newPage("en-US", ColorScheme.LIGHT, 1280, 900);
        List<String> complaints = complaints(page);
        login(page);
        page.click("nav >> text=Rules");
        var row = page.locator("tr[data-rule=learning_guessed]");
        // Where somebody looked just before, the figures of then hold for a moment.
        TestAlerting.await(() -> {
            page.reload();
            return row.textContent().contains("20 %");
        });
        assertThat(row).containsText("4–62 %, 1 of 5 judged"); // Wilson's interval of one of five
        assertThat(row).containsText("Could not be evaluated: silent are learning-silent-01");
        // The page shows the first hundred; another test may have published more.
        page.navigate(hinomi.url("/rules?q=learning_"));
        assertThat(page.locator("tr[data-rule=learning_refused]")).containsText("only part of correlations");
        assertThat(page.request().get(hinomi.url("/rules.csv")).text())
                .contains("\"learning_guessed\",\"learning_guessed\",\"A password guessed\",\"high\"")
                .contains("\"blind\",6,0,\"\",1,5,0.2,0.036,0.624,\"learning-silent-01\"");

        page.click(".tabs >> text=Coverage");
        page.click("#controls tr:has-text('CPS.AC-9') summary >> nth=0");
        assertThat(page.locator("#controls tr:has-text('CPS.AC-9')")).containsText("learning_guessed");
        assertThat(page.locator("#attack tr:has-text('credential-access')")).containsText("T1110");
        assertThat(page.request().get(hinomi.url("/rules/attack.csv")).text())
                .containsPattern(
                        "\"credential-access\",\"T1110\",\"Brute Force\",[0-9]+,\"[^\"]*learning_guessed[^\"]*\"");

        page.click(".tabs >> text=Proposals");
        var raise = page.locator(".proposal", new Page.LocatorOptions().setHasText("from 5 to 40"));
        assertThat(raise).containsText("Would have hidden 5 of 6 stored alerts: 4 wasted, 1 not judged, 0 worthwhile.");
        var except = page.locator(".proposal", new Page.LocatorOptions().setHasText("192.0.2.17"));
        assertThat(except)
                .containsText("Would have hidden 4 of 6 stored alerts: 4 wasted, 0 not judged, 0 worthwhile.");
        except.locator("summary >> nth=1").click();
        assertThat(except.locator("pre")).containsText("rules: [\"learning_refused\"]");
        assertThat(complaints).isEmpty();
    }

    private static final String PORTS = """
            title: Ports tried
            name: except_ports
            correlation: {type: event_count, rules: [city_os_login], group-by: [source.ip], timespan: 10m, condition: {gte: 2}}
            ---
            title: A login
            name: city_os_login
            logsource: {category: authentication}
            detection: {of: {event.outcome: [failure, success]}, condition: of}
            """;

    private static void tried(int number, String source, String host, Verdict verdict) {
        String id = "except-" + number;
        hinomi.publish(SampleAlert.of(id)
                .rule("except_ports", "ポート探索", "Ports tried")
                .seen(source, host)
                .userAgent("*\"]}\u202E <script>document.title='owned'</script>")
                .target("sensors"));
        hinomi.awaitAlert(id, 1);
        hinomi.part(Triage.class).take(id, new Step.Judge(verdict), "", OptionalInt.empty(), "admin", Instant.now());
    }

    @Test
    void anExceptionIsProposedFromAValueOnceOneHasSeenWhatItWouldHaveHidden() {
        hinomi.publishTo(Topics.RULES, "except_ports", PORTS.getBytes(UTF_8));
        TestAlerting.await(() -> !hinomi.query("select key from rule_document where key = 'except_ports'")
                .isEmpty());
        tried(1, "192.0.2.40", "bastion-01", Verdict.FALSE_POSITIVE);
        tried(2, "192.0.2.40", "bastion-01", Verdict.FALSE_POSITIVE);
        tried(3, "192.0.2.40", "bastion-02", Verdict.TRUE_POSITIVE);
        tried(4, "203.0.113.44", "bastion-01", Verdict.FALSE_POSITIVE);
        Page page = newPage("en-US", ColorScheme.LIGHT, 1280, 900);
        List<String> complaints = complaints(page);
        login(page);
        page.navigate(hinomi.url("/alerts/except-1"));
        page.locator(".evidence .key a.pick >> text=192.0.2.40").last().click();
        page.click(".value-menu >> text=Exception with this value");
        var preview = page.locator("#preview");
        assertThat(preview).containsText("It would have hidden 3 of 4.");
        assertThat(preview).containsText("Looked at were 4 stored alerts of the rule, since ");
        assertThat(preview.locator("[role=alert]")).containsText("1 of them showed something");
        assertThat(preview.locator(".hidden-alerts li").first()).containsText("true positive");

        page.check("[name=value][value=':host.name']");
        assertThat(preview).containsText("It would have hidden 2 of 4.");
        assertThat(preview.locator("[role=alert]")).hasCount(0);
        assertThat(page).hasURL(Pattern.compile("value=%3Asource.ip.*value=|value=%3Ahost.name.*value="));
        page.check("[name=value][value=':user_agent.original']");
        assertThat(preview.locator("details pre")).containsText("\\u202e");
        page.reload();
        assertThat(preview).containsText("It would have hidden 2 of 4.");

        page.selectOption("[name=owner]", "vendor");
        image(page, "exception");
        page.fill("[name=ja]", "自前の診断");
        page.fill("[name=until]", LocalDate.now(SampleCity.TOKYO).plusDays(400).toString());
        page.locator("#exception").evaluate("form => form.noValidate = true");
        page.click("#propose");
        assertThat(page.locator("#refused")).containsText("Give a last day from today to ");
        assertThat(page.locator("[name=ja]")).hasValue("自前の診断");
        page.fill("[name=until]", LocalDate.now(SampleCity.TOKYO).plusDays(30).toString());
        // Meanwhile somebody judges, and what was looked at is no longer so.
        tried(5, "192.0.2.40", "bastion-01", Verdict.SUSPICIOUS);
        page.click("#propose");
        assertThat(page.locator("#refused")).containsText("not what you looked at");
        assertThat(preview.locator("[role=alert]")).containsText("1 of them showed something");
        page.click("#propose");
        page.waitForURL("**/rules/proposals/*");
        assertThat(page.locator(".conditions")).containsText("192.0.2.40");
        assertThat(page.locator("#decide")).containsText("Somebody else has to approve it");
        assertThat(page.locator("#approve")).hasCount(0);
        assertThat(page).not().hasTitle("owned");

        long number = Long.parseLong(page.url().replaceAll(".*/", ""));
        ProposedExceptions proposals = hinomi.part(ProposedExceptions.class);
        ProposedException made = proposals.get(number);
        assertThat(made.seen()).isEqualTo(new ProposedException.Seen(3, 1, 5));
        assertThatThrownBy(() -> proposals.approve(number, made.sha256(), "", "admin", Instant.now()))
                .isInstanceOf(ProposalRefusal.class)
                .hasMessageContaining("somebody else");
        assertThatThrownBy(() -> hinomi.execute(
                        "update rule_proposal set state = 'approved', decided_by = made_by, decided_at = now()"))
                .hasMessageContaining("rule_proposal_four_eyes");
        var look = hinomi.get("/api/v1/alerts/except-1/exception-preview?value=:source.ip&value=:host.name");
        assertThat(look.get("hidden").findValuesAsText("id")).containsExactly("except-5", "except-1", "except-2");
        assertThat(look.get("hidden").get(0).get("worthwhile").asBoolean()).isTrue();
        assertThat(hinomi.get("/api/v1/rules/proposals/" + number).get("text").asText())
                .isEqualTo(made.body());
        var refused = TestAlerting.send(
                HttpRequest.newBuilder(URI.create(hinomi.url("/api/v1/rules/proposals/" + number + "/approve")))
                        .header("Authorization", "Bearer " + TestAlerting.TOKEN)
                        .header("Accept-Language", "ja")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"sha256\":\"" + made.sha256() + "\"}")));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("トークンは人ではありません").contains("\"no-person\"");
        proposals.approve(number, made.sha256(), "looked at the logs", "author", Instant.now());
        page.reload();
        assertThat(page.locator("#decide")).containsText("looked at the logs");
        assertThat(page.locator("#accept"))
                .containsText("hinomi rules accept --bootstrap-servers HOST:PORT --key KEY " + number + " FOLDER");
        image(page, "proposal");
        assertThat(page.request().get(page.url() + ".yml").text()).isEqualTo(made.body());

        hinomi.publishTo(Topics.RULES, made.name(), made.body().getBytes(UTF_8));
        TestAlerting.await(() -> !hinomi.query("select key from rule_document where key = '" + made.name() + "'")
                .isEmpty());
        page.reload();
        assertThat(page.locator(".page-head")).containsText("in force");
        page.navigate(hinomi.url("/rules/proposals"));
        image(page, "proposals");
        assertThat(page.locator("#made tr", new Page.LocatorOptions().setHasText("Proposal " + number)))
                .containsText("approved");
        assertThat(complaints).isEmpty();
    }
}
