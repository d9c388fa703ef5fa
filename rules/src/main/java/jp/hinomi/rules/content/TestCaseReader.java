package jp.hinomi.rules.content;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.read.Problems;

/** Reads one document of test cases, strictly. */
final class TestCaseReader {
    private final Problems problems;

    private TestCaseReader(Problems problems) {
        this.problems = problems;
    }

    /** The cases that could be read; what is wrong is reported. */
    static List<RuleTestCase> read(Node node, Problems problems) {
        return new TestCaseReader(problems).document(node);
    }

    private List<RuleTestCase> document(Node node) {
        List<RuleTestCase> cases = new ArrayList<>();
        if (!(node instanceof Node.Mapping document)) {
            problems.wrongType("the document", node, "a mapping with 'rule' and 'cases'");
            return cases;
        }
        problems.onlyKeys("a file of test cases", document, List.of("rule", "cases"));
        String rule = needText(document, "rule");
        for (Node each : list(document, "cases")) {
            if (each instanceof Node.Mapping mapping) {
                RuleTestCase read = testCase(rule, mapping);
                if (read != null) {
                    cases.add(read);
                }
            } else {
                problems.wrongType("an entry of 'cases'", each, "a mapping with title, source, lines and alerts");
            }
        }
        return cases;
    }

    private RuleTestCase testCase(String rule, Node.Mapping mapping) {
        problems.onlyKeys("a test case", mapping, List.of("title", "source", "lines", "logs", "alerts"));
        String title = needText(mapping, "title");
        List<LogLines> logs = new ArrayList<>();
        if (mapping.has("logs")) {
            if (mapping.has("source") || mapping.has("lines")) {
                problems.error(
                        ProblemCode.UNKNOWN_KEY,
                        mapping.keyAt(mapping.has("source") ? "source" : "lines"),
                        "'source' and 'lines' stand beside 'logs'",
                        "move them into an entry of 'logs'");
            }
            for (Node each : list(mapping, "logs")) {
                if (each instanceof Node.Mapping group) {
                    problems.onlyKeys("an entry of 'logs'", group, List.of("source", "lines"));
                    logs(group, logs);
                } else {
                    problems.wrongType("an entry of 'logs'", each, "a mapping with source and lines");
                }
            }
        } else {
            logs(mapping, logs);
        }
        List<ExpectedAlert> alerts = alerts(mapping);
        return rule == null || title == null || logs.isEmpty()
                ? null
                : new RuleTestCase(rule, title, logs, alerts, mapping.at());
    }

    private void logs(Node.Mapping group, List<LogLines> logs) {
        TestSource source = source(group);
        List<String> lines = new ArrayList<>();
        for (Node each : list(group, "lines")) {
            String line = problems.text("an entry of 'lines'", each);
            if (line != null) {
                lines.add(line);
            }
        }
        if (source != null && !lines.isEmpty()) {
            logs.add(new LogLines(source, lines));
        }
    }

    private TestSource source(Node.Mapping group) {
        Node node = group.get("source");
        if (node == null) {
            problems.missing(group, "source");
            return null;
        }
        if (!(node instanceof Node.Mapping mapping)) {
            String id = problems.text("'source'", node);
            return id == null ? null : new TestSource.OfCity(id);
        }
        problems.onlyKeys("'source'", mapping, List.of("id", "format", "zone", "charset"));
        String id = needText(mapping, "id");
        String format = needText(mapping, "format");
        ZoneId zone = ZoneOffset.UTC;
        Charset charset = StandardCharsets.UTF_8;
        try {
            String name = problems.text(mapping, "zone");
            zone = name == null ? zone : ZoneId.of(name);
        } catch (DateTimeException e) {
            unknown(mapping, "zone", "write a name such as Asia/Tokyo");
        }
        try {
            String name = problems.text(mapping, "charset");
            charset = name == null ? charset : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            unknown(mapping, "charset", "write a name such as UTF-8 or Shift_JIS");
        }
        return id == null || format == null ? null : new TestSource.Described(id, format, zone, charset);
    }

    private void unknown(Node.Mapping mapping, String key, String remedy) {
        Node.Scalar scalar = (Node.Scalar) mapping.get(key);
        problems.error(
                ProblemCode.UNKNOWN_ZONE, scalar.at(), "there is no " + key + " '" + scalar.text() + "'", remedy);
    }

    private List<ExpectedAlert> alerts(Node.Mapping mapping) {
        List<ExpectedAlert> alerts = new ArrayList<>();
        if (!mapping.has("alerts")) {
            problems.missing(mapping, "alerts");
            return alerts;
        }
        if (!(mapping.get("alerts") instanceof Node.Sequence sequence)) {
            problems.wrongType("'alerts'", mapping.get("alerts"), "a list; [] for none");
            return alerts;
        }
        for (Node each : sequence.elements()) {
            if (each instanceof Node.Mapping alert) {
                alert(alert, alerts);
            } else {
                problems.wrongType("an entry of 'alerts'", each, "a mapping with time, group and count");
            }
        }
        return alerts;
    }

    private void alert(Node.Mapping alert, List<ExpectedAlert> alerts) {
        problems.onlyKeys("an expected alert", alert, List.of("time", "group", "count"));
        Instant time = time(alert);
        Map<String, String> group = new LinkedHashMap<>();
        Node.Mapping values = alert.has("group") ? problems.mapping(alert, "group") : null;
        if (values != null) {
            for (String field : values.names()) {
                String value = problems.text(values, field);
                if (value != null) {
                    group.put(field, value);
                }
            }
        }
        OptionalLong count = OptionalLong.empty();
        if (alert.has("count")) {
            if (alert.get("count") instanceof Node.Scalar scalar
                    && scalar.value() instanceof Long number
                    && number > 0) {
                count = OptionalLong.of(number);
            } else {
                problems.wrongType("'count'", alert.get("count"), "a whole number above zero");
            }
        }
        if (time != null) {
            alerts.add(new ExpectedAlert(time, group, count));
        }
    }

    private Instant time(Node.Mapping alert) {
        String text = needText(alert, "time");
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            problems.error(
                    ProblemCode.BAD_TIME,
                    alert.get("time").at(),
                    "'time' is '" + text + "'",
                    "write it with a zone: 2026-04-01T01:02:03Z");
            return null;
        }
    }

    private String needText(Node.Mapping mapping, String key) {
        if (!mapping.has(key)) {
            problems.missing(mapping, key);
            return null;
        }
        return problems.text(mapping, key);
    }

    private List<Node> list(Node.Mapping mapping, String key) {
        Node node = mapping.get(key);
        if (node == null) {
            problems.missing(mapping, key);
            return List.of();
        }
        if (!(node instanceof Node.Sequence sequence)) {
            problems.wrongType("'" + key + "'", node, "a list");
            return List.of();
        }
        if (sequence.elements().isEmpty()) {
            problems.error(ProblemCode.EMPTY_VALUE, node.at(), "'" + key + "' is an empty list", "add an entry");
        }
        return sequence.elements();
    }
}
