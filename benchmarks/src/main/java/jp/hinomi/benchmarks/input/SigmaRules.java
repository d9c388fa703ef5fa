package jp.hinomi.benchmarks.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Sigma detections with the shape of large public collections, and none of their text: the shares of log sources,
 * modifiers, list lengths and filters are those that were counted there. The same number gives the same rules.
 */
public final class SigmaRules {
    /** Seed of the common words; {@link ProcessEvents} and {@link CityLogs} use the same. */
    static final long VOCABULARY = 7;

    /** A log source, its share of the rules, and the fields that its rules ask for. */
    private record Kind(double share, String logsource, Fields fields) {}

    private record Fields(String path, String text, String parent, String other) {}

    private static final Fields PROCESS =
            new Fields("process.executable", "process.command_line", "process.parent.executable", "user.name");
    private static final Fields WEB = new Fields("url.path", "url.query", "user_agent.original", "http.request.method");

    private static final List<Kind> KINDS = List.of(
            new Kind(0.43, "{category: process_creation, product: windows}", PROCESS),
            new Kind(0.04, "{category: process_creation, product: linux}", PROCESS),
            new Kind(0.02, "{category: process_creation, product: macos}", PROCESS),
            new Kind(
                    0.065,
                    "{category: file_event, product: windows}",
                    new Fields("file.path", "file.name", "process.executable", "user.name")),
            new Kind(
                    0.06,
                    "{category: registry_set, product: windows}",
                    new Fields("registry.path", "registry.data.strings", "process.executable", "user.name")),
            new Kind(
                    0.05,
                    "{category: image_load, product: windows}",
                    new Fields("dll.path", "dll.name", "process.executable", "user.name")),
            new Kind(
                    0.11,
                    "{product: windows, service: security}",
                    new Fields("winlog.object", "message", "process.executable", "user.name")),
            new Kind(
                    0.02,
                    "{product: linux, service: auditd}",
                    new Fields("file.path", "process.command_line", "process.executable", "user.name")),
            new Kind(
                    0.005,
                    "{product: linux, service: sshd}",
                    new Fields("user.name", "message", "event.reason", "event.action")),
            new Kind(
                    0.04,
                    "{product: azure, service: auditlogs}",
                    new Fields("azure.operation", "azure.properties", "event.action", "user.name")),
            new Kind(
                    0.02,
                    "{product: aws, service: cloudtrail}",
                    new Fields("event.provider", "event.action", "user_agent.original", "user.name")),
            new Kind(0.028, "{category: webserver}", WEB),
            new Kind(
                    0.02,
                    "{category: proxy}",
                    new Fields("url.domain", "url.path", "user_agent.original", "http.request.method")),
            new Kind(
                    0.02,
                    "{category: network_connection, product: windows}",
                    new Fields("process.executable", "destination.domain", "process.parent.executable", "user.name")),
            new Kind(
                    0.012,
                    "{category: dns}",
                    new Fields("dns.question.name", "dns.question.name", "dns.question.name", "dns.question.type")),
            new Kind(
                    0.01,
                    "{category: firewall}",
                    new Fields("destination.ip", "rule.name", "observer.egress.interface.name", "network.application")),
            new Kind(0.01, "{category: ids}", new Fields("rule.category", "rule.name", "url.path", "rule.id")),
            new Kind(
                    0.04,
                    "{category: application}",
                    new Fields("log.logger", "message", "error.message", "event.action")));

    private final Words words;

    private SigmaRules(long seed) {
        words = new Words(seed, VOCABULARY);
    }

