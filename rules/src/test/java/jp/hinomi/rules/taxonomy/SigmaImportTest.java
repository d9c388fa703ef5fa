package jp.hinomi.rules.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.document.Problem;
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
        return SigmaImport.run(List.of(sigma), out);
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
        assertThat(report.files().get(0).problems()).extracting(Problem::code).containsExactly("foreign-field");
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
        assertThat(SigmaImport.run(List.of(out), second).complete()).isTrue();
        assertThat(Files.readString(second.resolve("a.yml"))).isEqualTo(imported("a.yml"));
    }
}
