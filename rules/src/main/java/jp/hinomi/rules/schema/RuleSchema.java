package jp.hinomi.rules.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.read.Controls;
import jp.hinomi.rules.read.Vocabulary;
import jp.hinomi.rules.route.Attribute;
import jp.hinomi.rules.route.LogsourceTable;

/**
 * The JSON Schema (draft 2020-12) of one document of a rule file: Sigma 2.1 with our extensions. What it accepts is what can be
 * said without knowing other documents; that names exist, conditions parse and expressions run is for {@code rules check}.
 */
public final class RuleSchema {
    /** Its name; where it stands is for whoever uses it to say. */
    public static final String ID = "urn:hinomi:rule-schema:1";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String DURATION = "^[0-9]{1,9}[smhdw]$";

    /** What stands under a key of a document, by key: each has a schema, or the schema of a key that nobody described. */
    private static final Map<String, ObjectNode> KEYS = keys();

    private RuleSchema() {}

    /** The schema. */
    public static ObjectNode schema() {
        ObjectNode schema = NODES.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", ID)
                .put("title", "Hinomi rule")
                .put("description", "A Sigma 2.1 detection, correlation or filter, with the extensions of Hinomi")
                .put("type", "object");
        schema.putArray("required").add("title");
        ObjectNode properties = schema.putObject("properties");
        keys(Vocabulary.sigmaKeys(), properties, false);
        keys(Vocabulary.ownKeys(), properties, true);
        schema.put("additionalProperties", false);
        ArrayNode kinds = schema.putArray("oneOf");
        kinds.add(required("detection", "logsource"));
        kinds.add(required("correlation"));
        kinds.add(required("filter", "logsource"));
        ObjectNode definitions = schema.putObject("$defs");
        definitions.set("text", text());
        definitions.set("texts", texts());
        definitions.set("identifier", identifier());
        definitions.set("items", items());
        definitions.set("value", value());
        definitions.set("condition", oneOrMore(text()));
        return schema;
    }

    private static void keys(Collection<String> words, ObjectNode properties, boolean own) {
        for (String word : words) {
            ObjectNode schema = KEYS.getOrDefault(word, NODES.objectNode()).deepCopy();
            if (own) {
                schema.put("$comment", "an extension of Hinomi");
            }
            properties.set(word, schema);
        }
    }

    private static Map<String, ObjectNode> keys() {
        Map<String, ObjectNode> keys = new TreeMap<>();
        keys.put("title", described(limited(256), "what happened, in one line"));
        keys.put("title_ja", described(limited(256), "the title in Japanese"));
        keys.put("id", described(limited(256), "a UUID that stays for ever"));
        keys.put("name", described(limited(256), "by which correlations and tests refer to the rule"));
        keys.put("description", described(limited(65_535), "what was seen and why it matters"));
        keys.put("description_ja", described(limited(65_535), "the description in Japanese"));
        keys.put("status", described(words(Vocabulary.statuses()), "how far the rule is proven"));
        keys.put("level", described(words(Vocabulary.levels()), "how bad it is"));
        keys.put("date", described(date(), "when it was written: YYYY-MM-DD"));
        keys.put("modified", described(date(), "when it was changed: YYYY-MM-DD"));
        keys.put("tags", described(tags(), "controls of the guideline (cps.*), techniques of ATT&CK (attack.*)"));
        keys.put("falsepositives", described(reference("texts"), "harmless causes that look the same"));
        keys.put("falsepositives_ja", described(reference("texts"), "the harmless causes in Japanese"));
        keys.put("response", described(response(), "what the recipient does first"));
        keys.put("suppress", described(duration(), "how long more of the same extends the open alert"));
        keys.put("not_evaluable_without", described(reference("texts"), "sources without which the rule sees nothing"));
        keys.put("always_alert", described(flag(), "alert although correlations use the rule"));
        keys.put("owner", described(text(), "of an exception (a filter): who answers for it"));
        keys.put("reason", described(response(), "of an exception (a filter): why it is needed"));
        keys.put("expires", described(text(), "of an exception (a filter): its last day, or the moment of its end"));
        keys.put("generate", described(flag(), "of a correlation: the rules that it uses alert as well"));
        keys.put("author", described(NODES.objectNode(), "who can be asked about it"));
        keys.put("references", described(NODES.objectNode(), "where to read more"));
        keys.put("related", described(NODES.objectNode(), "other rules that this one comes from or goes with"));
        keys.put("fields", described(NODES.objectNode(), "fields that help to judge an event"));
        keys.put("license", described(NODES.objectNode(), "an SPDX expression"));
        keys.put("scope", described(NODES.objectNode(), "what the rule is meant for"));
        keys.put("taxonomy", described(NODES.objectNode(), "whose names of fields it uses"));
        keys.put("regression_tests_path", described(NODES.objectNode(), "of the public collection: where samples are"));
        keys.put("simulation", described(NODES.objectNode(), "of the public collection: how to bring it about"));
        keys.put("logsource", logsource());
        keys.put("detection", detection());
        keys.put("correlation", correlation());
        keys.put("filter", filter());
        return keys;
    }

