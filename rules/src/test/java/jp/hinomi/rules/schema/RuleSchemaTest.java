package jp.hinomi.rules.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import jp.hinomi.rules.read.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema and the readers agree: on the keys, on what ships, and on what is wrong. */
class RuleSchemaTest {
    private static final Path PUBLISHED = Path.of("content", "schema", "rule.schema.json");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectNode SCHEMA = RuleSchema.schema();
    private static final SchemaJudge JUDGE = new SchemaJudge(SCHEMA);
    private static final String HEAD = "title: t\nid: 00000000-0000-4000-8000-000000000001\n";

    /** As 'hinomi rules schema' prints it; where it differs, print it again. */
    @Test
    void theFileInTheTreeIsTheSchema() throws IOException {
        assertThat(new ObjectMapper().readTree(PUBLISHED.toFile())).isEqualTo(SCHEMA);
    }

    @Test
    void everyKeyOfTheReadersIsThereAndNoOther() {
        TreeSet<String> keys = new TreeSet<>(Vocabulary.sigmaKeys());
        keys.addAll(Vocabulary.ownKeys());
        assertThat(names(SCHEMA.get("properties"))).containsExactlyInAnyOrderElementsOf(keys);
        TreeSet<String> ofCorrelations = new TreeSet<>(Vocabulary.correlationKeys());
        ofCorrelations.addAll(Vocabulary.ownCorrelationKeys());
        JsonNode correlation = SCHEMA.at("/properties/correlation/properties");
        assertThat(names(correlation)).containsExactlyInAnyOrderElementsOf(ofCorrelations);
        SCHEMA.get("properties")
                .properties()
                .forEach(key -> assertThat(key.getValue().path("description").asText())
                        .as("description of " + key.getKey())
                        .isNotEmpty());
        correlation
                .properties()
                .forEach(key -> assertThat(key.getValue().path("description").asText())
                        .as("description of correlation." + key.getKey())
                        .isNotEmpty());
    }

