package jp.hinomi.alerting.escalation;

import static jp.hinomi.alerting.escalation.Target.State.ACKNOWLEDGED;
import static jp.hinomi.alerting.escalation.Target.State.NOT_OURS;
import static jp.hinomi.alerting.escalation.Target.State.PASSED;
import static jp.hinomi.alerting.escalation.Target.State.UNREACHABLE;
import static jp.hinomi.alerting.escalation.Target.State.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.city.AckMode;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final Duration SOON = Duration.ofMinutes(15);

    private static Ladder at(int step, AckMode... modes) {
        List<Policy.Step> steps = java.util.Arrays.stream(modes)
                .map(mode -> new Policy.Step(List.of("a", "b"), mode, Optional.of(SOON)))
                .toList();
        return new Ladder(new Policy("p", steps), 0, step);
    }

    private static Target told(int step, String contact, String organisation, Target.State state) {
        return new Target(
                step,
                contact,
                organisation,
                Optional.empty(),
                state,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void anyNeedsOne() {
        assertThat(Answers.suffice(at(0, AckMode.ANY), List.of(told(0, "a", "x", WAITING), told(0, "b", "y", WAITING))))
                .isFalse();
        assertThat(Answers.suffice(
                        at(0, AckMode.ANY), List.of(told(0, "a", "x", WAITING), told(0, "b", "y", ACKNOWLEDGED))))
                .isTrue();
    }

    @Test
    void eachNeedsAllThatWereReallyAsked() {
        Ladder ladder = at(0, AckMode.EACH);
        assertThat(Answers.suffice(ladder, List.of(told(0, "a", "x", ACKNOWLEDGED), told(0, "b", "x", WAITING))))
                .isFalse();
        assertThat(Answers.suffice(
                        ladder,
                        List.of(
                                told(0, "a", "x", ACKNOWLEDGED),
                                told(0, "b", "x", PASSED),
                                told(0, "c", "y", NOT_OURS))))
                .isTrue();
        assertThat(Answers.suffice(ladder, List.of(told(0, "a", "x", PASSED))))
                .as("nobody was asked, so nobody has answered")
                .isFalse();
    }

    @Test
    void perOrganisationNeedsOneOfEach() {
        Ladder ladder = at(0, AckMode.PER_ORGANISATION);
        List<Target> oneOfTwo =
                List.of(told(0, "a", "x", ACKNOWLEDGED), told(0, "b", "x", WAITING), told(0, "c", "y", WAITING));
        assertThat(Answers.suffice(ladder, oneOfTwo)).isFalse();
        List<Target> both =
                List.of(told(0, "a", "x", ACKNOWLEDGED), told(0, "b", "x", WAITING), told(0, "c", "y", ACKNOWLEDGED));
        assertThat(Answers.suffice(ladder, both)).isTrue();
    }

    @Test
    void aLateAnswerThatCompletesAnEarlierStepCounts() {
        Ladder second = at(1, AckMode.EACH, AckMode.EACH);
        List<Target> told =
                List.of(told(0, "a", "x", ACKNOWLEDGED), told(0, "b", "x", ACKNOWLEDGED), told(1, "c", "y", WAITING));
        assertThat(Answers.suffice(second, told)).isTrue();
        assertThat(Answers.suffice(at(0, AckMode.EACH), List.of(told(1, "c", "y", ACKNOWLEDGED))))
                .as("a step that was not reached does not count")
                .isFalse();
    }

    private static Target until(String contact, String organisation, Target.State state, long minutes) {
        return new Target(
                0,
                contact,
                organisation,
                Optional.empty(),
                state,
                Optional.empty(),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH.plusSeconds(60 * minutes)),
                Optional.empty());
    }

    private static Optional<Long> overAt(AckMode mode, Target... told) {
        return Answers.overAt(at(0, mode), List.of(told)).map(over -> over.getEpochSecond() / 60);
    }

    @Test
    void aStepIsOverAtTheFirstTimeThatIsMissed() {
        Target now = until("a", "x", WAITING, 15);
        Target later = until("b", "y", WAITING, 135);
        Target answered = until("a", "x", ACKNOWLEDGED, 15);
        for (AckMode mode : AckMode.values()) {
            assertThat(overAt(mode, now, later)).contains(15L);
            assertThat(overAt(mode, answered, later)).contains(135L);
            assertThat(overAt(mode, until("a", "x", UNREACHABLE, 15), later)).contains(135L);
            assertThat(overAt(mode, answered)).isEmpty();
        }
        // A colleague has answered for the first, so only the second organisation may miss its time.
        Target colleague = until("c", "x", ACKNOWLEDGED, 15);
        assertThat(overAt(AckMode.PER_ORGANISATION, now, colleague, later)).contains(135L);
        assertThat(overAt(AckMode.EACH, now, colleague, later)).contains(15L);
    }

    @Test
    void anAnswerSpeaksForWhoWasAsked() {
        List<Target> told = List.of(told(0, "a", "x", WAITING), told(0, "b", "y", WAITING), told(0, "c", "x", PASSED));
        for (AckMode mode : List.of(AckMode.ANY, AckMode.PER_ORGANISATION)) {
            Ladder ladder = at(0, mode);
            assertThat(Answers.spokenFor(ladder, told, Optional.of("a"), "x", Set.of()))
                    .containsExactly("a");
            assertThat(Answers.spokenFor(ladder, told, Optional.of("colleague"), "x", Set.of()))
                    .containsExactly("a");
            assertThat(Answers.spokenFor(ladder, told, Optional.of("stranger"), "z", Set.of()))
                    .isEmpty();
            assertThat(Answers.spokenFor(ladder, told, Optional.empty(), "y", Set.of()))
                    .containsExactly("b");
        }
        Ladder each = at(0, AckMode.EACH);
        assertThat(Answers.spokenFor(each, told, Optional.of("a"), "x", Set.of()))
                .containsExactly("a");
        assertThat(Answers.spokenFor(each, told, Optional.of("colleague"), "x", Set.of()))
                .isEmpty();
        assertThat(Answers.spokenFor(each, told, Optional.empty(), "x", Set.of()))
                .isEmpty();
        // Who was passed over and takes it all the same does.
        assertThat(Answers.spokenFor(each, told, Optional.of("c"), "x", Set.of()))
                .containsExactly("c");
    }

    @Test
    void whatNobodyElseHasIsNotAnswered() {
        List<Target> told = List.of(told(0, "a", "x", ACKNOWLEDGED), told(0, "b", "y", Target.State.ORPHANED));
        assertThat(Answers.suffice(at(0, AckMode.EACH), told)).isFalse();
        assertThat(Answers.suffice(at(0, AckMode.PER_ORGANISATION), told)).isFalse();
        assertThat(Answers.suffice(at(0, AckMode.ANY), told)).isTrue();
        assertThat(Answers.canSuffice(
                        at(0, AckMode.EACH),
                        List.of(told(0, "a", "x", WAITING), told(0, "b", "y", Target.State.ORPHANED))))
                .isFalse();
    }

    @Test
    void whatCannotBeAnsweredAnyMoreDoesNotWait() {
        List<Target> oneIsGone = List.of(told(0, "a", "x", UNREACHABLE), told(0, "b", "x", WAITING));
        assertThat(Answers.canSuffice(at(0, AckMode.ANY), oneIsGone)).isTrue();
        assertThat(Answers.canSuffice(at(0, AckMode.EACH), oneIsGone)).isFalse();
        assertThat(Answers.canSuffice(at(0, AckMode.PER_ORGANISATION), oneIsGone))
                .as("the colleague of the same organisation may still answer")
                .isTrue();
        assertThat(Answers.canSuffice(
                        at(0, AckMode.PER_ORGANISATION),
                        List.of(told(0, "a", "x", UNREACHABLE), told(0, "b", "y", WAITING))))
                .isFalse();
        assertThat(Answers.canSuffice(at(0, AckMode.ANY), List.of(told(0, "a", "x", UNREACHABLE))))
                .isFalse();
    }
}
