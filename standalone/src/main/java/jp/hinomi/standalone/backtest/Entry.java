package jp.hinomi.standalone.backtest;

import java.util.Map;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;

/** What is kept of an alert to compare it by, some 90 bytes of a million alerts each. */
final class Entry {
    private Alert.Rule rule;
    private int revision;
    private long time;
    private long first;
    private long last;
    private long count;
    private Severity severity;
    private Audience audience;
    private long evidence;
    private final long group;
    private final long example;

    /** @param rule the same object for all alerts of a rule @param example where it is in the {@link ExampleFile} */
    Entry(Alert alert, Alert.Rule rule, Audience audience, long example) {
        this.group = hash(alert.group());
        this.example = example;
        set(alert, rule, audience);
    }

    void set(Alert alert, Alert.Rule shared, Audience told) {
        rule = shared;
        revision = alert.revision();
        time = alert.time();
        first = alert.first();
        last = alert.last();
        count = alert.count();
        severity = alert.severity();
        audience = told;
        long hash = 17;
        for (Alert.Evidence each : alert.evidence()) {
            hash = hash * 0x5DEECE66DL + each.event().id().hashCode();
        }
        evidence = hash;
    }

    private static long hash(Map<String, String> group) {
        long hash = 17;
        for (String value : group.values()) {
            for (int i = 0; i < value.length(); i++) {
                hash = hash * 0x5DEECE66DL + value.charAt(i);
            }
            hash = hash * 0x5DEECE66DL + 0xB;
        }
        return hash;
    }

    /** As {@link Alert#replaces}. */
    boolean isReplacedBy(Alert alert) {
        return alert.revision() != revision ? alert.revision() > revision : alert.time() < time;
    }

    Alert.Rule rule() {
        return rule;
    }

    long time() {
        return time;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    long count() {
        return count;
    }

    Severity severity() {
        return severity;
    }

    Audience audience() {
        return audience;
    }

    long evidence() {
        return evidence;
    }

    long group() {
        return group;
    }

    long example() {
        return example;
    }
}