    /** YAML documents, one rule each, named {@code sigma_0}, {@code sigma_1}, … */
    public static List<String> generate(int count) {
        SigmaRules rules = new SigmaRules(20_261_124);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(rules.rule(i));
        }
        return texts;
    }

    private String rule(int number) {
        Kind kind = kind();
        StringBuilder detection = new StringBuilder();
        String condition;
        if (words.chance(0.025)) {
            detection.append("  keywords:\n").append(list(6, 1 + words.number(4), this::phrase));
            condition = "keywords";
        } else {
            detection.append("  selection:\n").append(selection(kind.fields()));
            condition = "selection";
            if (words.chance(0.35)) {
                detection
                        .append("  selection_more:\n")
                        .append(item(kind.fields().text() + "|contains", 2 + words.number(6), this::fragment));
                condition = words.chance(0.8) ? "all of selection*" : "1 of selection*";
            }
            if (words.chance(0.3)) {
                detection
                        .append("  filter_main_known:\n")
                        .append(item(kind.fields().path() + "|endswith", 1, this::file));
                detection
                        .append("  filter_main_parent:\n")
                        .append(item(kind.fields().parent() + "|startswith", 1, this::folder));
                condition += " and not 1 of filter_main_*";
            }
        }
        return "title: Generated rule " + number + "\nname: sigma_" + number + "\nlogsource: " + kind.logsource()
                + "\ndetection:\n" + detection + "  condition: " + condition + "\nlevel: "
                + words.pick("low", "medium", "high", "high") + "\n";
    }

    private Kind kind() {
        double at = words.number(1_000_000) / 1e6;
        for (Kind kind : KINDS) {
            at -= kind.share();
            if (at < 0) {
                return kind;
            }
        }
        return KINDS.get(0);
    }

    private String selection(Fields fields) {
        StringBuilder items = new StringBuilder();
        if (words.chance(0.5)) {
            items.append(item(fields.path() + "|endswith", 1 + words.number(3), this::file));
        }
        if (words.chance(0.22)) {
            items.append(item(fields.text() + "|contains|all", 2 + words.number(2), this::fragment));
        } else if (items.length() == 0 || words.chance(0.4)) {
            items.append(item(fields.text() + "|contains", length(), this::fragment));
        }
        if (words.chance(0.09)) {
            items.append(item(fields.parent() + "|startswith", 1 + words.number(2), this::folder));
        }
        if (words.chance(0.12)) {
            items.append(item(fields.other(), 1 + words.number(2), words::rare));
        }
        if (words.chance(0.032)) {
            items.append(item("host.name|re", 1, this::regex)).append(item(fields.text() + "|re|i", 1, this::regex));
        }
        if (words.chance(0.023)) {
            items.append(item(fields.parent() + "|contains|windash", 1, () -> " -" + words.rare() + " "));
        }
        if (words.chance(0.007)) {
            items.append(item("source.ip|cidr", 2, () -> "198.51." + words.number(256) + ".0/24"));
        }
        if (words.chance(0.002)) {
            items.append(item("event.original|base64offset|contains", 1, words::rare));
        }
        if (words.chance(0.023)) {
            items.append("    user.domain: null\n");
        }
        return items.toString();
    }

    /** Most lists are short, a few are very long. */
    private int length() {
        return words.chance(0.5)
                ? 1 + words.number(3)
                : words.chance(0.9) ? 4 + words.number(16) : 40 + words.number(60);
    }

    private static String item(String key, int count, Supplier<String> value) {
        return "    " + key + ":\n" + list(6, count, value);
    }

    private static String list(int indent, int count, Supplier<String> value) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(" ".repeat(indent)).append("- '").append(value.get()).append("'\n");
        }
        return lines.toString();
    }

    private String file() {
        return "\\" + (words.chance(0.3) ? words.common() : words.rare())
                + words.pick(".exe", ".exe", ".dll", ".ps1", ".php");
    }

    private String folder() {
        return "C:\\" + words.rare() + "\\" + words.common() + "\\";
    }

    /** What {@code contains} lists hold: an option, a path, a call, a pair of words, now and then a lone common one. */
    private String fragment() {
        String word = words.chance(0.08) ? words.common() : words.rare();
        return switch (words.number(8)) {
            case 0 -> " -" + word + " ";
            case 1 -> " /" + word.charAt(0) + " ";
            case 2 -> "\\" + word + "\\";
            case 3 -> word + "." + words.rare() + "(";
            case 4 -> word + " " + words.rare();
            case 5 -> "/" + word + "/";
            case 6 -> words.chance(0.1) ? word : word + words.rare().toUpperCase(Locale.ROOT);
            default -> words.rare() + "=" + word;
        };
    }

    private String phrase() {
        return words.rare() + " " + words.common() + " " + words.rare();
    }

    private String regex() {
        String word = words.rare();
        return switch (words.number(4)) {
            case 0 -> word + "[a-z0-9]{4,20}\\.(exe|dll)";
            case 1 -> "\\b" + word + "\\s+(/|-)[a-z]+\\s";
            case 2 -> "^" + word + "-\\d{1,5}$";
            default -> "(" + word + "|" + words.rare() + ").{1,40}" + words.rare();
        };
    }
}
