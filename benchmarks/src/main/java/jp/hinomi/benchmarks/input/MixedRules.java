package jp.hinomi.benchmarks.input;

import java.util.ArrayList;
import java.util.List;

/**
 * A hundred rules as a city runs them: 50 detections that the attackers of {@link CityLogs} match, and 50 correlations of
 * them: 25 counts, 15 sequences, 10 sets of different rules. Five detections alert at once, the others feed correlations.
 */
public final class MixedRules {
    private MixedRules() {}

    /** YAML documents, one rule each. */
    public static List<String> generate() {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < CityLogs.PORTS; i++) {
            rules.add(detection(
                    "denied_" + i, "firewall", "    event.type: denied\n    destination.port: " + (1_000 + i)));
        }
        for (int i = 0; i < CityLogs.PATHS; i++) {
            rules.add(detection(
                    "probe_" + i,
                    "webserver",
                    "    url.original|contains: '/wp-admin-" + i + "/'\n    http.response.status_code: 404"));
        }
        for (int i = 0; i < CityLogs.USERS; i++) {
            rules.add(detection(
                    "failed_" + i,
                    "authentication",
                    "    event.outcome: failure\n    user.name|endswith: 'svc" + i + "'"));
        }
        for (int i = 0; i < CityLogs.SIGNATURES; i++) {
            rules.add(detection("severe_" + i, "ids", "    rule.id: " + (9_000_000 + i)));
        }
        for (int i = 0; i < CityLogs.PORTS; i++) {
            rules.add(
                    correlation("scan_" + i, "event_count", List.of("denied_" + i), "1m", "\n  condition: {gte: 10}"));
        }
        for (int i = 0; i < 5; i++) {
            rules.add(correlation(
                    "probing_" + i,
                    "event_count",
                    List.of("probe_" + i, "probe_" + (i + 5)),
                    "5m",
                    "\n  condition: {gte: 20}"));
        }
        for (int i = 0; i < 15; i++) {
            String last = i < CityLogs.USERS ? "failed_" + i : "denied_" + i;
            rules.add(correlation(
                    "path_" + i,
                    "temporal_ordered",
                    List.of("denied_" + i, "probe_" + i, last.equals("denied_" + i) ? "denied_" + (i + 1) : last),
                    "10m",
                    ""));
        }
        for (int i = 0; i < 10; i++) {
            rules.add(correlation("spread_" + i, "temporal", List.of("denied_" + (i + 10), "failed_" + i), "10m", ""));
        }
        return rules;
    }

    private static String detection(String name, String category, String fields) {
        return "title: " + name + "\nname: " + name + "\nlogsource: {category: " + category + "}\ndetection:\n  sel:\n"
                + fields + "\n  condition: sel\nlevel: medium\n";
    }

    private static String correlation(String name, String type, List<String> of, String timespan, String more) {
        return "title: " + name + "\nname: " + name + "\ncorrelation:\n  type: " + type + "\n  rules: " + of
                + "\n  group-by: [source.ip]\n  timespan: " + timespan + more + "\nlevel: high\n";
    }
}
