package jp.hinomi.alerting.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Addresses of lists for one value of an alert.
 *
 * @param value as it came from a log
 */
public record Search(String value) {
    private static final Duration AROUND = Duration.ofMinutes(5);

    /** Of a longer value its beginning is searched. */
    private static final int LONGEST = 200;

    /** The value as one word of a search. */
    static String phrase(String value) {
        String cut = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        return "\"" + cut.replace('"', ' ').strip() + "\"";
    }

    private static String list(Map<String, List<String>> parameters) {
        return "/alerts" + AlertFilter.of(parameters).query();
    }

    public String with() {
        return list(Map.of("q", List.of(phrase(value)), "status", List.of("all")));
    }

    public String without() {
        return list(Map.of("q", List.of("-" + phrase(value))));
    }

    /** Everything with the value from five minutes before to five minutes after. */
    public String around(Instant time) {
        return list(Map.of(
                "q", List.of(phrase(value)),
                "status", List.of("all"),
                "from", List.of(time.minus(AROUND).toString()),
                "to", List.of(time.plus(AROUND).toString())));
    }
}
