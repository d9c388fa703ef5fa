package jp.hinomi.city;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.YamlReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema knows the keys that the readers know, accepts the example city, and is the one that is published. */
class CitySchemaTest {
    private static final Path PUBLISHED = Path.of("..", "docs", "schema", "city.schema.json");
    private static final JsonNode SCHEMA = CitySchema.schema();

    @TempDir
    Path temp;

    /** To publish a new one: {@code -Dhinomi.write-schema}. */
    @Test
    void isThePublishedOne() throws IOException {
        String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(SCHEMA) + "\n";
        if (System.getProperty("hinomi.write-schema") != null) {
            Files.createDirectories(PUBLISHED.getParent());
            Files.writeString(PUBLISHED, text);
        }
        assertThat(PUBLISHED).content().isEqualTo(text);
    }

    /** A key that nobody knows is answered with those that the reader asks for. Broken on trial: a key left out of the schema. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stakeholder | stakeholders.yaml | role: promoter",
                "contact | stakeholders.yaml | kind: desk",
                "resource | resources.yaml | layer: city-os",
                "selector | resources.yaml | {source: gw-01",
                "responsibility | responsibilities.yaml | duty: owner",
                "escalation | escalations.yaml | id: standard",
                "step | escalations.yaml | {notify: hall-desk",
                "source | sources.yaml | topic: logs.gateway",
                "calendar | schedules.yaml | {id: jp",
                "schedule | schedules.yaml | holidays: jp",
                "rotation | schedules.yaml | {name: all",
                "override | schedules.yaml | reason: r",
                "inhibition | notification.yaml | {id: flood",
                "silence | notification.yaml | {id: works",
                "gateway | notification.yaml | {id: phone",
            })
    void hasTheKeysOfTheReaders(String kind, String file, String at) {
        CityFolder folder = new CityFolder(temp).write("schedules.yaml", """
                calendars:
                  - {id: jp, days: {2026-05-04: x}}
                schedules:
                  - id: duty
                    name: {en: Duty}
                    holidays: jp
                    rotations: [{name: all, members: [hall-desk]}]
                    overrides: [{from: 2026-05-01T00:00, to: 2026-05-02T00:00, on-duty: [hall-desk], owner: hall, reason: r}]
                """).write("notification.yaml", """
                notification:
                  gateways: [{id: phone, kind: sms, url: "https://sms.example.jp/send", body: "{{number}} {{text}}"}]
                  inhibitions: [{id: flood, source: {rule: a}, target: {rule: b}}]
                  silences: [{id: works, match: {rule: a}, owner: hall, reason: r, from: 2026-05-01T00:00, until: 2026-05-02T00:00}]
                """);
        String unknown = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq: 1";
        boolean inBlock = Set.of("stakeholder", "contact", "resource", "escalation", "schedule")
                .contains(kind);
        String indent = kind.equals("contact") ? "        " : "    ";
        folder.change(file, at, at + (inBlock ? "\n" + indent + unknown : ", " + unknown));
        Problem problem = folder.problems().stream()
                .filter(each -> each.code().equals("unknown-key"))
                .findFirst()
                .orElseThrow();
        Set<String> asked = new TreeSet<>(
                Arrays.asList(problem.remedy().replace("use one of: ", "").split(", ")));
        Set<String> known = new TreeSet<>();
        SCHEMA.at("/$defs/" + kind + "/properties").fieldNames().forEachRemaining(known::add);
        assertThat(known).isEqualTo(asked);
    }

    @Test
    void acceptsTheExampleCityAndNotWhatIsWrong() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples", "city"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(accepts(SCHEMA, YamlReader.read(file, problem -> {}).get(0)))
                        .as(file.toString())
                        .isTrue();
            }
        }
        for (String wrong : new String[] {
            "responsibilities: [{resource: a, stakeholder: b, duty: owners}]",
            "responsibilities: [{resource: a, duty: owner}]",
            "responsibilities: [{resource: a, stakeholder: b, duty: owner, valid-from: 2026/4/1}]",
            "resources: [{id: a, name: {en: A}, layer: asset, criticality: low, selector: []}]",
            "city: {id: a}",
            "notification: {masking: [names]}",
            "notification: {storm: {limit: 0}}",
            "notification: {silence: []}",
        }) {
            assertThat(accepts(
                            SCHEMA, YamlReader.read("x", wrong, problem -> {}).get(0)))
                    .as(wrong)
                    .isFalse();
        }
    }

    /** The keywords that the schema uses, and no others. */
    private static boolean accepts(JsonNode schema, Node value) {
        return schema.properties().stream().allMatch(each -> holds(schema, each.getKey(), each.getValue(), value));
    }

    private static boolean holds(JsonNode schema, String keyword, JsonNode wanted, Node value) {
        Node.Mapping mapping = value instanceof Node.Mapping known ? known : null;
        String text = value instanceof Node.Scalar scalar ? scalar.text() : null;
        return switch (keyword) {
            case "$schema", "$id", "$defs", "title" -> true;
            case "$ref" -> accepts(SCHEMA.at(wanted.asText().substring(1)), value);
            case "type" ->
                wanted.isArray()
                        ? text != null
                        : switch (wanted.asText()) {
                            case "object" -> mapping != null;
                            case "array" -> value instanceof Node.Sequence;
                            default -> text != null;
                        };
            case "enum" ->
                Stream.of(new ObjectMapper().convertValue(wanted, String[].class))
                        .anyMatch(word -> word.equals(text));
            case "pattern" ->
                text != null && Pattern.compile(wanted.asText()).matcher(text).find();
            case "minimum" -> Double.parseDouble(text) >= wanted.asDouble();
            case "minProperties" -> mapping.names().size() >= wanted.asInt();
            case "required" ->
                Stream.of(new ObjectMapper().convertValue(wanted, String[].class))
                        .allMatch(mapping::has);
            case "properties" ->
                mapping.entries().entrySet().stream()
                        .allMatch(each ->
                                !wanted.has(each.getKey()) || accepts(wanted.get(each.getKey()), each.getValue()));
            case "additionalProperties" ->
                mapping.entries().entrySet().stream()
                        .allMatch(each -> schema.path("properties").has(each.getKey())
                                || wanted.isObject() && accepts(wanted, each.getValue()));
            case "propertyNames" ->
                mapping.names().stream()
                        .allMatch(name -> Pattern.compile(wanted.get("pattern").asText())
                                .matcher(name)
                                .find());
            case "items" -> ((Node.Sequence) value).elements().stream().allMatch(each -> accepts(wanted, each));
            case "anyOf" -> {
                boolean any = false;
                for (JsonNode choice : wanted) {
                    any |= accepts(choice, value);
                }
                yield any;
            }
            default -> throw new IllegalArgumentException("a keyword that this test does not know: " + keyword);
        };
    }
}
