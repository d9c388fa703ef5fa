package jp.hinomi.alerting.proposal;

import static jp.hinomi.alerting.proposal.Hindsight.Effect.HIDDEN;
import static jp.hinomi.alerting.proposal.Hindsight.Effect.KEPT;
import static jp.hinomi.alerting.proposal.Hindsight.Effect.PERHAPS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.exception.ExceptedRules;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.RuleSource;
import org.junit.jupiter.api.Test;

class HindsightTest {
    private static final String RULES = """
            title: Refused
            name: refused
            logsource: {category: authentication}
            detection: {of: {event.outcome: failure}, condition: of}
            ---
            title: Let in
            name: let_in
            logsource: {category: authentication}
            detection: {of: {event.outcome: success}, condition: of}
            ---
            title: Guessing
            name: guessing
            correlation: {type: event_count, rules: [refused], group-by: [source.ip], timespan: 10m, condition: {gte: 3}}
            ---
            title: Guessed
            name: guessed
            correlation: {type: temporal_ordered, rules: [refused, let_in], group-by: [source.ip], timespan: 10m}
            ---
            title: Chain
            name: chain
            correlation: {type: temporal_ordered, rules: [guessing, let_in], group-by: [source.ip], timespan: 10m}
            ---
            title: No answer
            name: no_answer
            correlation: {type: absence, rules: [refused, let_in], group-by: [source.ip], timespan: 10m}
            ---
            title: Too few
            name: too_few
            correlation: {type: event_count, rules: [refused], timespan: 10m, condition: {lt: 3}}
            """;
    private static final String EXCEPTION = """
            title: Scanner
            name: scanner
            owner: soc
            reason: {en: own}
            expires: 2099-01-01
            logsource: {category: authentication}
            filter: {rules: [refused], scanner: {user.name: scanner}, condition: scanner}
            """;

    private static RuleSet rules() {
        RuleReader.Result read = RuleReader.readTexts(
                List.of(new RuleSource("rules.yml", RULES), new RuleSource("new.yml", EXCEPTION)), Placeholders.NONE);
        assertThat(read.problems()).isEmpty();
        return read.rules();
    }

    private static Hindsight.Effect effect(String rule, long count, PastAlert.Evidence... evidence) {
        RuleSet rules = rules();
        return new Hindsight(rules.byName().get(rule), rules, "new.yml", ZoneOffset.UTC)
                .of(new PastAlert("a", Instant.EPOCH, Optional.empty(), "", count, new ArrayList<>(List.of(evidence))));
    }

    private static PastAlert.Evidence of(String user, String... matched) {
        return new PastAlert.Evidence(
                new SecurityEvent.Builder("e", 0).put(Fields.USER_NAME, user).build(), Set.of(matched));
    }

    @Test
    void anAlertOfADetectionIsHiddenIfAllItsEventsAre() {
        assertThat(effect("refused", 2, of("SCANNER", "refused"), of("scanner", "refused")))
                .isEqualTo(HIDDEN);
        assertThat(effect("refused", 2, of("scanner", "refused"), of("root", "refused")))
                .isEqualTo(KEPT);
        assertThat(effect("refused", 1, of("root", "refused"))).isEqualTo(KEPT);
        assertThat(effect("refused", 300, of("scanner", "refused")))
                .as("299 of its events are not kept")
                .isEqualTo(PERHAPS);
    }

    @Test
    void aCountThatNoLongerReachesItsBoundIsHidden() {
        assertThat(effect("guessing", 3, of("scanner", "refused"), of("root", "refused"), of("root", "refused")))
                .isEqualTo(HIDDEN);
        assertThat(effect(
                        "guessing",
                        4,
                        of("scanner", "refused"),
                        of("root", "refused"),
                        of("root", "refused"),
                        of("root", "refused")))
                .as("three are left, maybe too slow")
                .isEqualTo(PERHAPS);
        assertThat(effect("guessing", 4, of("scanner", "refused"), of("root", "refused"), of("root", "refused")))
                .as("one of its events is not kept")
                .isEqualTo(PERHAPS);
    }

    @Test
    void aSequenceWithoutOneOfItsStepsIsHidden() {
        assertThat(effect("guessed", 2, of("scanner", "refused"), of("scanner", "let_in")))
                .isEqualTo(HIDDEN);
        assertThat(effect("guessed", 3, of("scanner", "refused"), of("root", "refused"), of("root", "let_in")))
                .isEqualTo(PERHAPS);
        assertThat(effect("guessed", 2, of("root", "refused"), of("scanner", "let_in")))
                .as("the exception is from the first step only")
                .isEqualTo(KEPT);
    }

    @Test
    void ofAChainTheEventsOfItsLinksAreNotThere() {
        assertThat(effect("chain", 2, of("scanner", "guessing"), of("scanner", "let_in")))
                .isEqualTo(KEPT);
        assertThat(effect("chain", 2, of("scanner", "guessing"), of("scanner", "refused")))
                .isEqualTo(PERHAPS);
    }

    @Test
    void whatIsAwaitedInVainIsNotExcepted() {
        RuleSet rules = rules();
        assertThat(ExceptedRules.of(rules.byName().get("no_answer"), rules))
                .extracting(rule -> rule.info().name())
                .containsExactly("refused");
        assertThat(ExceptedRules.of(rules.byName().get("chain"), rules))
                .extracting(rule -> rule.info().name())
                .containsExactly("refused", "let_in");
    }

    @Test
    void aRuleThatJudgesThatThereAreFewMayAlertMore() {
        RuleSet rules = rules();
        assertThat(rules.byName().values())
                .filteredOn(rule -> ExceptedRules.mayAlertMore(rule, rules))
                .extracting(rule -> rule.info().name())
                .containsExactly("too_few");
    }
}
