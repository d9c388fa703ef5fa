package jp.hinomi.events;

import java.util.Locale;

/** How bad, in Sigma's five levels. Used for a rule's level and for an alert's severity; ordered, worst last. */
public enum Severity {
    INFORMATIONAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** The word in files and JSON: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if {@code word} is not one of the five */
    public static Severity ofWord(String word) {
        for (Severity severity : values()) {
            if (severity.word().equals(word)) {
                return severity;
            }
        }
        throw new IllegalArgumentException(
                "'" + word + "' is not a level: use informational, low, medium, high or critical");
    }
}
