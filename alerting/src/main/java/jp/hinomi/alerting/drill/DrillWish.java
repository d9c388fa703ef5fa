package jp.hinomi.alerting.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.events.Severity;

/**
 * An exercise as somebody asks for it, on the page or over the API: nothing in it is checked yet.
 *
 * @param due absent = it cannot be read
 */
public record DrillWish(String ja, String en, Optional<Instant> due, List<Step> steps) {
    /** Characters of a name or a title. */
    public static final int LONGEST_NAME = 120;

    /** Alerts of one exercise. */
    public static final int MOST_STEPS = 20;

    /** Of the last alert after the beginning. */
    public static final Duration FARTHEST = Duration.ofDays(3);

    private static final Duration LATEST = Duration.ofDays(366);

    /** What was just now when somebody began to write is not the past yet. */
    private static final Duration JUST_NOW = Duration.ofMinutes(1);

    public DrillWish {
        steps = List.copyOf(steps);
    }

    /**
     * An alert as somebody asks for it.
     *
     * @param ja title; both empty = the name of the exercise
     * @param severity its word; empty = high
     * @param after the beginning; absent = it cannot be read
     */
    public record Step(String ja, String en, String severity, String resource, Optional<Duration> after) {
        private Optional<Severity> level() {
            return severity.isEmpty()
                    ? Optional.of(Severity.HIGH)
                    : Arrays.stream(Severity.values())
                            .filter(each -> each.word().equals(severity))
                            .findFirst();
        }

        private boolean hasTitle() {
            return !ja.isBlank() && !en.isBlank();
        }
    }

    /**
     * The alerts in the order in which they are sent.
     *
     * @param resources ids of the city's
     * @throws Refused with everything that is wrong
     */
    public List<DrillStep> checked(Set<String> resources, Instant now) {
        Map<DrillReason, Refused> wrong = new LinkedHashMap<>();
        refuse(wrong, !isName(ja) || !isName(en), DrillReason.NAME, LONGEST_NAME);
        refuse(
                wrong,
                due.filter(at -> !at.isBefore(now.minus(JUST_NOW)) && !at.isAfter(now.plus(LATEST)))
                        .isEmpty(),
                DrillReason.TIME);
        refuse(wrong, steps.isEmpty(), DrillReason.NO_ALERT);
        refuse(wrong, steps.size() > MOST_STEPS, DrillReason.MANY, MOST_STEPS);
        for (Step each : steps) {
            refuse(wrong, !resources.contains(each.resource()), DrillReason.RESOURCE, each.resource());
            refuse(
                    wrong,
                    each.ja().isBlank() != each.en().isBlank()
                            || each.ja().length() > LONGEST_NAME
                            || each.en().length() > LONGEST_NAME,
                    DrillReason.TITLE,
                    LONGEST_NAME);
            refuse(wrong, each.level().isEmpty(), DrillReason.SEVERITY, each.severity());
            refuse(
                    wrong,
                    each.after()
                            .filter(after -> !after.isNegative() && after.compareTo(FARTHEST) <= 0)
                            .isEmpty(),
                    DrillReason.AFTER,
                    FARTHEST.toMinutes());
        }
        if (!wrong.isEmpty()) {
            throw Refused.all(List.copyOf(wrong.values()));
        }
        return inOrder();
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME;
    }

    private static void refuse(Map<DrillReason, Refused> wrong, boolean isWrong, DrillReason why, Object... details) {
        if (isWrong) {
            wrong.computeIfAbsent(why, reason -> new Refused(reason, details));
        }
    }

    private List<DrillStep> inOrder() {
        List<Step> sorted = new ArrayList<>(steps);
        sorted.sort(Comparator.comparing(step -> step.after().orElseThrow()));
        List<DrillStep> planned = new ArrayList<>();
        for (Step each : sorted) {
            planned.add(DrillStep.planned(
                    planned.size() + 1,
                    each.hasTitle() ? Map.of("ja", each.ja(), "en", each.en()) : Map.of(),
                    each.level().orElseThrow(),
                    each.resource(),
                    each.after().orElseThrow()));
        }
        return planned;
    }
}
