package jp.hinomi.correlation.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.api.Test;

/** Which edits take force. Files are written as users write them. */
class RuleEditsTest {
    private static final String LOGIN = """
            title: Login
            name: login
            logsource: {category: authentication}
            detection:
              it: {event.action: ssh_login}
              condition: it
            """;
    private static final String BURST = """
            title: Burst
            name: burst
            correlation:
              type: event_count
              rules: [login]
              timespan: 1m
              condition: {gte: 5}
            """;
    private static final String OTHER = LOGIN.replace("login", "other").replace("Login", "Other");

    private final Map<String, RuleRecord> before = new LinkedHashMap<>();
    private final Map<String, RuleRecord> wanted = new LinkedHashMap<>();

    private static void put(Map<String, RuleRecord> records, String file, String text) {
        RuleDocumentTexts.of(new RuleSource(file, text), problem -> {})
                .forEach(record -> records.put(record.key(), record));
    }

    private void was(String file, String text) {
        put(before, file, text);
        put(wanted, file, text);
    }

    private RuleEdits.Decision decide() {
        return RuleEdits.decide(
                before, wanted, records -> RuleCheck.of(records, 4).errors());
    }

    private static String text(RuleEdits.Decision decision, String key) {
        return decision.inForce().get(key).text();
    }

    @Test
    void withoutErrorsEverythingIsTaken() {
        was("login.yml", LOGIN);
        put(wanted, "burst.yml", BURST);
        assertThat(decide().inForce()).containsOnlyKeys("login", "burst");
        assertThat(decide().errors()).isEmpty();
    }

    @Test
    void aBrokenEditKeepsTheOldVersionAndNamesLineAndRemedyWhileTheOthersAreTaken() {
        was("login.yml", LOGIN);
        was("burst.yml", BURST);
        put(wanted, "burst.yml", BURST.replace("event_count", "event_cuont"));
        put(wanted, "login.yml", LOGIN.replace("ssh_login", "ssh_log"));
        RuleEdits.Decision decision = decide();
        assertThat(text(decision, "burst")).contains("event_count");
        assertThat(text(decision, "login")).contains("ssh_log}");
        assertThat(decision.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("burst.yml");
            assertThat(problem.line()).isEqualTo(4);
            assertThat(problem.remedy()).contains("event_count");
        });
    }

    @Test
    void whatTheEngineRefusesIsBrokenToo() {
        was("login.yml", LOGIN);
        was("burst.yml", BURST);
        put(wanted, "burst.yml", BURST.replace("gte: 5", "gte: 5000000"));
        assertThat(text(decide(), "burst")).contains("gte: 5}");
        assertThat(decide().errors()).isNotEmpty();
    }

    @Test
    void aNewRuleWithAnErrorStaysOutAndSoDoesWhatNeedsIt() {
        was("login.yml", LOGIN);
        put(wanted, "other.yml", OTHER.replace("condition: it", "condition: that"));
        put(wanted, "burst.yml", BURST.replace("[login]", "[login, other]"));
        assertThat(decide().inForce()).containsOnlyKeys("login");
    }

    /** The error stands in burst.yml, which nobody touched. */
    @Test
    void aRemovalThatBreaksAnotherRuleIsNotTaken() {
        was("login.yml", LOGIN);
        was("burst.yml", BURST);
        was("other.yml", OTHER);
        wanted.remove("login");
        wanted.remove("other");
        RuleEdits.Decision decision = decide();
        assertThat(decision.inForce()).containsOnlyKeys("login", "burst");
        assertThat(decision.errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.file()).isEqualTo("burst.yml"));
    }

    @Test
    void aRenamedDetectionIsTakenTogetherWithTheCorrelationThatListsIt() {
        was("rules.yml", LOGIN.replace("name: login", "id: 11\nname: login") + "---\n" + BURST);
        wanted.clear();
        put(
                wanted,
                "rules.yml",
                LOGIN.replace("name: login", "id: 11\nname: logon") + "---\n" + BURST.replace("[login]", "[logon]"));
        assertThat(text(decide(), "11")).contains("logon");
        assertThat(text(decide(), "burst")).contains("logon");
    }

    @Test
    void whatWasBrokenBeforeHoldsBackNobody() {
        put(before, "old.yml", OTHER.replace("condition: it", "condition: that"));
        was("login.yml", LOGIN);
        wanted.put("other", before.get("other"));
        put(wanted, "burst.yml", BURST);
        assertThat(decide().inForce()).containsKey("burst");
    }

    @Test
    void chainsDeeperThanTheJobAreRefusedByName() {
        was("login.yml", LOGIN);
        String inner = "login";
        for (int level = 1; level <= 5; level++) {
            put(
                    wanted,
                    "level" + level + ".yml",
                    BURST.replace("burst", "level" + level).replace("[login]", "[" + inner + "]"));
            inner = "level" + level;
        }
        RuleEdits.Decision decision = decide();
        assertThat(decision.inForce()).containsOnlyKeys("login", "level1", "level2", "level3", "level4");
        assertThat(decision.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("'level5'");
            assertThat(problem.remedy()).contains("--levels 5");
        });
    }
}
