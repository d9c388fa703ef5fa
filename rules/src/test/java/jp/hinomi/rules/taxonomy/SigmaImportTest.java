package jp.hinomi.rules.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.taxonomy.ImportedFile.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of Sigma repositories under our field names. */
class SigmaImportTest {
    @TempDir
    Path temp;

    private Path sigma;
    private Path out;

    @BeforeEach
    void folders() throws IOException {
        sigma = Files.createDirectories(temp.resolve("sigma"));
        out = temp.resolve("out");
    }

    private void rule(String file, String title, String body) throws IOException {
        Path path = sigma.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "title: " + title + "\nid: " + id(file) + "\n" + body);
    }

    private static String id(String file) {
        return java.util
                .UUID
                .nameUUIDFromBytes(file.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    private ImportReport run() throws IOException {
        return SigmaImport.run(List.of(sigma), out, rules -> List.of());
    }

    private String imported(String file) throws IOException {
        return Files.readString(out.resolve(file));
    }

    @Test
    void names_change_where_they_stand_and_everything_else_stays() throws IOException {
        rule("windows/shell.yml", "Shell below an office program 🏯", """
                # a note of the author
                logsource: {category: process_creation, product: windows}
                detection:
                    parent:
                        'ParentImage|endswith': '\\office.exe'   # the office
                    child: {Image|endswith: ['\\sh.exe', "\\\\cmd.exe"], Hashes|contains: IMPHASH=00}
                    odd:
                        - "CommandLine|contains|all": [a, b]
                        - OriginalFileName: sh.exe
                    condition: parent and child and odd
                level: high
                """);
        ImportReport report = run();
        assertThat(report.files()).extracting(ImportedFile::outcome).containsExactly(Outcome.TAKEN);
        assertThat(imported("windows/shell.yml"))
                .isEqualTo("title: Shell below an office program 🏯\nid: " + id("windows/shell.yml") + "\n" + """
                # a note of the author
                logsource: {category: process_creation, product: windows}
                taxonomy: ecs
                detection:
                    parent:
                        'process.parent.executable|endswith': '\\office.exe'   # the office
                    child: {process.executable|endswith: ['\\sh.exe', "\\\\cmd.exe"], winlog.event_data.Hashes|contains: IMPHASH=00}
                    odd:
                        - "process.command_line|contains|all": [a, b]
                        - process.pe.original_file_name: sh.exe
                    condition: parent and child and odd
                level: high
                """);
        assertThat(RuleReader.read(List.of(out)).problems()).isEmpty();
    }

    @Test
    void values_that_are_called_otherwise_change_too() throws IOException {
        rule("out.yml", "Calls out", """
                logsource: {category: network_connection, product: linux}
                detection:
                    s: {Initiated: 'true', DestinationPort: [4444, 5555], Image|fieldref: CommandLine}
                    condition: s
                """);
        assertThat(run().complete()).isTrue();
        assertThat(imported("out.yml"))
                .contains("network.direction: 'egress'")
                .contains("destination.port: [4444, 5555]")
                .contains("process.executable|fieldref: process.command_line");
    }

    @Test
    void every_product_has_its_names() throws IOException {
        Map<String, String> wanted = Map.of(
                "{product: linux, service: auditd}|a0", "auditd.log.a0",
                "{product: linux, service: auditd}|type", "auditd.log.record_type",
                "{category: proxy}|c-useragent", "user_agent.original",
                "{category: webserver}|sc-status", "http.response.status_code",
                "{product: zeek, service: dns}|qtype_name", "dns.question.type",
                "{product: zeek, service: rdp}|id.orig_h", "source.ip",
                "{product: aws, service: cloudtrail}|requestParameters.a.b",
                        "aws.cloudtrail.flattened.request_parameters.a.b",
                "{product: windows, service: security}|TargetUserName", "winlog.event_data.TargetUserName",
                "{category: process_creation, product: macos}|Image", "process.executable",
                "{category: webserver}|user_agent.original", "user_agent.original");
        int number = 0;
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            String[] parts = each.getKey().split("\\|");
            String file = "r" + number++ + ".yml";
            rule(file, file, "logsource: " + parts[0] + "\ndetection: {s: {" + parts[1] + ": x}, condition: s}\n");
            run();
            assertThat(imported(file)).as(each.getKey()).contains("{" + each.getValue() + ": x}");
        }
    }

    @Test
    void what_only_others_fill_is_taken_with_a_note() throws IOException {
        rule("okta.yml", "Okta", """
                logsource: {product: okta, service: okta}
                detection: {s: {securityContext.isProxy: 'true', eventType: x}, condition: s}
                """);
        rule("strange.yml", "Strange", """
                logsource: {category: toaster}
                detection: {s: {Crumbs: many}, condition: s}
                """);
        ImportReport report = run();
        assertThat(report.rules(Outcome.NOTED)).isEqualTo(2);
        assertThat(report.files().get(0).problems())
                .extracting(Problem::code)
                .containsExactly("foreign-field", "foreign-field");
        assertThat(report.files().get(1).problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("unknown-field", "unknown-logsource");
        assertThat(imported("okta.yml")).contains("okta.security_context.is_proxy: 'true', event.action: x");
    }

    @Test
    void one_broken_rule_among_a_thousand_is_named_and_the_thousand_load() throws IOException {
        for (int i = 0; i < 1000; i++) {
            rule(
                    "r/" + i + ".yml",
                    "Rule " + i,
                    "logsource: {category: webserver}\ndetection: {s: {cs-method: M" + i + "}, condition: s}\n");
        }
        rule(
                "r/broken.yml",
                "Broken",
                "logsource: {category: webserver}\ndetection:\n  s:\n    cs-method|contians: x\n" + "  condition: s\n");
        ImportReport report = run();
        assertThat(report.rules(Outcome.TAKEN)).isEqualTo(1000);
        ImportedFile broken = report.files().stream()
                .filter(file -> file.outcome() == Outcome.REFUSED)
                .findAny()
                .orElseThrow();
        assertThat(broken.problems().get(0).toString())
                .contains("broken.yml:6")
                .contains("contians")
                .contains("did you mean 'contains'?");
        assertThat(out.resolve("r/broken.yml")).doesNotExist();
        assertThat(RuleReader.read(List.of(out)).rules().byName()).hasSize(1000);
    }

    @Test
    void correlations_and_filters_follow_the_rules_they_name() throws IOException {
        rule("chain.yml", "Refused", """
                name: refused
                logsource: {category: webserver}
                detection: {s: {sc-status: 403}, condition: s}
                ---
                title: Many refused
                name: many
                correlation:
                    type: value_count
                    rules: [refused]
                    group-by: [c-ip]
                    timespan: 1m
                    condition: {gte: 3, field: cs-uri-stem}
                ---
                title: Not the health check
                logsource: {category: webserver}
                filter:
                    rules: [refused]
                    check: {cs-user-agent|startswith: health}
                    condition: check
                """);
        ImportReport report = run();
        assertThat(report.complete()).as(report.toString()).isTrue();
        assertThat(imported("chain.yml"))
                .contains("group-by: [source.ip]")
                .contains("{gte: 3, field: url.path}")
                .contains("user_agent.original|startswith: health");
        assertThat(RuleReader.read(List.of(out)).rules().byName()).containsKeys("refused", "many");
    }

    @Test
    void a_field_that_is_another_in_each_rule_is_refused() throws IOException {
        rule("mixed.yml", "A", """
                name: a
                logsource: {product: windows, service: security}
                detection: {s: {EventID: 4624}, condition: s}
                ---
                title: B
                name: b
                logsource: {category: process_creation, product: windows}
                detection: {s: {Image: x}, condition: s}
                ---
                title: C
                correlation: {type: temporal, rules: [a, b], group-by: [CommandLine], timespan: 1m}
                """);
        assertThat(run().files().get(0).problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .contains("field-conflict")
                        .contains("aliases"));
    }

    @Test
    void the_same_again_is_not_looked_at_and_another_version_is() throws IOException {
        rule("a.yml", "A", "logsource: {category: webserver}\ndetection: {s: {cs-method: A}, condition: s}\n");
        rule("b.yml", "B", "logsource: {category: webserver}\ndetection: {s: {cs-method: B}, condition: s}\n");
        run();
        ImportReport again = run();
        assertThat(again.remembered()).isEqualTo(2);
        assertThat(again.rules(Outcome.TAKEN)).isEqualTo(2);

        rule("b.yml", "B", "logsource: {category: webserver}\ndetection: {s: {cs-method: C}, condition: s}\n");
        assertThat(run().remembered()).isEqualTo(1);
        assertThat(imported("b.yml")).contains("http.request.method: C");

        Path memory = out.resolve(".import.json");
        Files.writeString(memory, Files.readString(memory).replaceFirst("\"version\":\"", "\"version\":\"older-"));
        assertThat(run().remembered()).isZero();

        Files.delete(sigma.resolve("a.yml"));
        assertThat(run().removed()).containsExactly("a.yml");
        assertThat(out.resolve("a.yml")).doesNotExist();

        // As if the disk were not mounted.
        Files.delete(sigma.resolve("b.yml"));
        assertThat(run().removed()).isEmpty();
        assertThat(out.resolve("b.yml")).exists();
    }

    @Test
    void a_new_file_that_takes_the_id_of_another_is_found_although_the_other_is_remembered() throws IOException {
        rule("a.yml", "A", "logsource: {category: webserver}\ndetection: {s: {cs-method: A}, condition: s}\n");
        run();
        Files.writeString(sigma.resolve("b.yml"), Files.readString(sigma.resolve("a.yml")));
        ImportReport report = run();
        assertThat(report.rules(Outcome.REFUSED)).isEqualTo(1);
        assertThat(report.files().get(1).problems()).extracting(Problem::code).containsExactly("duplicate-id");
    }

    @Test
    void what_somebody_changed_by_hand_is_never_replaced() throws IOException {
        rule("a.yml", "A", "logsource: {category: webserver}\ndetection: {s: {cs-method: A}, condition: s}\n");
        run();
        Files.writeString(out.resolve("a.yml"), "# mine\n" + imported("a.yml"));
        rule("a.yml", "A", "logsource: {category: webserver}\ndetection: {s: {cs-method: B}, condition: s}\n");
        ImportReport report = run();
        assertThat(report.files().get(0).problems()).extracting(Problem::code).containsExactly("path-taken");
        assertThat(imported("a.yml")).startsWith("# mine").contains("method: A");
    }

    @Test
    void an_import_can_be_imported() throws IOException {
        rule(
                "a.yml",
                "A",
                "logsource: {product: zeek, service: dns}\ndetection: {s: {rejected: true}, condition: s}\n");
        run();
        Path second = temp.resolve("second");
        assertThat(SigmaImport.run(List.of(out), second, rules -> List.of()).complete())
                .isTrue();
        assertThat(Files.readString(second.resolve("a.yml"))).isEqualTo(imported("a.yml"));
    }

    private static String webserver(String items) {
        return "logsource: {category: webserver}\ndetection: {s: {" + items + "}, condition: s}\n";
    }

    @Test
    void what_was_refused_for_anothers_sake_is_tried_again_when_that_is_gone() throws IOException {
        rule("a.yml", "A", webserver("cs-method: A"));
        rule("b.yml", "B", webserver("cs-method: B"));
        Files.writeString(
                sigma.resolve("b.yml"), Files.readString(sigma.resolve("b.yml")).replace(id("b.yml"), id("a.yml")));
        assertThat(run().files().get(1).problems()).extracting(Problem::code).containsExactly("duplicate-id");
        assertThat(run().remembered())
                .as("the same again is not looked at again")
                .isEqualTo(2);

        Files.delete(sigma.resolve("a.yml"));
        assertThat(run().complete()).isTrue();
        assertThat(imported("b.yml")).contains("http.request.method: B");
    }

    @Test
    void what_another_import_wrote_stays_that_imports() throws IOException {
        rule("a.yml", "A", webserver("cs-method: A"));
        Path other = Files.createDirectories(temp.resolve("other"));
        Files.writeString(
                other.resolve("a.yml"), "title: Other\nid: " + id("other") + "\n" + webserver("cs-method: O"));
        run();
        ImportReport second = SigmaImport.run(List.of(other), out, rules -> List.of());
        assertThat(second.files().get(0).problems().get(0).toString())
                .contains("path-taken")
                .contains("from an import of " + sigma);
        assertThat(imported("a.yml")).contains("method: A");

        rule("a.yml", "A", webserver("cs-method: A2"));
        assertThat(run().complete()).isTrue();
        assertThat(imported("a.yml")).contains("method: A2");

        Files.delete(sigma.resolve("a.yml"));
        rule("b.yml", "B", webserver("cs-method: B"));
        assertThat(run().removed()).containsExactly("a.yml");
        assertThat(SigmaImport.run(List.of(other), out, rules -> List.of()).complete())
                .isTrue();
        assertThat(imported("a.yml")).contains("method: O");
    }

    @Test
    void a_folder_is_the_same_from_wherever_it_is_named() throws IOException {
        rule("a.yml", "A", webserver("cs-method: A"));
        run();
        rule("a.yml", "A", webserver("cs-method: B"));
        ImportReport again = SigmaImport.run(List.of(sigma.resolve("..").resolve("sigma")), out, rules -> List.of());
        assertThat(again.complete()).as(again.toString()).isTrue();
        assertThat(imported("a.yml")).contains("method: B");
    }

    @Test
    void names_that_nobody_fills_are_told() throws IOException {
        rule("a.yml", "A", """
                logsource: {category: process_creation, product: linux}
                detection: {s: {IntegrityLevel: High, Image: x}, condition: s}
                """);
        rule("b.yml", "B", webserver("cs-strange: x, cs-method: y"));
        rule("c.yml", "C", """
                logsource: {category: process_creation, product: macos}
                detection: {s: {Image: x}, condition: s}
                """);
        rule("d.yml", "D", """
                logsource: {category: process_creation, product: windows}
                detection: {s: {IntegrityLevel: High, Image: x}, condition: s}
                """);
        ImportReport report = run();
        assertThat(report.files())
                .extracting(file -> file.problems().stream().map(Problem::code).toList())
                .containsExactly(
                        List.of("unknown-field"), List.of("unknown-field"), List.of("foreign-field"), List.of());
        assertThat(report.files().get(0).problems().get(0).message()).contains("IntegrityLevel");
        assertThat(imported("a.yml")).contains("{IntegrityLevel: High, process.executable: x}");
    }

    @Test
    void a_query_is_looked_for_in_the_query_and_a_path_in_the_whole() throws IOException {
        Map<String, String> wanted = Map.of(
                "cs-uri-query|startswith: cmd=", "url.query|startswith: cmd=",
                "cs-uri-query: a=b", "url.query: a=b",
                "cs-uri-query|contains: ['&id=', 'cmd=../etc']", "url.query|contains: ['&id=', 'cmd=../etc']",
                "cs-uri-query|contains: ['&id=', '/admin']", "url.original|contains: ['&id=', '/admin']",
                "cs-uri-query|startswith: /admin", "url.original|startswith: /admin",
                "cs-uri-query: '*/admin/*'", "url.original: '*/admin/*'",
                "cs-uri-query|endswith: .jsp", "url.original|endswith: .jsp",
                "cs-uri-query|re: '^q=[0-9]'", "url.query|re: '^q=[0-9]'",
                "cs-uri-query: null", "url.query: null",
                "cs-uri-query|exists: true", "url.query|exists: true");
        int number = 0;
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            String file = "q" + number++ + ".yml";
            rule(file, file, webserver(each.getKey()));
            assertThat(run().complete()).as(each.getKey()).isTrue();
            assertThat(imported(file)).as(each.getKey()).contains("{" + each.getValue() + "}");
        }
        rule("both.yml", "Both", webserver("cs-uri-query|startswith: [/admin, cmd=]"));
        assertThat(run().rules(Outcome.REFUSED)).isEqualTo(1);
    }

    @Test
    void the_user_of_a_process_is_not_the_one_who_logged_in() throws IOException {
        rule("a.yml", "A", """
                logsource: {product: linux, service: auditd}
                detection: {s: {uid: 0, auid: 1000, euid: 0}, condition: s}
                """);
        run();
        assertThat(imported("a.yml")).contains("{auditd.log.uid: 0, auditd.log.auid: 1000, user.effective.id: 0}");
    }

    @Test
    void lines_end_as_yaml_lets_them_end() throws IOException {
        // Line breaks of YAML 1.1 in what stands above the detection.
        rule("a.yml", "A", "# one\u2028# two\u0085# three\u2029" + webserver("cs-method: A"));
        run();
        assertThat(imported("a.yml")).contains("{category: webserver}\ntaxonomy: ecs\ndetection:");
        assertThat(RuleReader.read(List.of(out)).problems()).isEmpty();
    }

    @Test
    void any_word_may_be_a_search_identifier() throws IOException {
        rule("a.yml", "A", """
                logsource: {category: webserver}
                detection:
                    rules: {cs-method: A}
                    condition: rules
                """);
        assertThat(run().complete()).isTrue();
        assertThat(imported("a.yml")).contains("rules: {http.request.method: A}");
    }

    @Test
    void a_field_whose_values_have_other_names_may_be_asked_for_its_presence() throws IOException {
        rule("a.yml", "A", """
                logsource: {category: network_connection, product: linux}
                detection: {s: {Initiated|exists: true}, t: {Initiated|neq: 'true'}, condition: s and t}
                """);
        ImportReport report = run();
        assertThat(report.complete()).as(report.toString()).isTrue();
        assertThat(imported("a.yml"))
                .contains("network.direction|exists: true")
                .contains("network.direction|neq: 'egress'");
    }

    @Test
    void a_filter_has_the_names_of_the_rules_that_it_filters() throws IOException {
        String filter = """
                ---
                title: Not the agent
                logsource: {product: windows}
                filter:
                    rules: [%s]
                    agent: {User: AGENT, ProcessId: 4}
                    condition: agent
                """;
        rule("a.yml", "A", """
                name: a
                logsource: {category: process_creation, product: windows}
                detection: {s: {Image: x}, condition: s}
                """ + filter.formatted("a"));
        ImportReport report = run();
        assertThat(report.complete()).as(report.toString()).isTrue();
        assertThat(imported("a.yml")).contains("agent: {winlog.event_data.User: AGENT, process.pid: 4}");

        rule("b.yml", "B", """
                name: b
                logsource: {product: windows, service: security}
                detection: {s: {EventID: 1}, condition: s}
                """ + filter.formatted("a, b"));
        assertThat(run().files().get(1).problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .contains("field-conflict")
                        .contains("process.pid and winlog.event_data.ProcessId"));
    }

    @Test
    void correlations_that_the_engine_cannot_run_are_left_out() throws IOException {
        rule("a.yml", "A", "name: a\n" + webserver("cs-method: A"));
        rule(
                "b.yml",
                "B",
                "name: b\ncorrelation: {type: event_count, rules: [a], timespan: 1m, condition: {gte: 2}}\n");
        ImportReport report = SigmaImport.run(
                List.of(sigma),
                out,
                rules -> rules.correlations().stream()
                        .map(rule -> ProblemCode.CORRELATION_CONDITION.error(
                                rule.info().at(), "no", "write another"))
                        .toList());
        assertThat(report.files()).extracting(ImportedFile::outcome).containsExactly(Outcome.TAKEN, Outcome.REFUSED);
        assertThat(out.resolve("b.yml")).doesNotExist();
    }
}
