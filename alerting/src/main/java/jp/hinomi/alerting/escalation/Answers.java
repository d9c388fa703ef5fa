package jp.hinomi.alerting.escalation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.city.AckMode;

/** Whether the answers that have come are those that an escalation needs. Stateless. */
public final class Answers {
    private Answers() {}

    /**
     * Whether the escalation is answered: one of the steps told in this loop has all the answers that it needs. So a late
     * answer that completes an earlier step counts as well as one of the step that is waited for.
     *
     * @param told every target of this loop, the answer that just came included
     */
    public static boolean suffice(Ladder ladder, List<Target> told) {
        for (int step = 0; step <= ladder.step(); step++) {
            if (isAnswered(ladder.policy().steps().get(step).ack(), of(told, step))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The targets that an answer speaks for: the contact itself; where a step does not want each in person, also its
     * colleagues whom it told. Empty if the step asked neither that contact nor its organisation.
     *
     * @param contact who answers; absent if somebody of the organisation does who is no contact
     * @param duties ids of schedules that the contact is on duty in now: it speaks for whoever was when the step was told
     */
    public static Set<String> spokenFor(
            Ladder ladder, List<Target> told, Optional<String> contact, String organisation, Set<String> duties) {
        return told.stream()
                .filter(target -> contact.filter(target.contact()::equals).isPresent()
                        || target.via().filter(duties::contains).isPresent()
                        || ladder.policy().steps().get(target.step()).ack() != AckMode.EACH
                                && target.stakeholder().equals(organisation)
                                && target.state() != Target.State.PASSED)
                .map(Target::contact)
                .collect(Collectors.toSet());
    }

    /**
     * When the step that is waited for is over if nobody else answers: at the first time that somebody misses whose answer it
     * needs. Who has answered misses none, and whose notice is held back has its own. Absent = its contacts have all the time
     * there is.
     */
    public static Optional<Instant> overAt(Ladder ladder, List<Target> told) {
        List<Target> current = of(told, ladder.step());
        Set<String> answered = ladder.current().ack() == AckMode.PER_ORGANISATION
                ? current.stream()
                        .filter(Answers::isAcknowledged)
                        .map(Target::stakeholder)
                        .collect(Collectors.toSet())
                : Set.of();
        return current.stream()
                .filter(target -> target.canAnswer() && !answered.contains(target.stakeholder()))
                .flatMap(target -> target.answerBy().stream())
                .min(Comparator.naturalOrder());
    }

    /** Whether the step that is waited for can still get the answers that it needs. */
    public static boolean canSuffice(Ladder ladder, List<Target> told) {
        List<Target> current = of(told, ladder.step());
        return switch (ladder.current().ack()) {
            case ANY -> current.stream().anyMatch(Target::canAnswer);
            case EACH ->
                current.stream().anyMatch(Target::canAnswer)
                        && current.stream().filter(Target::isAsked).allMatch(Answers::isOrMayBe);
            case PER_ORGANISATION ->
                current.stream().anyMatch(Target::canAnswer)
                        && byOrganisation(current).values().stream()
                                .allMatch(organisation -> organisation.stream().anyMatch(Answers::isOrMayBe));
        };
    }

    private static boolean isAnswered(AckMode mode, List<Target> step) {
        List<Target> asked = step.stream().filter(Target::isAsked).toList();
        if (asked.isEmpty()) {
            return false;
        }
        return switch (mode) {
            case ANY -> asked.stream().anyMatch(Answers::isAcknowledged);
            case EACH -> asked.stream().allMatch(Answers::isAcknowledged);
            case PER_ORGANISATION ->
                byOrganisation(asked).values().stream()
                        .allMatch(organisation -> organisation.stream().anyMatch(Answers::isAcknowledged));
        };
    }

    private static boolean isAcknowledged(Target target) {
        return target.state() == Target.State.ACKNOWLEDGED;
    }

    private static boolean isOrMayBe(Target target) {
        return target.canAnswer() || isAcknowledged(target);
    }

    private static List<Target> of(List<Target> told, int step) {
        return told.stream().filter(target -> target.step() == step).toList();
    }

    private static Map<String, List<Target>> byOrganisation(List<Target> targets) {
        return targets.stream().filter(Target::isAsked).collect(Collectors.groupingBy(Target::stakeholder));
    }
}