    private static ObjectNode described(ObjectNode schema, String description) {
        return schema.put("description", description);
    }

    /** Numbers are taken as they are written; blank text is none. */
    private static ObjectNode text() {
        ObjectNode text = NODES.objectNode();
        text.putArray("type").add("string").add("number");
        return text.put("pattern", "\\S");
    }

    private static ObjectNode limited(int most) {
        return text().put("maxLength", most);
    }

    private static ObjectNode texts() {
        ObjectNode texts = oneOrMore(text());
        return texts;
    }

    private static ObjectNode oneOrMore(ObjectNode one) {
        ObjectNode schema = NODES.objectNode();
        ArrayNode either = schema.putArray("anyOf");
        either.add(one);
        either.addObject().put("type", "array").set("items", one.deepCopy());
        return schema;
    }

    private static ObjectNode reference(String definition) {
        return NODES.objectNode().put("$ref", "#/$defs/" + definition);
    }

    private static ObjectNode words(Collection<String> words) {
        ObjectNode schema = NODES.objectNode();
        words.forEach(schema.putArray("enum")::add);
        return schema;
    }

    private static ObjectNode date() {
        return NODES.objectNode()
                .put("type", "string")
                .put("pattern", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");
    }

    private static ObjectNode duration() {
        return NODES.objectNode().put("type", "string").put("pattern", DURATION);
    }

    private static ObjectNode flag() {
        return NODES.objectNode().put("type", "boolean");
    }

    private static ObjectNode tags() {
        ObjectNode tag = NODES.objectNode();
        ArrayNode either = tag.putArray("anyOf");
        either.add(words(Controls.ids()));
        either.addObject().put("type", "string").put("pattern", "^(?!cps\\.)[a-z0-9_-]+\\.[a-z0-9._-]+$");
        return oneOrMore(tag);
    }

    private static ObjectNode response() {
        ObjectNode byLanguage = object();
        Vocabulary.languages()
                .forEach(language -> ((ObjectNode) byLanguage.get("properties")).set(language, reference("text")));
        ObjectNode schema = NODES.objectNode();
        schema.putArray("anyOf").add(reference("text")).add(byLanguage);
        return schema;
    }

    /** A mapping with no other keys than those that are put into its properties. */
    private static ObjectNode object() {
        ObjectNode object = NODES.objectNode().put("type", "object");
        object.putObject("properties");
        return object.put("additionalProperties", false);
    }

    private static ObjectNode required(String... keys) {
        ObjectNode schema = NODES.objectNode();
        Arrays.stream(keys).forEach(schema.putArray("required")::add);
        return schema;
    }

    /** Other words than those that are known are allowed: they exclude no event. */
    private static ObjectNode logsource() {
        ObjectNode schema = described(object(), "which logs the rule is about");
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ArrayNode either = schema.putArray("anyOf");
        for (Attribute attribute : List.of(Attribute.CATEGORY, Attribute.PRODUCT, Attribute.SERVICE)) {
            ObjectNode word = NODES.objectNode();
            word.putArray("anyOf")
                    .add(words(LogsourceTable.standard().words(attribute)))
                    .add(reference("text"));
            properties.set(attribute.word(), word);
            either.add(required(attribute.word()));
        }
        properties.set("definition", NODES.objectNode());
        return schema;
    }

    private static ObjectNode detection() {
        ObjectNode schema = section();
        ((ObjectNode) schema.get("properties")).put("timeframe", false);
        schema.putArray("required").add("condition");
        return described(schema.put("minProperties", 2), "search identifiers, and the condition over them");
    }

    private static ObjectNode filter() {
        ObjectNode schema = section();
        Vocabulary.filterKeys().forEach(key -> ((ObjectNode) schema.get("properties")).set(key, NODES.objectNode()));
        ((ObjectNode) schema.get("properties")).set("rules", reference("texts"));
        schema.putArray("required").add("rules").add("condition");
        return described(schema, "what is excepted from the matches of some rules");
    }

    private static ObjectNode section() {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        schema.putObject("properties").set("condition", reference("condition"));
        schema.set("additionalProperties", reference("identifier"));
        return schema;
    }

    private static ObjectNode identifier() {
        ObjectNode element = NODES.objectNode();
        element.putArray("anyOf").add(keyword()).add(reference("items"));
        ObjectNode list = NODES.objectNode().put("type", "array").put("minItems", 1);
        list.set("items", element);
        ObjectNode schema = NODES.objectNode();
        schema.putArray("anyOf").add(keyword()).add(reference("items")).add(list);
        return schema;
    }

    private static ObjectNode keyword() {
        ObjectNode keyword = NODES.objectNode();
        keyword.putArray("type").add("string").add("number").add("boolean");
        return keyword;
    }

    /** {@code field|modifier|…: value}. */
    private static ObjectNode items() {
        ObjectNode items = NODES.objectNode().put("type", "object").put("minProperties", 1);
        items.putObject("propertyNames")
                .put("pattern", "^[^|]*(\\|\\s*(" + String.join("|", Vocabulary.modifiers()) + ")\\s*)*$");
        items.set("additionalProperties", reference("value"));
        return items;
    }

    private static ObjectNode value() {
        ObjectNode one = NODES.objectNode();
        one.putArray("type").add("string").add("number").add("boolean").add("null");
        ObjectNode list = NODES.objectNode().put("type", "array").put("minItems", 1);
        list.set("items", keyword());
        ObjectNode schema = NODES.objectNode();
        schema.putArray("anyOf").add(one).add(list);
        return schema;
    }

    private static ObjectNode correlation() {
        ObjectNode schema = described(object(), "several events: which rules, grouped how, within which time");
        ObjectNode properties = (ObjectNode) schema.get("properties");
        Map<String, ObjectNode> keys = correlationKeys();
        Vocabulary.correlationKeys().forEach(key -> properties.set(key, keys.getOrDefault(key, NODES.objectNode())));
        Vocabulary.ownCorrelationKeys()
                .forEach(key -> properties.set(
                        key, keys.getOrDefault(key, NODES.objectNode()).put("$comment", "an extension of Hinomi")));
        schema.putArray("required").add("type").add("rules").add("timespan");
        ArrayNode cases = schema.putArray("allOf");
        for (CorrelationRule.Type type : CorrelationRule.Type.values()) {
            cases.add(ofType(type));
        }
        return schema;
    }

    private static Map<String, ObjectNode> correlationKeys() {
        Map<String, ObjectNode> keys = new TreeMap<>();
        keys.put(
                "type",
                described(
                        words(Arrays.stream(CorrelationRule.Type.values())
                                .map(CorrelationRule.Type::word)
                                .toList()),
                        "what is judged"));
        ObjectNode rules = oneOrMore(text());
        ((ObjectNode) rules.at("/anyOf/1")).put("minItems", 1).put("uniqueItems", true);
        keys.put("rules", described(rules, "names or ids of the rules whose matches are taken"));
        ObjectNode groupBy = oneOrMore(text());
        ((ObjectNode) groupBy.at("/anyOf/1")).put("uniqueItems", true);
        keys.put("group-by", described(groupBy, "fields or aliases; matches with the same values belong together"));
        keys.put("timespan", described(duration(), "how far matches may lie apart"));
        keys.put("condition", criteria());
        ObjectNode alias = NODES.objectNode().put("type", "object");
        alias.set("additionalProperties", reference("text"));
        ObjectNode aliases = NODES.objectNode().put("type", "object");
        aliases.set("additionalProperties", alias);
        keys.put("aliases", described(aliases, "by name, the field of each rule that it stands for"));
        keys.put("generate", described(flag(), "the listed rules alert as well"));
        keys.put("learning", described(duration(), "of new_value: how long a group only learns"));
        keys.put(
                "baseline",
                described(duration(), "of rate_change: what makes the average, a multiple of the timespan"));
        keys.put(
                "at_least",
                described(
                        NODES.objectNode().put("type", "number").put("minimum", 1),
                        "of rate_change: matches that make it matter"));
        keys.put(
                "epl",
                described(NODES.objectNode().put("type", "string"), "of epl: a statement over the listed rules"));
        return keys;
    }

    private static ObjectNode criteria() {
        ObjectNode schema = described(object(), "all criteria must hold together");
        ObjectNode properties = (ObjectNode) schema.get("properties");
        for (CorrelationRule.Operator operator : CorrelationRule.Operator.values()) {
            properties.putObject(operator.word()).put("type", "number");
        }
        properties.set("field", reference("texts"));
        properties
                .putObject("percentile")
                .put("type", "number")
                .put("exclusiveMinimum", 0)
                .put("maximum", 100);
        return schema;
    }

    /** What the type needs, and what belongs to other types. */
    private static ObjectNode ofType(CorrelationRule.Type type) {
        ObjectNode schema = NODES.objectNode();
        ObjectNode when = schema.putObject("if");
        when.putObject("properties").putObject("type").put("const", type.word());
        when.putArray("required").add("type");
        ObjectNode then = schema.putObject("then");
        ObjectNode properties = then.putObject("properties");
        ArrayNode required = then.putArray("required");
        switch (type) {
            case ABSENCE, EPL -> properties.put("condition", false);
            case TEMPORAL, TEMPORAL_ORDERED -> properties.set("condition", withField(false));
            case EVENT_COUNT, RATE_CHANGE -> {
                required.add("condition");
                properties.set("condition", withField(false));
            }
            case VALUE_COUNT, VALUE_SUM, VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE, NEW_VALUE -> {
                required.add("condition");
                properties.set("condition", withField(true));
            }
        }
        if (type == CorrelationRule.Type.EPL) {
            required.add("epl");
        } else {
            properties.put("epl", false);
        }
        if (type != CorrelationRule.Type.NEW_VALUE) {
            properties.put("learning", false);
        }
        if (type != CorrelationRule.Type.RATE_CHANGE) {
            properties.put("baseline", false);
            properties.put("at_least", false);
        }
        return schema;
    }

    private static JsonNode withField(boolean wanted) {
        ObjectNode schema = NODES.objectNode();
        if (wanted) {
            schema.putArray("required").add("field");
        } else {
            schema.putObject("properties").put("field", false);
        }
        return schema;
    }
}
