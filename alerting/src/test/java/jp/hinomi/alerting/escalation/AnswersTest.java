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