    @Test
    void everyShippedRuleIsValid() throws IOException {
        int documents = 0;
        for (Path folder : List.of(Path.of("content"), Path.of("..", "examples", "city", "rules"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".yml"))
                        .filter(each -> !RuleReader.isTestFile(each) && !RuleReader.isCoverageFile(each))
                        .toList()) {
                    for (JsonNode document : documents(Files.readString(file))) {
                        assertThat(JUDGE.accepts(document)).as(file.toString()).isTrue();
                        documents++;
                    }
                }
            }
        }
        assertThat(documents).isGreaterThan(250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logsource: {category: webserver}\ndetection: {s: {f|contains|all: [a, b]}, condition: s}",
                "logsource: {category: x, definition: y}\ndetection: {s: [a, {f: null}, 5], condition: [s, not s]}",
                "logsource: {product: linux}\nfilter: {rules: [x], s: {f|cidr: 10.0.0.0/8}, condition: s}",
                "correlation: {type: event_count, rules: x, timespan: 1m, condition: {gte: 2}}",
                "correlation: {type: new_value, rules: [x], timespan: 30d, learning: 7d, condition: {field: f}}",
                "correlation: {type: rate_change, rules: [x], timespan: 5m, baseline: 1h, at_least: 5, condition: {gte: 3}}",
                "correlation: {type: absence, rules: [x, y], timespan: 5m, aliases: {}}",
                "correlation: {type: epl, rules: [x], timespan: 5m, epl: select * from x}",
                "level: high\nstatus: test\ntags: [cps.ae-3, attack.t1110]\ndate: 2026-04-01\nresponse: call\nsuppress: 1h\n"
                        + "logsource: {service: sshd}\ndetection: {s: x, condition: s}",
            })
    void whatTheReaderTakesIsValid(String rule) {
        assertThat(errors(HEAD + rule)).isSubsetOf("unknown-reference");
        assertThat(documents(HEAD + rule)).allMatch(JUDGE::accepts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "detection: {s: {f: 1}, condition: s}",
                "logsource: {category: webserver}\ndetection: {s: {f: 1}}",
                "logsource: {category: webserver}\ndetection: {condition: s}",
                "logsource: {category: webserver}\ndetection: {s: {f: []}, condition: s}",
                "logsource: {category: webserver}\ndetection: {s: {f: [a, null]}, condition: s}",
                "logsource: {category: webserver}\ndetection: {s: {f: {g: 1}}, condition: s}",
                "logsource: {category: webserver}\ndetection: {s: {f|contians: a}, condition: s}",
                "logsource: {category: webserver}\ndetection: {s: {}, condition: s}",
                "logsource: {category: webserver}\ndetection: {s: [], condition: s}",
                "logsource: {category: webserver}\ndetection: {s: {f: 1}, timeframe: 5m, condition: s}",
                "logsource: {category: webserver}\ndetection: nothing",
                "logsource: {definition: x}\ndetection: {s: {f: 1}, condition: s}",
                "level: hihg\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}",
                "status: tested\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}",
                "date: 2026/04/01\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}",
                "tags: [Brute Force]\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}",
                "tags: [cps.ae-33]\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}",
                "suppress: 10 minutes\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}",
                "response: {fr: appeler}\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}",
                "always_alert: sometimes\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}",
                "name: ''\nlogsource: {category: webserver}\ndetection: {s: {f: 1}, condition: s}",
                "correlation: {type: event_cuont, rules: [x], timespan: 1m, condition: {gte: 2}}",
                "correlation: {type: event_count, timespan: 1m, condition: {gte: 2}}",
                "correlation: {type: event_count, rules: [], timespan: 1m, condition: {gte: 2}}",
                "correlation: {type: event_count, rules: [x, x], timespan: 1m, condition: {gte: 2}}",
                "correlation: {type: event_count, rules: [x], condition: {gte: 2}}",
                "correlation: {type: event_count, rules: [x], timespan: 1 minute, condition: {gte: 2}}",
                "correlation: {type: event_count, rules: [x], timespan: 1m}",
                "correlation: {type: event_count, rules: [x], timespan: 1m, condition: {gte: '2'}}",
                "correlation: {type: event_count, rules: [x], timespan: 1m, condition: {gte: 2, field: f}}",
                "correlation: {type: event_count, rules: [x], timespan: 1m, condition: {gteq: 2}}",
                "correlation: {type: event_count, rules: [x], timespan: 1m, condition: {gte: 2}, groupby: [f]}",
                "correlation: {type: event_count, rules: [x], timespan: 1m, condition: {gte: 2}, epl: x}",
                "correlation: {type: value_count, rules: [x], timespan: 1m, condition: {gte: 2}}",
                "correlation: {type: absence, rules: [x, y], timespan: 1m, condition: {gte: 2}}",
                "correlation: {type: epl, rules: [x], timespan: 1m}",
                "correlation: {type: temporal, rules: [x, y], timespan: 1m, learning: 1d}",
                "logsource: {category: webserver}\nfilter: {s: {f: 1}, condition: s}",
                "level: low",
            })
    void whatIsWrongIsRefusedByBoth(String rule) {
        assertThat(errors(HEAD + rule)).as("the reader").isNotEmpty().doesNotContain("yaml-syntax");
        assertThat(documents(HEAD + rule)).as("the schema").noneMatch(JUDGE::accepts);
    }

    private static List<String> errors(String rule) {
        return RuleReader.readTexts(List.of(new RuleSource("x.yml", rule)), Placeholders.NONE).problems().stream()
                .filter(problem -> problem.isError())
                .map(problem -> problem.code())
                .filter(code -> !code.equals("unknown-reference"))
                .toList();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonNode> documents(String yaml) {
        return YamlReader.read("x.yml", yaml, problem -> {}).stream()
                .map(RuleSchemaTest::json)
                .toList();
    }

    private static JsonNode json(Node node) {
        if (node instanceof Node.Mapping mapping) {
            ObjectNode object = NODES.objectNode();
            for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
                object.set(entry.getKey(), json(entry.getValue()));
            }
            return object;
        }
        if (node instanceof Node.Sequence sequence) {
            var array = NODES.arrayNode();
            sequence.elements().forEach(element -> array.add(json(element)));
            return array;
        }
        return new ObjectMapper().valueToTree(((Node.Scalar) node).value());
    }
}
