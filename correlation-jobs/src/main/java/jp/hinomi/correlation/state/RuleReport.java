package jp.hinomi.correlation.state;

import java.util.Objects;

/**
 * How a rule fares in one subtask of one operator, on its way to where all subtasks are put together.
 *
 * @param reporter operator and subtask: {@code correlate-0/3}
 * @param rule its name
 * @param matches since the subtask started
 * @param alerts since the subtask started
 * @param nanos since the subtask started
 * @param warmUntil if it is still warming up: until when, in milliseconds of event time; else 0
 * @param quarantine the reason; empty if there is none
 */
public record RuleReport(
        String reporter,
        String rule,
        long matches,
        long alerts,
        long groups,
        long waiting,
        long nanos,
        long warmUntil,
        String quarantine) {
    public RuleReport {
        Objects.requireNonNull(reporter, "reporter");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(quarantine, "quarantine");
    }
}
