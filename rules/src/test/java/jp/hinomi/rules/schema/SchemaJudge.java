package jp.hinomi.rules.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a value is valid under a JSON Schema (draft 2020-12), for the keywords that {@link RuleSchema} uses. A keyword that it
 * does not know is refused, so that none is passed over.
 */
final class SchemaJudge {
    private final JsonNode root;

    SchemaJudge(JsonNode root) {
        this.root = root;
    }

    boolean accepts(JsonNode value) {
        return accepts(root, value);
    }

    private boolean accepts(JsonNode schema, JsonNode value) {
        if (schema.isBoolean()) {
            return schema.booleanValue();
        }
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            if (!holds(schema, keyword.getKey(), keyword.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(JsonNode schema, String keyword, JsonNode wanted, JsonNode value) {
        return switch (keyword) {
            case "$schema", "$id", "$defs", "title", "description", "$comment", "then" -> true;
            case "$ref" -> accepts(root.at(wanted.asText().substring(1)), value);
            case "type" -> some(wanted, type -> isOf(type.asText(), value));
            case "enum" -> some(wanted, value::equals);
            case "const" -> wanted.equals(value);
            case "pattern" ->
                !value.isTextual()
                        || Pattern.compile(wanted.asText())
                                .matcher(value.asText())
                                .find();
            case "maxLength" -> !value.isTextual() || value.asText().length() <= wanted.asInt();
            case "minimum" -> !value.isNumber() || value.asDouble() >= wanted.asDouble();
            case "maximum" -> !value.isNumber() || value.asDouble() <= wanted.asDouble();
            case "exclusiveMinimum" -> !value.isNumber() || value.asDouble() > wanted.asDouble();
            case "minItems" -> !value.isArray() || value.size() >= wanted.asInt();
            case "uniqueItems" -> !value.isArray() || new HashSet<>(elements(value)).size() == value.size();
            case "items" -> !value.isArray() || elements(value).stream().allMatch(each -> accepts(wanted, each));
            case "minProperties" -> !value.isObject() || value.size() >= wanted.asInt();
            case "required" -> !value.isObject() || elements(wanted).stream().allMatch(key -> value.has(key.asText()));
            case "properties" ->
                !value.isObject()
                        || wanted.properties().stream()
                                .allMatch(each -> !value.has(each.getKey())
                                        || accepts(each.getValue(), value.get(each.getKey())));
            case "additionalProperties" ->
                !value.isObject()
                        || value.properties().stream()
                                .allMatch(each -> schema.path("properties").has(each.getKey())
                                        || accepts(wanted, each.getValue()));
            case "propertyNames" ->
                !value.isObject()
                        || value.properties().stream()
                                .allMatch(each -> accepts(
                                        wanted, com.fasterxml.jackson.databind.node.TextNode.valueOf(each.getKey())));
            case "anyOf" -> some(wanted, each -> accepts(each, value));
            case "allOf" -> elements(wanted).stream().allMatch(each -> accepts(each, value));
            case "oneOf" ->
                elements(wanted).stream().filter(each -> accepts(each, value)).count() == 1;
            case "if" -> !accepts(wanted, value) || accepts(schema.get("then"), value);
            default -> throw new IllegalArgumentException("a keyword that this judge does not know: " + keyword);
        };
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("a type that this judge does not know: " + type);
        };
    }

    private static boolean some(JsonNode list, java.util.function.Predicate<JsonNode> test) {
        return elements(list).stream().anyMatch(test);
    }

    /** A single value stands for a list of it. */
    private static java.util.List<JsonNode> elements(JsonNode list) {
        java.util.List<JsonNode> elements = new java.util.ArrayList<>();
        if (list.isArray()) {
            list.forEach(elements::add);
        } else {
            elements.add(list);
        }
        return elements;
    }
}
