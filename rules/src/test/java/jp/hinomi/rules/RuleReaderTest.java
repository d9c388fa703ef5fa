package jp.hinomi.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jp.hinomi.events.Severity;
import jp.hinomi.events.document.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReaderTest {
    private static final String FAILED = """
            title: Login failed
            title_ja: ログイン失敗
            id: 00000000-0000-4000-8000-00000000000a
            name: failed
            description: Somebody failed to log in.
            description_ja: ログインに失敗した。
            logsource: {product: linux, service: sshd}
            detection:
              sel: {event.outcome: failure}
              condition: sel
            level: low
            tags: [cps.ae-3, attack.t1110]
            response: {ja: 確認する, en: Check}
            falsepositives: [Typing errors]
            falsepositives_ja: [打ち間違い]
            not_evaluable_without: [bastion-01]
            suppress: 30m
            """;
    private static final String SUCCESS = """
            title: ログイン成功
            name: success
            logsource: {product: linux, service: sshd}
            detection: {sel: {event.outcome: success}, condition: sel}
            """;
    private static final String BURST = """
            title: Burst
            name: burst
            correlation:
              type: event_count
              rules: [00000000-0000-4000-8000-00000000000a]
              group-by: source.ip
              timespan: 10m
              condition: {gte: 5}
            """;
    private static final String TAKEN = """
            title: Taken
            name: taken
            correlation:
              type: temporal_ordered
              rules: [burst, success]
              aliases: {peer: {burst: source.ip, success: client.ip}}
              group-by: [peer]
              timespan: 1h
            """;

    @TempDir
    Path folder;

    private static RuleReader.Result read(String... documents) {
        return RuleReader.readTexts(
                List.of(new RuleSource("rules.yml", String.join("---\n", documents))), Placeholders.NONE);
    }

    /** One of the two values would be what it looks for, and the author may mean the other. */
    @Test
    void aRuleWithAKeyThatStandsTwiceIsLeftOutAndTheOthersOfTheFileLoad() {
        RuleReader.Result result = read(
                SUCCESS, FAILED.replace("level: low", "level: low\nlevel: high"), SUCCESS.replace("success", "other"));
        assertThat(result.problems()).extracting(Problem::code).containsOnly("duplicate-key");
        assertThat(result.rules().byName()).containsOnlyKeys("success", "other");
    }

    @Test
    void what_a_rule_says_about_itself() {
        RuleInfo info = read(FAILED).rules().byName().get("failed").info();
        assertThat(info.id()).isEqualTo("00000000-0000-4000-8000-00000000000a");
        assertThat(info.title()).containsEntry("en", "Login failed").containsEntry("ja", "ログイン失敗");
        assertThat(info.description()).containsEntry("ja", "ログインに失敗した。");
        assertThat(info.level()).isEqualTo(Severity.LOW);
        assertThat(info.tags()).containsExactly("cps.ae-3", "attack.t1110");
        assertThat(info.response()).containsEntry("ja", "確認する").containsEntry("en", "Check");
        assertThat(info.falsePositives()).containsEntry("ja", List.of("打ち間違い"));
        assertThat(info.notEvaluableWithout()).containsExactly("bastion-01");
        assertThat(info.suppress()).contains(Duration.ofMinutes(30));
        assertThat(info.at().line()).isEqualTo(1);
        assertThat(info.forAlert().title("ja")).isEqualTo("ログイン失敗");
        assertThat(read(SUCCESS).rules().byName().get("success").info().title()).containsOnlyKeys("ja");
    }

    @Test
    void references_by_name_and_id_lead_to_rules_that_stand_before() {
        RuleReader.Result result = read(TAKEN, BURST, SUCCESS, FAILED);
        assertThat(result.problems()).extracting(Problem::code).isEmpty();
        assertThat(result.rules().byName().keySet()).containsExactly("success", "failed", "burst", "taken");
        CorrelationRule taken = (CorrelationRule) result.rules().byName().get("taken");
        assertThat(taken.rules()).containsExactly("burst", "success");
        assertThat(taken.aliases())
                .containsEntry("peer", java.util.Map.of("burst", "source.ip", "success", "client.ip"));
        assertThat(taken.timespan()).isEqualTo(Duration.ofHours(1));
        assertThat(taken.info().level()).as("the highest of its rules").isEqualTo(Severity.MEDIUM);
        CorrelationRule burst = (CorrelationRule) result.rules().byName().get("burst");
        assertThat(burst.rules()).containsExactly("failed");
        assertThat(burst.groupBy()).containsExactly("source.ip");
        assertThat(result.rules().alertsOnItsOwn()).containsExactly("taken");
    }

    @Test
    void generate_and_always_alert_let_inner_rules_alert() {
        assertThat(read(TAKEN + "generate: true\n", BURST, SUCCESS, FAILED)
                        .rules()
                        .alertsOnItsOwn())
                .containsExactlyInAnyOrder("taken", "burst", "success");
        assertThat(read(TAKEN, BURST + "always_alert: true\n", SUCCESS, FAILED)
                        .rules()
                        .alertsOnItsOwn())
                .containsExactlyInAnyOrder("taken", "burst");
    }

    @Test
    void a_broken_rule_takes_only_its_dependants_with_it() {
        RuleReader.Result result = read(
                FAILED.replace("sel: {event.outcome: failure}", "sel: {event.outcome|contians: failure}"),
                SUCCESS,
                BURST,
                TAKEN,
                "title: other\nname: other\nlogsource: {category: dns}\ndetection: {k: [evil], condition: k}\n");
        assertThat(result.rules().byName()).containsOnlyKeys("success", "other");
        assertThat(result.problems())
                .extracting(Problem::code)
                .containsExactly("unknown-modifier", "broken-reference", "broken-reference");
        assertThat(result.problems().get(0).toString())
                .isEqualTo("rules.yml:9:9: error: there is no modifier 'contians' — did you mean 'contains'?"
                        + " [unknown-modifier]");
    }

    @Test
    void everything_wrong_is_said_at_once() {
        RuleReader.Result result = read("""
                name: many
                date: yesterday
                tags: [cps.zz-1]
                logsource: {category: webserver}
                detection:
                  sel:
                    a|re: '('
                    b|cidr: x
                    c|gte: y
                    d: [null]
                  condition: sel and nothing
                """);
        assertThat(result.problems())
                .extracting(Problem::code)
                .containsExactly(
                        "missing-key",
                        "invalid-date",
                        "unknown-control",
                        "bad-regex",
                        "bad-network",
                        "modifier-value",
                        "null-in-list",
                        "unknown-identifier");
    }

    @Test
    void the_version_follows_the_content_only() throws IOException {
        String version = read(FAILED).rules().byName().get("failed").info().version();
        assertThat(version).matches("[0-9a-f]{12}");
        Path file = folder.resolve("elsewhere.yaml");
        Files.writeString(file, SUCCESS + "---\n# moved\n\n" + FAILED.replace("level: low", "level:   'low'"));
        assertThat(RuleReader.read(List.of(folder))
                        .rules()
                        .byName()
                        .get("failed")
                        .info()
                        .version())
                .isEqualTo(version);
        assertThat(read(FAILED.replace("failure", "failures"))
                        .rules()
                        .byName()
                        .get("failed")
                        .info()
                        .version())
                .isNotEqualTo(version);
        assertThat(read(FAILED, FILTER).rules().byName().get("failed").info().version())
                .as("a filter changes what the rule does")
                .isNotEqualTo(version);
    }

    private static final String FILTER = """
            title: Not the monitoring
            logsource: {product: linux}
            filter:
              rules: [failed]
              selection: {source.ip: 10.0.0.9}
              condition: selection
            """;

    @Test
    void filters_except_what_they_select_in_either_notation() {
        for (String condition : List.of("selection", "not selection")) {
            RuleReader.Result result = read(FAILED, FILTER.replace("condition: selection", "condition: " + condition));
            assertThat(result.problems()).isEmpty();
            assertThat(matches(result, "10.0.0.9")).isFalse();
            assertThat(matches(result, "10.0.0.8")).isTrue();
        }
    }

    private static final String EXCEPTION = FILTER.replace(
            "title: Not the monitoring\n",
            "title: Not the monitoring\nname: monitoring\nowner: city-soc\nreason: {ja: 監視, en: monitoring}\nexpires: 2026-03-31\n");

    @Test
    void an_exception_has_an_owner_a_reason_and_an_end() {
        RuleReader.Result result = read(FAILED, EXCEPTION);
        assertThat(result.problems()).isEmpty();
        assertThat(result.rules().filters()).hasSize(1).allSatisfy((filter, rules) -> {
            assertThat(rules).containsExactly("failed");
            assertThat(filter.name()).isEqualTo("monitoring");
            assertThat(filter.terms()).hasValueSatisfying(terms -> {
                assertThat(terms.owner()).isEqualTo("city-soc");
                assertThat(terms.reason("ja")).isEqualTo("監視");
                assertThat(terms.expires()).hasToString("2026-03-31");
            });
            assertThat(filter.ends(java.time.ZoneId.of("Asia/Tokyo")))
                    .isEqualTo(java.time.Instant.parse("2026-03-31T15:00:00Z").toEpochMilli());
        });
        for (String key : List.of("owner", "reason", "expires")) {
            RuleReader.Result without = read(FAILED, EXCEPTION.replaceAll(key + ": .*\n", ""));
            assertThat(without.problems())
                    .as("without %s", key)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("'monitoring' has no '" + key));
            assertThat(matches(without, "10.0.0.9"))
                    .as("what nobody answers for excepts nothing")
                    .isTrue();
        }
        RuleReader.Result unreasoned = read(FAILED, EXCEPTION.replaceAll("reason: .*\n", "reason: {}\n"));
        assertThat(unreasoned.problems()).extracting(Problem::code).containsExactly("incomplete-exception");
        assertThat(matches(unreasoned, "10.0.0.9")).isTrue();
        RuleReader.Result twice = read(FAILED, EXCEPTION, EXCEPTION.replace("10.0.0.9", "10.0.0.8"));
        assertThat(twice.problems()).extracting(Problem::code).containsExactly("duplicate-name");
        assertThat(matches(twice, "10.0.0.8")).isTrue();
    }

    @Test
    void of_exceptions_that_end_it_is_spoken_in_time() {
        RuleSet rules = read(FAILED, EXCEPTION).rules();
        java.time.ZoneId tokyo = java.time.ZoneId.of("Asia/Tokyo");
        java.util.function.Function<String, List<Problem>> at =
                now -> ExceptionCheck.check(rules, java.time.Instant.parse(now).toEpochMilli(), tokyo);
        assertThat(at.apply("2026-03-17T14:59:59.999Z")).isEmpty();
        assertThat(at.apply("2026-03-17T15:00:00Z")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("expiring-exception");
            assertThat(problem.message()).contains("city-soc").contains("14 days");
        });
        assertThat(at.apply("2026-03-31T14:59:59.999Z"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("1 days: 2026-03-31"));
        assertThat(at.apply("2026-03-31T15:00:00Z")).extracting(Problem::code).containsExactly("expired-exception");
    }

    @Test
    void a_rule_that_a_filter_names_twice_is_filtered_once() {
        RuleReader.Result result =
                read(FAILED, FILTER.replace("[failed]", "[failed, 00000000-0000-4000-8000-00000000000a]"));
        assertThat(result.problems()).isEmpty();
        assertThat(result.rules().detections().get(0).filters()).hasSize(1);
    }

    @Test
    void filters_with_the_same_title_are_counted_apart() {
        RuleReader.Result result = RuleReader.readTexts(
                List.of(
                        new RuleSource("pack/failed.yml", FAILED),
                        new RuleSource("pack/a.yml", FILTER),
                        new RuleSource("pack/b.yml", FILTER.replace("10.0.0.9", "10.0.0.7"))),
                Placeholders.NONE);
        assertThat(result.rules().detections().get(0).filters())
                .extracting(RuleFilter::name)
                .containsExactly("Not the monitoring", "Not the monitoring (b.yml:1)");
    }

    @Test
    void a_plain_filter_stands_beside_its_rule() {
        List<RuleSource> apart =
                List.of(new RuleSource("pack/failed.yml", FAILED), new RuleSource("city/filter.yml", FILTER));
        assertThat(RuleReader.readTexts(apart, Placeholders.NONE).problems())
                .extracting(Problem::code)
                .containsExactly("unowned-filter");
        List<RuleSource> owned =
                List.of(new RuleSource("pack/failed.yml", FAILED), new RuleSource("city/filter.yml", EXCEPTION));
        assertThat(RuleReader.readTexts(owned, Placeholders.NONE).problems()).isEmpty();
    }

    @Test
    void filters_of_several_negations_say_what_remains() {
        for (String condition :
                List.of("not selection and not other", "not (selection or other)", "[not selection, not other]")) {
            String two =
                    FILTER.replace("condition: selection", "other: {source.ip: 10.0.0.7}\n  condition: " + condition);
            RuleReader.Result result = read(FAILED, two);
            assertThat(result.problems()).isEmpty();
            // Conditions in a list are alternatives.
            boolean both = !condition.startsWith("[");
            assertThat(matches(result, "10.0.0.9")).as(condition).isEqualTo(!both);
            assertThat(matches(result, "10.0.0.7")).as(condition).isEqualTo(!both);
            assertThat(matches(result, "10.0.0.8")).as(condition).isTrue();
        }
    }

    /** What the selection says itself is no negation of the condition. */
    @Test
    void a_filter_may_select_what_lacks_a_field() {
        for (String selection : List.of("{user.name|exists: false}", "{source.ip|neq: 10.0.0.8}")) {
            RuleReader.Result result = read(FAILED, FILTER.replace("{source.ip: 10.0.0.9}", selection));
            assertThat(result.problems()).isEmpty();
            assertThat(matches(result, "10.0.0.9")).as(selection).isFalse();
        }
    }

    private static boolean matches(RuleReader.Result result, String ip) {
        boolean[] matched = new boolean[1];
        jp.hinomi.rules.match.DetectionMatcher.compile(result.rules().detections())
                .match(
                        new jp.hinomi.events.SecurityEvent.Builder("e", 0)
                                .put(jp.hinomi.events.Fields.EVENT_OUTCOME, "failure")
                                .put(jp.hinomi.events.Fields.SOURCE_IP, ip)
                                .build(),
                        rule -> matched[0] = true);
        return matched[0];
    }

    @Test
    void a_circle_is_named_as_a_whole() {
        String circle = BURST.replace("00000000-0000-4000-8000-00000000000a", "taken");
        RuleReader.Result result = read(TAKEN, circle, SUCCESS);
        assertThat(result.rules().byName()).containsOnlyKeys("success");
        assertThat(result.problems())
                .filteredOn(problem -> problem.code().equals("reference-cycle"))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("taken → burst → taken");
    }

    @Test
    void conditions_of_correlations() {
        CorrelationRule sum =
                (CorrelationRule) read(FAILED, """
                title: Sum
                name: sum
                correlation:
                  type: value_percentile
                  rules: [failed]
                  timespan: 1w
                  condition: {field: source.bytes, gt: 1.5, lte: 20, percentile: 95}
                """).rules().byName().get("sum");
        assertThat(sum.fields()).containsExactly("source.bytes");
        assertThat(sum.condition()).hasValueSatisfying(condition -> {
            assertThat(condition.percentile()).contains(95.0);
            assertThat(condition.criteria())
                    .extracting(criterion -> criterion.operator().word() + criterion.value())
                    .containsExactly("gt1.5", "lte20.0");
        });
        for (String wrong : List.of(
                "type: event_count, condition: {gte: 1.5}",
                "type: event_count, condition: {gte: '5'}",
                "type: event_count, condition: {field: f, gte: 5}",
                "type: event_count, condition: {}",
                "type: event_count",
                "type: absence, condition: {gte: 5}",
                "type: absence",
                "type: new_value, condition: {gte: 5}",
                "type: new_value, condition: {field: f, gte: 5}",
                "type: event_count, condition: {gte: 5}, learning: 1d",
                "type: event_count, condition: {gte: 5}, baseline: 1d",
                "type: rate_change, condition: {gte: -1}",
                "type: rate_change, condition: {gte: 3}, baseline: 61s",
                "type: rate_change, condition: {gte: 3}, at_least: 0.5",
                "type: value_avg, condition: {gte: 5}",
                "type: value_avg, condition: {field: [a, b], gte: 5}",
                "type: temporal, condition: {gte: 3}",
                "type: value_percentile, condition: {field: f, gte: 5, percentile: 101}")) {
            assertThat(read(FAILED, "title: c\nname: c\ncorrelation: {rules: [failed], timespan: 1m, " + wrong + "}\n")
                            .hasErrors())
                    .as(wrong)
                    .isTrue();
        }
    }
}
