package jp.hinomi.alerting;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares JSON with the schemas of a description (OpenAPI 3.1, JSON Schema 2020-12), as far as ours go: a keyword that it does
 * not know is an error, so that nothing is passed over. Stricter in one thing: a part that the schema does not name is wrong.
 */
final class SchemaCheck {
    private static final Set<String> SAYS_NOTHING =
            Set.of("description", "format", "default", "title", "$ref", "example", "examples", "deprecated");

    private final JsonNode document;

    SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong; empty if nothing is. */
    List<String> problems(JsonNode schema, JsonNode value) {
        List<String> problems = new ArrayList<>();
        look(schema, value, "$", problems);
        return problems;
    }

    private void look(JsonNode given, JsonNode value, String at, List<String> problems) {
        JsonNode schema = resolve(given);
        Set<String> keywords = new TreeSet<>();
        schema.fieldNames().forEachRemaining(keywords::add);
        keywords.removeAll(SAYS_NOTHING);
        for (String keyword : keywords) {
            JsonNode rule = schema.get(keyword);
            switch (keyword) {
                case "type" -> type(rule, value, at, problems);
                case "enum" -> {
                    if (!value.isNull() && !contains(rule, value)) {
                        problems.add(at + " is " + value + ", none of " + rule);
                    }
                }
                case "required" ->
                    rule.forEach(name -> {
                        if (value.isObject() && !value.has(name.asText())) {
                            problems.add(at + " lacks " + name);
                        }
                    });
                case "properties" -> properties(schema, value, at, problems);
                case "additionalProperties" -> {
                    if (!schema.has("properties")) {
                        value.fields()
                                .forEachRemaining(
                                        each -> look(rule, each.getValue(), at + "." + each.getKey(), problems));
                    }
                }
                case "items" -> {
                    for (int i = 0; value.isArray() && i < value.size(); i++) {
                        look(rule, value.get(i), at + "[" + i + "]", problems);
                    }
                }
                case "anyOf" -> anyOf(rule, value, at, problems);
                default ->
                    throw new IllegalStateException("schemas have a keyword that this does not check: " + keyword);
            }
        }
        format(schema, value, at, problems);
    }

    private JsonNode resolve(JsonNode schema) {
        JsonNode resolved = schema;
        while (resolved.has("$ref")) {
            resolved = document.at(resolved.get("$ref").asText().substring(1));
            if (resolved.isMissingNode()) {
                throw new IllegalStateException("points nowhere: " + schema);
            }
        }
        return resolved;
    }

    private static boolean contains(JsonNode all, JsonNode value) {
        for (JsonNode each : all) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void type(JsonNode rule, JsonNode value, String at, List<String> problems) {
        List<String> allowed = new ArrayList<>();
        if (rule.isArray()) {
            rule.forEach(each -> allowed.add(each.asText()));
        } else {
            allowed.add(rule.asText());
        }
        String is = switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case MISSING, POJO, BINARY -> throw new IllegalStateException("not JSON: " + value);
            default -> value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
        };
        if (!allowed.contains(is) && !(is.equals("integer") && allowed.contains("number"))) {
            problems.add(at + " is " + is + ", not " + allowed);
        }
    }

    private void properties(JsonNode schema, JsonNode value, String at, List<String> problems) {
        JsonNode properties = schema.get("properties");
        value.fields().forEachRemaining(each -> {
            JsonNode rule = properties.get(each.getKey());
            if (rule != null) {
                look(rule, each.getValue(), at + "." + each.getKey(), problems);
            } else if (!schema.has("additionalProperties")) {
                problems.add(at + " has '" + each.getKey() + "', which is not described");
            }
        });
    }

    private void anyOf(JsonNode rule, JsonNode value, String at, List<String> problems) {
        List<String> all = new ArrayList<>();
        for (JsonNode each : rule) {
            List<String> one = problems(each, value);
            if (one.isEmpty()) {
                return;
            }
            all.addAll(one);
        }
        problems.add(at + " fits none: " + all);
    }

    private static void format(JsonNode schema, JsonNode value, String at, List<String> problems) {
        if (!value.isTextual()) {
            return;
        }
        try {
            switch (schema.path("format").asText()) {
                case "date-time" -> OffsetDateTime.parse(value.asText());
                case "date" -> LocalDate.parse(value.asText());
                default -> {}
            }
        } catch (DateTimeException e) {
            problems.add(at + " is no " + schema.get("format") + ": " + value);
        }
    }
}
