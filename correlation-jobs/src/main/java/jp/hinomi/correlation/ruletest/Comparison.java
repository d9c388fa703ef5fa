package jp.hinomi.correlation.ruletest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.hinomi.events.Alert;
import jp.hinomi.rules.content.ExpectedAlert;

/** What differs between the alerts that a test expects and those that came. */
final class Comparison {
    private Comparison() {}

    static List<String> of(List<ExpectedAlert> expected, List<Alert> actual) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            if (i >= actual.size()) {
                differences.add("missing:    alert " + (i + 1) + " " + describe(expected.get(i)));
            } else if (i >= expected.size()) {
                differences.add("unexpected: alert " + (i + 1) + " " + describe(actual.get(i)));
            } else if (!agrees(expected.get(i), actual.get(i))) {
                differences.add("expected:   alert " + (i + 1) + " " + describe(expected.get(i)));
                differences.add("but was:    alert " + (i + 1) + " " + describe(actual.get(i)));
            }
        }
        return differences;
    }

    private static boolean agrees(ExpectedAlert expected, Alert actual) {
        return expected.time().toEpochMilli() == actual.time()
                && (expected.group().isEmpty() || expected.group().equals(actual.group()))
                && (expected.count().isEmpty() || expected.count().getAsLong() == actual.count());
    }

    private static String describe(ExpectedAlert alert) {
        return "at " + alert.time() + group(alert.group())
                + (alert.count().isPresent() ? " count " + alert.count().getAsLong() : "");
    }

    private static String describe(Alert alert) {
        return "at " + Instant.ofEpochMilli(alert.time()) + group(alert.group()) + " count " + alert.count();
    }

    private static String group(Map<String, String> group) {
        return group.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", ", " {", "}"));
    }
}
