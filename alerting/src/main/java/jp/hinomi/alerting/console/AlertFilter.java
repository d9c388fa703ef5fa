package jp.hinomi.alerting.console;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.alerting.triage.Verdict;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which alerts somebody wants to see; the query part of the list's address, so that it can be kept and sent.
 *
 * @param severities empty = all
 * @param status {@code live} (whatever is not closed), {@code open}, {@code acknowledged}, {@code in-progress} or
 *     {@code closed}; empty = all
 * @param text every word of it must occur; {@code -word} must not; {@code "two words"} are one; empty = anything
 * @param assignee an account, {@link #ME} or {@link #NOBODY}
 * @param delivery {@code dead}, {@code waiting}, {@code gap} or {@code none}: what became of the messages
 * @param from the alert's events end no earlier
 * @param to the alert's events begin no later
 * @param worstFirst by severity and then by arrival, not by arrival alone
 */
public record AlertFilter(
        Set<Severity> severities,
        Optional<String> status,
        String text,
        Optional<String> resource,
        Optional<String> stakeholder,
        Optional<String> rule,
        Optional<String> assignee,
        Optional<Tlp> tlp,
        Optional<String> delivery,
        Optional<Verdict> verdict,
        Optional<Instant> from,
        Optional<Instant> to,
        boolean worstFirst) {
    /** Whoever looks. */
    public static final String ME = "~me";

    public static final String NOBODY = "~nobody";

    /** What has no status in its address means. */
    public static final String LIVE = "live";

    private static final String ALL = "all";
    private static final List<String> STATUSES = List.of(LIVE, "open", "acknowledged", "in-progress", "closed");
    private static final List<String> DELIVERIES = List.of("dead", "waiting", "gap", "none");

    /** More words than that are left out: each costs a comparison of every alert. */
    private static final int MOST_WORDS = 12;

    private static final Pattern WORD = Pattern.compile("(-?)(?:\"([^\"]*)\"|([^\\s\\u3000]+))");

    /** Reads what an address says; what it cannot mean is left out, so that an old bookmark still opens. */
    public static AlertFilter of(
            List<String> severities, String status, String text, String resource, String stakeholder) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        parameters.put("severity", severities == null ? List.of() : severities);
        parameters.put("status", List.of(status == null ? ALL : status));
        parameters.put("q", List.of(text == null ? "" : text));
        parameters.put("resource", List.of(resource == null ? "" : resource));
        parameters.put("stakeholder", List.of(stakeholder == null ? "" : stakeholder));
        return of(parameters);
    }

    /** The same of all parameters of an address. Without a status only what is not closed. */
    public static AlertFilter of(Map<String, List<String>> parameters) {
        EnumSet<Severity> chosen = EnumSet.noneOf(Severity.class);
        for (Severity severity : Severity.values()) {
            if (parameters.getOrDefault("severity", List.of()).contains(severity.word())) {
                chosen.add(severity);
            }
        }
        String status = one(parameters, "status").orElse(LIVE);
        return new AlertFilter(
                chosen,
                Optional.of(status).filter(STATUSES::contains),
                one(parameters, "q").map(String::strip).orElse(""),
                one(parameters, "resource"),
                one(parameters, "stakeholder"),
                one(parameters, "rule"),
                one(parameters, "assignee"),
                one(parameters, "tlp").flatMap(AlertFilter::tlp),
                one(parameters, "delivery").filter(DELIVERIES::contains),
                one(parameters, "verdict").flatMap(Verdict::ofWord),
                one(parameters, "from").flatMap(AlertFilter::instant),
                one(parameters, "to").flatMap(AlertFilter::instant),
                one(parameters, "sort").filter("worst"::equals).isPresent());
    }

    private static Optional<String> one(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(values.get(0)).filter(value -> !value.isBlank());
    }

    private static Optional<Tlp> tlp(String word) {
        for (Tlp tlp : Tlp.values()) {
            if (tlp.word().equalsIgnoreCase(word)) {
                return Optional.of(tlp);
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A word of the text. @param wanted false if it must not occur */
    public record Word(String text, boolean wanted) {}

    public List<Word> words() {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find() && words.size() < MOST_WORDS) {
            String word = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            // A quotation mark that nothing closes is none.
            word = word.replace("\"", "");
            if (!word.isBlank()) {
                words.add(new Word(word, matcher.group(1).isEmpty()));
            }
        }
        return words;
    }

    public boolean isEmpty() {
        return query().isEmpty();
    }

    private Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (!severities.isEmpty()) {
            parameters.put("severity", severities.stream().map(Severity::word).toList());
        }
        if (!status.equals(Optional.of(LIVE))) {
            parameters.put("status", List.of(status.orElse(ALL)));
        }
        if (!text.isEmpty()) {
            parameters.put("q", List.of(text));
        }
        resource.ifPresent(id -> parameters.put("resource", List.of(id)));
        stakeholder.ifPresent(id -> parameters.put("stakeholder", List.of(id)));
        rule.ifPresent(id -> parameters.put("rule", List.of(id)));
        assignee.ifPresent(name -> parameters.put("assignee", List.of(name)));
        tlp.ifPresent(level -> parameters.put("tlp", List.of(level.word())));
        delivery.ifPresent(state -> parameters.put("delivery", List.of(state)));
        verdict.ifPresent(one -> parameters.put("verdict", List.of(one.word())));
        from.ifPresent(time -> parameters.put("from", List.of(time.toString())));
        to.ifPresent(time -> parameters.put("to", List.of(time.toString())));
        if (worstFirst) {
            parameters.put("sort", List.of("worst"));
        }
        return parameters;
    }

    private static String query(Map<String, List<String>> parameters) {
        UriComponentsBuilder uri = UriComponentsBuilder.newInstance();
        List<String> values = new ArrayList<>();
        parameters.forEach((name, all) -> all.forEach(value -> {
            uri.queryParam(name, "{v}");
            values.add(value);
        }));
        return uri.encode().buildAndExpand(values.toArray()).toUriString();
    }

    /** {@code ?severity=high&q=…}, or empty. */
    public String query() {
        return query(parameters());
    }

    /** The query with one parameter set to that value; without it if the value is empty or stands there already. */
    public String with(String name, String value) {
        Map<String, List<String>> parameters = parameters();
        List<String> before = parameters.getOrDefault(name, List.of());
        if (name.equals("severity")) {
            List<String> after = new ArrayList<>(before);
            if (!after.remove(value)) {
                after.add(value);
            }
            parameters.put(name, after);
        } else if (value.isEmpty() || before.contains(value)) {
            parameters.remove(name);
        } else {
            parameters.put(name, List.of(value));
        }
        return query(parameters);
    }

    /** Whether the address asks for that value. */
    public boolean has(String name, String value) {
        return parameters().getOrDefault(name, List.of()).contains(value);
    }
}
