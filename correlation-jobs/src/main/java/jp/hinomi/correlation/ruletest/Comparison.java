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

    /** One line for each thing that differs; of an alert that came otherwise than expected, only what is otherwise. */
    static List<String> of(List<ExpectedAlert> expected, List<Alert> actual) {
        List<String> differences = new ArrayList<>();
        int e = 0;
        int a = 0;
        while (e < expected.size() || a < actual.size()) {
            ExpectedAlert wanted = e < expected.size() ? expected.get(e) : null;
            Alert came = a < actual.size() ? actual.get(a) : null;
            // With as many left as wanted they are the same alerts, told otherwise; else the time says which is one too
            // many.
            boolean asMany = expected.size() - e == actual.size() - a;
            if (came == null || !asMany && wanted != null && wanted.time().toEpochMilli() < came.time()) {
                differences.add("missing:    alert " + (e + 1) + " " + describe(wanted));
                e++;
            } else if (wanted == null || !asMany && wanted.time().toEpochMilli() > came.time()) {
                differences.add("unexpected: alert " + (a + 1) + " " + describe(came));
                a++;
            } else {
                if (!agrees(wanted, came)) {
                    differ(e + 1, wanted, came, differences);
                }
                e++;
                a++;
            }
        }
        return differences;
    }

    private static void differ(int number, ExpectedAlert wanted, Alert came, List<String> differences) {
        differences.add("otherwise:  alert " + number + " " + describe(came));
        long apart = came.time() - wanted.time().toEpochMilli();
        if (apart != 0) {
            differences.add("    time:  expected " + wanted.time() + ", was " + Instant.ofEpochMilli(came.time()) + " ("
                    + Math.abs(apart) + " ms " + (apart > 0 ? "later)" : "earlier)"));
        }
        if (!wanted.group().isEmpty() && !wanted.group().equals(came.group())) {
            differences.add("    group: expected" + group(wanted.group()) + ", was" + group(came.group()));
        }
        if (wanted.count().isPresent() && wanted.count().getAsLong() != came.count()) {
            differences.add("    count: expected " + wanted.count().getAsLong() + ", was " + came.count());
        }
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
