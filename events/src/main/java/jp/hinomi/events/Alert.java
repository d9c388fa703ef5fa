package jp.hinomi.events;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a rule says to people. A later revision with the same {@link #id} replaces the earlier one.
 *
 * <p>Times are milliseconds since the epoch, in the correlation time of the events. Immutable; built and read as JSON by
 * {@link AlertJson}.
 *
 * @param id hash of rule id, group values and the id of the event that completed the first firing; see {@link AlertIds}
 * @param revision starts at 1 and grows with every change
 * @param time the first firing
 * @param first time of the first evidence
 * @param last time of the last evidence
 * @param count how many distinct events; may exceed the evidence, of which only the newest are kept
 * @param group values of the rule's {@code group-by} fields, in their order; empty without {@code group-by}
 * @param evidence the newest events, in order of (time, id), at most {@link #MAX_EVIDENCE}
 * @param notEvaluable ids of the sources that were silent, so that the rule could not see them
 */
public record Alert(
        String id,
        int revision,
        long time,
        long first,
        long last,
        long count,
        Rule rule,
        Severity severity,
        Tlp tlp,
        Map<String, String> group,
        List<Evidence> evidence,
        List<AffectedResource> resources,
        List<Map<String, Object>> indicators,
        List<String> notEvaluable) {

    public static final int MAX_EVIDENCE = 50;

    public Alert {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(tlp, "tlp");
        if (revision < 1) {
            throw new IllegalArgumentException("revision " + revision + " of alert " + id + " is below 1");
        }
        if (first > last) {
            throw new IllegalArgumentException("alert " + id + " ends before it begins");
        }
        if (evidence.size() > MAX_EVIDENCE) {
            throw new IllegalArgumentException(
                    "alert " + id + " has more than " + MAX_EVIDENCE + " pieces of evidence");
        }
        // Map.copyOf would lose the order of group-by.
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
        evidence = List.copyOf(evidence);
        resources = List.copyOf(resources);
        indicators = List.copyOf(indicators);
        notEvaluable = List.copyOf(notEvaluable);
    }

    /**
     * True if this takes the place of another alert of the same id: it has the higher revision, or the same, which two events
     * of one id may give, and is the earlier.
     */
    public boolean replaces(Alert other) {
        return revision != other.revision ? revision > other.revision : time < other.time;
    }

    /**
     * The rule as it was when the alert was raised.
     *
     * @param id the rule's UUID, or its name where it has none
     * @param version content hash of the rule
     * @param title by language ({@code en}, {@code ja}); at least one
     * @param response first steps for the recipient, by language; may be empty
     * @param status of Sigma: {@code experimental}, {@code test}, {@code stable} …; empty if the rule has none
     */
    public record Rule(
            String id,
            String name,
            String version,
            Map<String, String> title,
            Severity level,
            List<String> tags,
            Map<String, String> response,
            String status) {
        /** What is not ready yet: only the authors of rules hear of it. */
        public static final String EXPERIMENTAL = "experimental";

        public Rule {
            Objects.requireNonNull(id, "rule id");
            Objects.requireNonNull(level, "rule level");
            Objects.requireNonNull(status, "rule status");
            title = Map.copyOf(title);
            tags = List.copyOf(tags);
            response = Map.copyOf(response);
            if (title.isEmpty()) {
                throw new IllegalArgumentException("rule " + id + " has no title");
            }
        }

        /** Without status. */
        public Rule(
                String id,
                String name,
                String version,
                Map<String, String> title,
                Severity level,
                List<String> tags,
                Map<String, String> response) {
            this(id, name, version, title, level, tags, response, "");
        }

        /** The title in that language, else in English, else in any. */
        public String title(String language) {
            return inLanguage(title, language);
        }

        /** The first steps in that language, else in English, else in any; empty if the rule names none. */
        public String response(String language) {
            return response.isEmpty() ? "" : inLanguage(response, language);
        }

        private static String inLanguage(Map<String, String> texts, String language) {
            String text = texts.get(language);
            if (text == null) {
                text = texts.get("en");
            }
            return text != null ? text : texts.values().iterator().next();
        }
    }

    /**
     * One event that the alert rests on.
     *
     * @param matched names of the rules it matched
     */
    public record Evidence(SecurityEvent event, List<String> matched) {
        public Evidence {
            Objects.requireNonNull(event, "event");
            matched = List.copyOf(matched);
        }
    }

    /** A resource of the city that the alert touches, and how. */
    public record AffectedResource(String id, Part part) {
        public AffectedResource {
            Objects.requireNonNull(id, "resource id");
            Objects.requireNonNull(part, "part");
        }
    }

    /** The role of a resource in an alert. */
    public enum Part {
        /** It was attacked, or the action was done to it. */
        TARGET,
        /** The action came from it. */
        ORIGIN,
        /** It saw and reported the action. */
        OBSERVER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Part ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
