package jp.hinomi.city;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What alerts a silence or an inhibition is about: every label named must be there, with one of the values that stand for it. A
 * value may have {@code *} for any text. Labels are {@code rule}, {@code severity}, {@code resource}, {@code stakeholder},
 * {@code contact}, {@code tag} and the fields that the alert is grouped by, such as {@code source.ip}.
 *
 * @param values by label; at least one label, each with at least one value
 */
public record Matchers(Map<String, List<String>> values) {
    public Matchers {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((label, patterns) -> copy.put(label, List.copyOf(patterns)));
        values = java.util.Collections.unmodifiableMap(copy);
        if (values.isEmpty() || values.values().stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("matchers that would match everything");
        }
    }

    /** @param labels values by label; a label without values is not there */
    public boolean match(Map<String, Set<String>> labels) {
        return values.entrySet().stream()
                .allMatch(entry -> labels.getOrDefault(entry.getKey(), Set.of()).stream()
                        .anyMatch(value -> entry.getValue().stream().anyMatch(pattern -> matches(pattern, value))));
    }

    /** In one pass over the value for each star: no pattern is slow. */
    static boolean matches(String pattern, String value) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(value);
        }
        if (!value.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = value.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String last = parts[parts.length - 1];
        return value.length() - last.length() >= at && value.endsWith(last);
    }

    /** As a person writes it: {@code rule=a, resource=b|c}. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + String.join("|", entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
