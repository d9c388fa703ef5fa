package jp.hinomi.correlation.jar;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.hinomi.correlation.detect.EventLine;
import jp.hinomi.correlation.engine.Happening;

/** Rules beside those of a {@link Trial}: one that takes too much, one that does not, and those that tell the end. */
final class Companions {
    /** Groups and matches per rule and subtask. */
    static final int BUDGET = 300;

    static final String GREEDY = "greedy";
    static final String MODEST = "modest";
    /** It alerts when time has come to its end on all levels of chaining, which each of its groups tells of one subtask. */
    static final String SENTINEL = "sentinel3";

    /** A detection for the one event of {@link #harm} that can be decoded. */
    static final String HUGE = "huge";

    private static final int THRESHOLD = 50;

    /** Matches of the fourth level of chaining are evaluated when all others have been. */
    static final String RULES = detection("hit")
            + detection("end")
            + detection(HUGE)
            + count(GREEDY, "hit", "a", "1h", THRESHOLD)
            + count(MODEST, "hit", "b", "1h", THRESHOLD)
            + count("sentinel0", "end", "a", "1s", 1)
            + count("sentinel1", "sentinel0", "a", "1s", 1)
            + count("sentinel2", "sentinel1", "a", "1s", 1)
            + count(SENTINEL, "sentinel2", "a", "1s", 1);

    private Companions() {}

    private static String detection(String name) {
        return """
                title: %1$s
                id: %1$s
                name: %1$s
                logsource: {category: authentication}
                detection: {it: {%1$s: 'yes'}, condition: it}
                ---
                """.formatted(name);
    }

    private static String count(String name, String rule, String by, String timespan, int least) {
        return """
                title: %1$s
                id: %1$s
                name: %1$s
                correlation: {type: event_count, rules: [%2$s], group-by: [%3$s], timespan: %4$s, condition: {gte: %5$d}}
                ---
                """.formatted(name, rule, by, timespan, least);
    }

    /** More groups of the greedy rule than it may remember, in each of four subtasks. */
    static void greed(LogWriter logs, long appended) {
        for (int i = 0; i < 7 * BUDGET; i++) {
            log(logs, new Happening("greed" + i, appended, List.of("hit"), Map.of("a", "u" + i)));
        }
    }

    /** Enough of one group for the greedy rule to alert if it were not in quarantine, and for the modest one. */
    static void heat(LogWriter logs, long appended) {
        for (int i = 0; i < THRESHOLD; i++) {
            log(logs, new Happening("heat" + i, appended, List.of("hit"), Map.of("a", "hot", "b", "hot")));
        }
    }

    /** Events that somebody sends to do harm; the one of a mebibyte is as good as any other. */
    static void harm(LogWriter logs, long appended) {
        String begin = "{\"event.id\":\"harm%%d\",\"@timestamp\":\"%s\",\"huge\":\"yes\""
                .formatted(Instant.ofEpochMilli(appended));
        logs.log(appended, begin.formatted(1) + ",\"message\":\"" + "a".repeat(1 << 20) + "\"}");
        logs.log(appended, begin.formatted(2) + ",\"n\":NaN}");
        StringBuilder many = new StringBuilder(begin.formatted(3));
        for (int i = 0; i < 5_000; i++) {
            many.append(",\"field.n").append(i).append("\":").append(i);
        }
        logs.log(appended, many.append('}').toString());
    }

    static void sentinels(LogWriter logs, long appended, int groups) {
        for (int i = 0; i < groups; i++) {
            log(logs, new Happening("end" + i, appended, List.of("end"), Map.of("a", "g" + i)));
        }
    }

    private static void log(LogWriter logs, Happening happening) {
        logs.log(happening.time(), EventLine.of(happening));
    }
}
