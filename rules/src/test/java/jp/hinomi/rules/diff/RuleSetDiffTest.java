package jp.hinomi.rules.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.hinomi.rules.RuleReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a change of rules, what does not, and what else it touches. */
class RuleSetDiffTest {
    private static final String REFUSED = """
            title: Refused
            id: 6a1f5f7e-0000-4000-8000-000000000001
            name: refused
            logsource: {category: webserver}
            detection:
              admin: {url.path|startswith: [/admin, /manage], http.response.status_code: [401, 403]}
              own: {source.ip|cidr: 192.0.2.0/24}
              condition: admin and not own
            level: low
            tags: [cps.ae-3]
            """;
    private static final String GUESSING = """
            title: Guessing
            name: guessing
            correlation: {type: event_count, rules: [refused], group-by: [source.ip], timespan: 5m, condition: {gte: 5}}
            level: medium
            """;
    private static final String STORY = """
            title: Story
            name: story
            correlation: {type: temporal, rules: [guessing, other], group-by: [source.ip], timespan: 1h}
            ---
            title: Other
            name: other
            logsource: {category: webserver}
            detection: {s: {url.path: /other}, condition: s}
            """;

    @TempDir
    Path folder;

    private List<RuleChange> diff(String before, String after) throws IOException {
        List<Path> was = write("was", before);
        List<Path> is = write("is", after);
        RuleReader.Result old = RuleReader.read(was);
        RuleReader.Result now = RuleReader.read(is);
        assertThat(old.hasErrors()).as(old.problems().toString()).isFalse();
        assertThat(now.hasErrors()).as(now.problems().toString()).isFalse();
        return RuleSetDiff.of(was, old.rules(), is, now.rules()).changes();
    }

