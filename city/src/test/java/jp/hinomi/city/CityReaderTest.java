package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CityReaderTest {
    @TempDir
    Path temp;

    CityFolder city;

    @BeforeEach
    void writeCity() {
        city = new CityFolder(temp);
    }

    @Test
    void readsEveryPart() {
        City read = city.read();

        assertThat(read.id()).isEqualTo("small");
        assertThat(read.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(read.promoter().id()).isEqualTo("hall");
        assertThat(read.promoter().maxTlp()).isEqualTo(Tlp.RED);
        assertThat(read.stakeholders().get("vendor").name("ja")).isEqualTo("Vendor");
        Contact noc = read.contact("vendor-noc").orElseThrow().contact();
        assertThat(noc.kind()).isEqualTo(Contact.Kind.SYSTEM);
        assertThat(noc.zone()).as("the city's zone without hours").isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(noc.onCall()).isEqualTo("24x7");
        assertThat(noc.channels().get(0).address()).isEqualTo("https://hook.example.jp/a");
        assertThat(read.resources().get("api").selectors())
                .containsExactly(
                        new Selector(Selector.Kind.SOURCE, "gw-01"),
                        new Selector(Selector.Kind.CIDR, "10.20.0.0/16"),
                        new Selector(Selector.Kind.HOST, "*.os.example.jp"));
        assertThat(read.responsibilities().get(0).severityMin()).contains(Severity.HIGH);
        assertThat(read.responsibilities().get(1).basis()).contains("第12条");
        assertThat(read.escalations().get("standard").steps())
                .containsExactly(
                        new Escalation.Step("vendor-noc", Optional.of(Duration.ofMinutes(15))),
                        new Escalation.Step("hall-desk", Optional.empty()));
        Source source = read.sources().get("gw-01");
        assertThat(source.charset()).isEqualTo(Charset.forName("EUC-JP"));
        assertThat(source.expectEvery()).contains(Duration.ofSeconds(60));
        assertThat(source.senders()).containsExactly("gw-01.os.example.jp", "10.20.0.1");
        assertThat(source.certificates()).containsExactly("Gateway 01");
        assertThat(read.severity().severity(Severity.HIGH, Optional.of(Criticality.CRITICAL)))
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    void stepsNameSeveralAndSayWhoseAnswersTheyNeed() {
        city.write("escalations.yaml", """
                escalations:
                  - id: standard
                    reack-after: 4h
                    steps:
                      - {notify: [vendor-noc, hall-desk], ack: per-organisation, ack-within: 15m}
                      - {notify: hall-desk, ack: each}
                """);
        Escalation read = city.read().escalations().get("standard");
        assertThat(read)
                .isEqualTo(new Escalation(
                        "standard",
                        List.of(
                                new Escalation.Step(
                                        List.of("vendor-noc", "hall-desk"),
                                        AckMode.PER_ORGANISATION,
                                        Optional.of(Duration.ofMinutes(15))),
                                new Escalation.Step(List.of("hall-desk"), AckMode.EACH, Optional.empty())),
                        Optional.of(Duration.ofHours(4)),
                        1));
        city.change("escalations.yaml", "reack-after: 4h", "reack-after: 4h\n    loop-max: 0");
        assertThat(city.errors()).containsExactly("escalations.yaml:4 never-again");
        city.change("escalations.yaml", "loop-max: 0", "loop-max: -1");
        assertThat(city.errors()).containsExactly("escalations.yaml:4 bad-number");
    }

    @Test
    void authorsOfRulesAreStakeholders() {
        assertThat(city.read().ruleAuthors()).isEmpty();
        city.change("city.yaml", "zone: Asia/Tokyo", "zone: Asia/Tokyo, rule-authors: [vendor]");
        assertThat(city.read().ruleAuthors()).containsExactly("vendor");
        city.change("city.yaml", "rule-authors: [vendor]", "rule-authors: [vendr]");
        assertThat(city.errors()).anyMatch(error -> error.contains("unknown-stakeholder"));
    }

    @Test
    void readsWhoMayPublishRules() {
        assertThat(city.read().ruleKeys()).isEmpty();
        String key = "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";
        city.change(
                "city.yaml",
                "zone: Asia/Tokyo",
                "zone: Asia/Tokyo, rule-keys: [{owner: vendor, key: " + key + ", packs: [gate]}, {owner: hall, key: "
                        + key + "}]");
        assertThat(city.read().ruleKeys()).hasSize(2);
        RuleKey first = city.read().ruleKeys().get(0);
        assertThat(first.owner()).isEqualTo("vendor");
        assertThat(first.key().text()).isEqualTo(key);
        assertThat(first.mayPublish("gate")).isTrue();
        assertThat(first.mayPublish("web")).isFalse();
        assertThat(city.read().ruleKeys().get(1).mayPublish("web")).isTrue();

        city.change("city.yaml", "packs: [gate]", "packs: [a/b], until: 2027")
                .change("city.yaml", "owner: hall", "owner: nobody");
        city.change("city.yaml", "Zgw=}]", "Zg}]");
        assertThat(city.errors())
                .containsExactlyInAnyOrder(
                        "city.yaml:1 bad-id",
                        "city.yaml:1 unknown-key",
                        "city.yaml:1 unknown-stakeholder",
                        "city.yaml:1 bad-key");
    }

    @Test
    void reportsAllErrorsOfAllFilesAtOnceInTheOrderOfTheFiles() {
        city.change("stakeholders.yaml", "role: city-os-vendor", "role: city-os-vender")
                .change("resources.yaml", "criticality", "critically")
                .change("responsibilities.yaml", "stakeholder: vendor", "stakeholder: vendr")
                .change("escalations.yaml", "15m", "15 minutes")
                .change("sources.yaml", "nginx", "ngnix")
                .change("severity.yaml", "  high: {low: medium, medium: high, high: high, critical: critical}\n", "");

        assertThat(city.errors())
                .containsExactly(
                        "stakeholders.yaml:14 unknown-role",
                        "resources.yaml:2 missing-key",
                        "resources.yaml:5 unknown-key",
                        "responsibilities.yaml:3 unknown-stakeholder",
                        "escalations.yaml:3 bad-duration",
                        "sources.yaml:2 unknown-format",
                        "severity.yaml:2 missing-key");
    }

    @Test
    void everyErrorSaysWhatToDo() {
        city.change("stakeholders.yaml", "role: city-os-vendor", "role: city-os-vender")
                .change("responsibilities.yaml", "stakeholder: vendor", "stakeholder: vendr")
                .change("sources.yaml", "logs.gateway", "gateway")
                .change("resources.yaml", "10.20.0.0/16", "10.20.1.0/16");

        assertThat(city.problems())
                .extracting(Problem::remedy)
                .containsExactly(
                        "did you mean 'city-os-vendor'?",
                        "did you mean 10.20.0.0/16?",
                        "did you mean 'vendor'?",
                        "write 'logs.gateway'");
        assertThat(city.problems().get(1).toString())
                .contains("resources.yaml:6:", "'10.20.1.0/16' has bits set after its prefix", "[bad-cidr]");
    }

    @ParameterizedTest(name = "{0}: {1} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
            city.yaml          | zone: Asia/Tokyo              | zone: Asia/Tokio              | city.yaml:1 unknown-zone
            city.yaml          | zone: Asia/Tokyo              | zone: JST                     | city.yaml:1 unknown-zone
            city.yaml          | {ja: 小市, en: Small}          | {}                            | city.yaml:1 no-text
            city.yaml          | {ja: 小市, en: Small}          | {fr: Petite, en: Small}       | city.yaml:1 unknown-key
            city.yaml          | id: small                     | id: small town                | city.yaml:1 bad-id
            stakeholders.yaml  | role: city-os-vendor          | role: promoter                | stakeholders.yaml:14 second-promoter
            stakeholders.yaml  | role: promoter                | role: authority               | stakeholders.yaml:0 no-promoter
            stakeholders.yaml  | id: vendor-noc                | id: hall-desk                 | stakeholders.yaml:18 duplicate-id
            stakeholders.yaml  | locale: en                    | locale: fr                    | stakeholders.yaml:15 unknown-locale
            stakeholders.yaml  | max-tlp: AMBER                | max-tlp: ORANGE               | stakeholders.yaml:16 unknown-tlp
            stakeholders.yaml  | kind: desk                    | kind: table                   | stakeholders.yaml:9 unknown-kind
            stakeholders.yaml  | on-call: 24x7                 | on-call: always               | stakeholders.yaml:10 bad-hours
            stakeholders.yaml  | desk@hall.example.jp          | desk hall.example.jp          | stakeholders.yaml:11 bad-email
            stakeholders.yaml  | type: email                   | type: mail                    | stakeholders.yaml:11 unknown-type
            stakeholders.yaml  | https://hook.example.jp/a     | http://hook.example.jp/a      | stakeholders.yaml:20 insecure-url
            stakeholders.yaml  | https://hook.example.jp/a     | https://u:p@hook.example.jp/a | stakeholders.yaml:20 bad-url
            stakeholders.yaml  | https://hook.example.jp/a     | hook.example.jp               | stakeholders.yaml:20 bad-url
            stakeholders.yaml  | env:KEY                       | hunter2                       | stakeholders.yaml:20 secret-in-file
            resources.yaml     | layer: city-os                | layer: cityos                 | resources.yaml:4 unknown-layer
            resources.yaml     | 10.20.0.0/16                  | 10.20.0.0/33                  | resources.yaml:6 bad-cidr
            resources.yaml     | 10.20.0.0/16                  | 10.20                         | resources.yaml:6 bad-cidr
            resources.yaml     | *.os.example.jp               | os.*.example.jp               | resources.yaml:6 bad-host
            resources.yaml     | *.os.example.jp               | 192.0.2.1                     | resources.yaml:6 bad-host
            resources.yaml     | source: gw-01                 | source: gw-02                 | resources.yaml:6 unknown-source
            resources.yaml     | {source: gw-01}               | {source: gw-01, service: x}   | resources.yaml:6 bad-selector
            resources.yaml     | {source: gw-01}               | {sauce: gw-01}                | resources.yaml:6 unknown-key
            responsibilities.yaml | duty: owner                | duty: master                  | responsibilities.yaml:2 unknown-duty
            responsibilities.yaml | severity-min: high         | severity-min: hi              | responsibilities.yaml:2 unknown-level
            responsibilities.yaml | escalation: standard       | escalation: standart          | responsibilities.yaml:3 unknown-escalation
            responsibilities.yaml | valid-to: 2027-03-31       | valid-to: 2026-03-31          | responsibilities.yaml:3 never-valid
            responsibilities.yaml | valid-to: 2027-03-31       | valid-to: 2027-02-30          | responsibilities.yaml:3 bad-date
            responsibilities.yaml | "第12条"                    | ""                            | responsibilities.yaml:3 empty
            escalations.yaml   | notify: hall-desk             | notify: hall                  | escalations.yaml:3 unknown-contact
            escalations.yaml   | , ack-within: 15m             | ''                            | escalations.yaml:3 unreachable-step
            escalations.yaml   | 15m                           | 0s                            | escalations.yaml:3 bad-duration
            escalations.yaml   | notify: hall-desk             | notify: []                    | escalations.yaml:3 empty
            escalations.yaml   | notify: hall-desk             | 'notify: [hall-desk, hal]'    | escalations.yaml:3 unknown-contact
            escalations.yaml   | notify: hall-desk             | 'notify: [hall-desk, hall-desk]' | escalations.yaml:3 told-twice
            escalations.yaml   | notify: hall-desk             | 'notify: hall-desk, ack: all' | escalations.yaml:3 unknown-acknowledgement
            sources.yaml       | resource: api                 | resource: apis                | sources.yaml:2 unknown-resource
            sources.yaml       | charset: EUC-JP               | charset: EUC-JA               | sources.yaml:2 unknown-charset
            sources.yaml       | logs.gateway                  | events                        | sources.yaml:2 unknown-topic
            sources.yaml       | 10.20.0.1]                    | '"not a host"]'               | sources.yaml:2 bad-sender
            severity.yaml      | critical: low}                | critical: lowest}             | severity.yaml:2 unknown-severity
            """)
    void refuses(String file, String from, String to, String error) {
        city.change(file, from, to);

        assertThat(city.errors()).first().isEqualTo(error);
    }

    @Test
    void neverRepeatsASecretThatStandsInTheFile() {
        city.change("stakeholders.yaml", "env:KEY", "correct-horse");

        assertThat(city.problems().toString()).doesNotContain("correct-horse");
    }

    @Test
    void acceptsPlainHttpToThisMachineOnly() {
        city.change("stakeholders.yaml", "https://hook.example.jp/a", "http://127.0.0.1:8025/hook");
        assertThat(city.errors()).isEmpty();
        city.change("stakeholders.yaml", "127.0.0.1:8025", "[::1]:8025");
        assertThat(city.errors()).isEmpty();
        city.change("stakeholders.yaml", "[::1]:8025", "127.0.0.1.example.jp");
        assertThat(city.errors()).containsExactly("stakeholders.yaml:20 insecure-url");
    }

    @Test
    void aMissingFileIsAnErrorBesideTheOthers() {
        city.delete("escalations.yaml").change("sources.yaml", "Asia/Tokyo", "Nowhere");

        assertThat(city.errors())
                .containsExactly(
                        "responsibilities.yaml:3 unknown-escalation",
                        "escalations.yaml:0 missing-file",
                        "sources.yaml:2 unknown-zone");
    }

    @Test
    void brokenYamlInOneFileDoesNotHideTheErrorsOfAnother() {
        city.write("resources.yaml", "resources:\n  - {id: api\n  - broken").change("escalations.yaml", "15m", "soon");

        assertThat(city.errors())
                .contains("escalations.yaml:3 bad-duration")
                .anyMatch(error -> error.startsWith("resources.yaml:") && error.endsWith("yaml-syntax"));
    }

    @Test
    void anEntryWithErrorsIsStillKnownWhereItIsUsed() {
        city.change("resources.yaml", "criticality: high", "criticality: higher");

        assertThat(city.errors()).containsExactly("resources.yaml:5 unknown-criticality");
    }

    @Test
    void refusesTheSameDutyTwiceForTheSameDays() {
        String first = "valid-to: 2027-03-31, basis: \"第12条\"}\n";
        String again =
                "  - {resource: api, stakeholder: vendor, duty: operator, escalation: standard, valid-from: %s}\n";
        city.change("responsibilities.yaml", first, first + again.formatted("2027-03-31"));
        assertThat(city.errors()).containsExactly("responsibilities.yaml:4 duplicate-responsibility");

        city.change("responsibilities.yaml", "valid-from: 2027-03-31", "valid-from: 2027-04-01");
        assertThat(city.errors()).isEmpty();
    }

    @Test
    void refusesASenderOfTwoSourcesThatTheProgramCannotTellApart() {
        city.change(
                "sources.yaml",
                "Gateway 01]}\n",
                "Gateway 01]}\n  - {id: b, topic: logs.ids, format: nginx, zone: UTC, senders: [10.20.0.1]}\n");

        assertThat(city.errors()).containsExactly("sources.yaml:3 ambiguous-sender");

        city.change("sources.yaml", "logs.ids, format: nginx", "logs.ids, format: openssh");
        assertThat(city.errors()).isEmpty();
    }

    @Test
    void warnsOfFilesThatAreNotReadAndOfUnsignedWebhooks() {
        city.write("stakeholder.yaml", "stakeholders: []").change("stakeholders.yaml", ", secret: \"env:KEY\"", "");
        List<Problem> warnings = new ArrayList<>();
        CityReader.read(temp, Set.of(), warnings::add);

        assertThat(warnings)
                .extracting(city::brief)
                .containsExactly("stakeholders.yaml:20 unsigned-webhook", "stakeholder.yaml:0 unknown-file");
        assertThat(warnings.get(1).remedy()).isEqualTo("did you mean 'stakeholders.yaml'?");
    }

    /** An older city goes on, because alerts matter more; nobody may write such a webhook anew without saying so. */
    @Test
    void whoeverWritesAWebhookSaysThatItIsUnsigned() throws IOException {
        LocalDate today = LocalDate.of(2026, 7, 1);
        CityFiles signed = CityFiles.of(temp);
        city.change("stakeholders.yaml", ", secret: \"env:KEY\"", "");
        CityFiles unsigned = CityFiles.of(temp);
        assertThat(CityCheck.check(temp, Set.of(), today))
                .filteredOn(Problem::isError)
                .extracting(city::brief)
                .containsExactly("stakeholders.yaml:20 unsigned-webhook");
        assertThatThrownBy(() -> unsigned.readNew(Optional.of(signed), Set.of()))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("stakeholders.yaml:20")
                .hasMessageContaining("unsigned: true");
        assertThatThrownBy(() -> unsigned.readNew(Optional.empty(), Set.of())).isInstanceOf(ProblemsException.class);
        // Whoever changes something else in an older city is not kept from it.
        assertThat(unsigned.readNew(Optional.of(unsigned), Set.of()).contact("vendor-noc"))
                .isPresent();

        city.change(
                "stakeholders.yaml", "\"https://hook.example.jp/a\"", "\"https://hook.example.jp/a\", unsigned: true");
        assertThat(CityCheck.check(temp, Set.of(), today)).noneMatch(Problem::isError);
        assertThat(CityFiles.of(temp).readNew(Optional.of(signed), Set.of()).contact("vendor-noc"))
                .isPresent();
        city.change("stakeholders.yaml", "unsigned: true", "unsigned: true, secret: \"env:KEY\"");
        assertThat(city.errors()).containsExactly("stakeholders.yaml:20 contradiction");
    }

    @Test
    void theCitysWordsForMessagesAreFilesOfTheCity() throws IOException {
        CityFiles before = CityFiles.of(temp);
        Files.createDirectories(temp.resolve("templates"));
        city.write("templates/email.ja.txt", "一行目\n{{title}}\n{{acknowledge}}\n");
        Files.writeString(temp.resolve("templates").resolve(".hidden.txt"), "x");
        CityFiles after = CityFiles.of(temp);
        assertThat(after.texts())
                .containsKey("templates/email.ja.txt")
                .hasSize(before.texts().size() + 1);
        assertThat(after.hash()).isNotEqualTo(before.hash());
        assertThat(after.templates()).containsOnlyKeys("email.ja.txt");
        assertThat(after.withTemplates(Map.of()).hash()).isEqualTo(before.hash());
        assertThat(city.read().templates()).isEqualTo(after.templates());

        City old = after.read(Set.of(), warning -> {});
        City edited = after.with(Map.of("templates/email.ja.txt", "一行目\n{{headline}}\n{{acknowledge}}\n"))
                .read(Set.of(), warning -> {});
        assertThat(CityDiff.between(old, edited))
                .containsExactly(new CityDiff.Change(
                        CityDiff.Kind.TEMPLATE,
                        CityDiff.What.CHANGED,
                        "email.ja.txt",
                        List.of(new CityDiff.Field("line 2", "{{title}}", "{{headline}}"))));
        assertThat(CityDiff.between(before.read(Set.of(), warning -> {}), old))
                .singleElement()
                .satisfies(change -> assertThat(change.what()).isEqualTo(CityDiff.What.ADDED));
        for (String name : List.of("templates/../city.yaml", "templates/a/b.txt", "templates/x.sh", "templates/.txt")) {
            assertThatThrownBy(() -> before.with(Map.of(name, "x")))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFolderThatIsNotThereIsOneError() {
        assertThat(new CityFolderProbe(temp.resolve("none")).code()).isEqualTo("no-city");
    }

    private record CityFolderProbe(Path path) {
        String code() {
            try {
                CityReader.read(path, warning -> {});
                return "read";
            } catch (jp.hinomi.events.document.ProblemsException e) {
                return e.problems().get(0).code();
            }
        }
    }
}