    private List<Path> write(String name, String text) throws IOException {
        Path file = folder.resolve(name).resolve("rules.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return List.of(file.getParent());
    }

    private static String all(String... documents) {
        return String.join("---\n", documents);
    }

    @Test
    void layoutCommentsOrderAndNamesOfSelectionsAreNoChange() throws IOException {
        assertThat(diff(all(REFUSED, GUESSING), all(GUESSING, """
                        # the same in other words
                        name: 'refused'
                        id: 6a1f5f7e-0000-4000-8000-000000000001
                        title: "Refused"
                        tags:
                          - cps.ae-3
                        level: low
                        detection:
                            ours:
                                source.ip|cidr: 192.0.2.0/24
                            refused:
                                http.response.status_code:
                                    - 403
                                    - 401
                                url.path|startswith:
                                    - /manage
                                    - /admin
                            condition: (not ours) and (refused)
                        logsource:
                            category: webserver
                        """))).isEmpty();
    }

    @Test
    void valuesThatCameAndWentAreNamedWhereTheyStand() throws IOException {
        List<RuleChange> changes = diff(
                REFUSED,
                REFUSED.replace("[/admin, /manage]", "[/admin, /console]")
                        .replace(
                                "http.response.status_code: [401, 403]", "http.response.status_code: [401, 403, 429]"));
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).kind()).isEqualTo(RuleChange.Kind.CHANGED);
        assertThat(changes.get(0).changesAlerts()).isTrue();
        assertThat(changes.get(0).differences())
                .containsExactly(
                        new Difference(
                                Aspect.DETECTION, "admin.url.path|startswith", List.of("/manage"), List.of("/console")),
                        new Difference(Aspect.DETECTION, "admin.http.response.status_code", List.of(), List.of("429")));
    }

    @Test
    void theConditionAloneMayChange() throws IOException {
        assertThat(diff(REFUSED, REFUSED.replace("admin and not own", "admin or own"))
                        .get(0)
                        .differences())
                .containsExactly(
                        new Difference(Aspect.CONDITION, "", List.of("admin and not own"), List.of("admin or own")));
    }

    @Test
    void anotherEndOfAnExceptionIsAChangeOfItsRule() throws IOException {
        String exception = """
                title: Scanner
                owner: city-soc
                reason: it is ours
                expires: 2026-03-31
                logsource: {category: webserver}
                filter: {rules: [refused], scanner: {source.ip: 198.51.100.7}, condition: scanner}
                """;
        assertThat(diff(all(REFUSED, exception), all(REFUSED, exception.replace("03-31", "09-30")))
                        .get(0)
                        .differences())
                .containsExactly(new Difference(
                        Aspect.EXCEPTION, "Scanner.expires", List.of("2026-03-31"), List.of("2026-09-30")));
    }

    @Test
    void aFilterIsAChangeOfItsRule() throws IOException {
        String filter = """
                title: Scanner
                name: scanner
                logsource: {category: webserver}
                filter: {rules: [refused], scanner: {source.ip: 198.51.100.7}, condition: scanner}
                """;
        assertThat(diff(REFUSED, all(REFUSED, filter)).get(0).differences())
                .containsExactly(new Difference(Aspect.EXCEPTION, "", List.of(), List.of("scanner")));
        assertThat(diff(all(REFUSED, filter), all(REFUSED, filter.replace("100.7", "100.8")))
                        .get(0)
                        .differences())
                .containsExactly(new Difference(
                        Aspect.EXCEPTION,
                        "scanner.scanner.source.ip",
                        List.of("198.51.100.7"),
                        List.of("198.51.100.8")));
    }

    @Test
    void ofACorrelationEachPartIsTold() throws IOException {
        List<RuleChange> changes = diff(
                all(REFUSED, GUESSING),
                all(
                        REFUSED,
                        GUESSING.replace("event_count", "value_count")
                                .replace("group-by: [source.ip]", "group-by: [user.name]")
                                .replace("timespan: 5m", "timespan: 90s")
                                .replace("{gte: 5}", "{gte: 3, field: url.path}")
                                .replace("level: medium", "level: high\nsuppress: 2h")));
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).differences())
                .containsExactly(
                        new Difference(Aspect.TYPE, "", List.of("event_count"), List.of("value_count")),
                        new Difference(Aspect.GROUP_BY, "", List.of("source.ip"), List.of("user.name")),
                        new Difference(Aspect.TIMESPAN, "", List.of("5m"), List.of("90s")),
                        new Difference(Aspect.CRITERION, "", List.of("gte 5"), List.of("gte 3")),
                        new Difference(Aspect.FIELD, "", List.of(), List.of("url.path")),
                        new Difference(Aspect.SUPPRESS, "", List.of(), List.of("2h")),
                        new Difference(Aspect.LEVEL, "", List.of("medium"), List.of("high")));
    }

    @Test
    void whoRefersToWhatMatchesOtherwiseIsTouchedAllTheWayUp() throws IOException {
        List<RuleChange> changes =
                diff(all(REFUSED, GUESSING, STORY), all(REFUSED.replace("/manage", "/console"), GUESSING, STORY));
        assertThat(changes).extracting(RuleChange::name).containsExactly("refused", "guessing", "story");
        assertThat(changes)
                .extracting(RuleChange::kind)
                .containsExactly(RuleChange.Kind.CHANGED, RuleChange.Kind.TOUCHED, RuleChange.Kind.TOUCHED);
        assertThat(changes.get(2).touchedBy()).containsExactly("refused");
        assertThat(diff(
                        all(REFUSED, GUESSING, STORY),
                        all(REFUSED.replace("level: low", "level: high"), GUESSING, STORY)))
                .as("a level changes no match")
                .extracting(RuleChange::name)
                .containsExactly("refused");
    }

    @Test
    void whatIsOnlyReadChangesNoAlert() throws IOException {
        List<RuleChange> changes = diff(
                REFUSED,
                REFUSED.replace("title: Refused", "title: Refused at the door\ndescription: More of it")
                        .replace("[cps.ae-3]", "[cps.ae-3, cps.dp-4]"));
        assertThat(changes.get(0).changesAlerts()).isFalse();
        assertThat(changes.get(0).differences())
                .containsExactly(
                        new Difference(Aspect.TAGS, "", List.of(), List.of("cps.dp-4")),
                        new Difference(Aspect.TEXT, "title", List.of("Refused"), List.of("Refused at the door")),
                        new Difference(Aspect.TEXT, "description", List.of(), List.of("More of it")));
    }

    @Test
    void rulesComeGoAndGetOtherNames() throws IOException {
        List<RuleChange> changes = diff(
                all(REFUSED, STORY.substring(STORY.indexOf("title: Other"))),
                all(
                        REFUSED.replace("name: refused", "name: admin_refused"),
                        GUESSING.replace("[refused]", "[admin_refused]")));
        assertThat(changes)
                .extracting(change -> change.kind() + " " + change.name())
                .containsExactly("ADDED guessing", "REMOVED other", "RENAMED admin_refused");
        assertThat(changes.get(2).differences())
                .containsExactly(
                        new Difference(Aspect.NAME, "", List.of("refused"), List.of("admin_refused")),
                        // A correlation refers to it now, so it is silent by itself.
                        new Difference(Aspect.ALERTS, "", List.of("true"), List.of("false")));
    }

    @Test
    void ofSeveralThatMustHoldTheSameTwiceIsNotTheSameOnce() throws IOException {
        String twice = """
                title: Two
                name: two
                logsource: {category: webserver}
                detection:
                  s1: {url.path: /x}
                  s2: {url.path: /x}
                  s3: {url.path: /y}
                  condition: 2 of s*
                """;
        assertThat(diff(twice, twice.replace("  s2: {url.path: /x}\n", ""))
                        .get(0)
                        .differences())
                .extracting(Difference::aspect)
                .containsExactly(Aspect.DETECTION);
        assertThat(diff(twice, twice.replace("s1:", "s4:")))
                .as("in another order")
                .isEmpty();
        assertThat(diff(
                        twice.replace("2 of", "1 of"),
                        twice.replace("2 of", "1 of").replace("  s2: {url.path: /x}\n", "")))
                .as("of alternatives the same twice is the same once")
                .isEmpty();
    }

    @Test
    void whereALineEndsMattersInEpl() throws IOException {
        String epl = """
                title: Far
                name: far
                correlation:
                  type: epl
                  rules: [refused]
                  group-by: [source.ip]
                  timespan: 5m
                  epl: |
                    select * from refused // note
                    where `url.path` = 'a  b'
                """;
        assertThat(diff(all(REFUSED, epl), all(REFUSED, epl.replace("note\n    where", "note where"))))
                .extracting(RuleChange::name)
                .containsExactly("far");
        assertThat(diff(all(REFUSED, epl), all(REFUSED, epl.replace("'a  b'", "'a b'"))))
                .extracting(RuleChange::name)
                .containsExactly("far");
        assertThat(diff(all(REFUSED, epl), all(REFUSED, epl.replace("epl: |\n", "epl: |+\n") + "\n")))
                .isEmpty();
    }

    @Test
    void whoRefersToANameThatIsAnotherRulesNowIsTouched() throws IOException {
        String other = "6a1f5f7e-0000-4000-8000-000000000002";
        String swapped = REFUSED.replace("0001", "0002").replace("[401, 403]", "[500]");
        assertThat(swapped).contains(other);
        List<RuleChange> changes = diff(
                all(REFUSED, GUESSING, STORY),
                all(REFUSED.replace("name: refused", "name: old_refused"), swapped, GUESSING, STORY));
        assertThat(changes)
                .filteredOn(change -> change.kind() == RuleChange.Kind.TOUCHED)
                .extracting(change -> change.name() + " " + change.touchedBy())
                .containsExactly("guessing [refused]", "story [refused]");
        // Two rules that take each other's name.
        String second = swapped.replace("name: refused", "name: second");
        assertThat(diff(
                        all(REFUSED, second, GUESSING),
                        all(
                                REFUSED.replace("name: refused", "name: second"),
                                second.replace("name: second", "name: refused"),
                                GUESSING)))
                .filteredOn(change -> change.name().equals("guessing"))
                .extracting(RuleChange::kind)
                .containsExactly(RuleChange.Kind.TOUCHED);
        assertThat(diff(
                        all(REFUSED, GUESSING),
                        all(
                                REFUSED.replace("name: refused", "name: denied"),
                                GUESSING.replace("[refused]", "[denied]"))))
                .as("the same rule under another name matches the same")
                .filteredOn(change -> change.name().equals("guessing"))
                .flatExtracting(RuleChange::touchedBy)
                .isEmpty();
    }
}
