package jp.hinomi.city;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jp.hinomi.city.schedule.OnHolidays;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.Topics;

/**
 * The JSON Schema (draft 2020-12) of a city's files, for editors: each file is an object with one of its keys, or several. What it
 * accepts is what can be said of one entry; that ids exist and dates fit each other is for {@code city check}.
 */
public final class CitySchema {
    /** Its name; where it stands is for whoever uses it to say. */
    public static final String ID = "urn:hinomi:city-schema:1";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    private static final String TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}$";
    private static final String DURATION = "^[0-9]{1,9}[smhd]$";

    private CitySchema() {}

    /** The schema. */
    public static ObjectNode schema() {
        ObjectNode schema = NODES.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", ID)
                .put("title", "Files of a city")
                .put("type", "object")
                .put("minProperties", 1);
        ObjectNode files = schema.putObject("properties");
        files.set("city", open("id", "name", "zone"));
        files.set("stakeholders", list("stakeholder"));
        files.set("resources", list("resource"));
        files.set("responsibilities", list("responsibility"));
        files.set("escalations", list("escalation"));
        files.set("calendars", list("calendar"));
        files.set("schedules", list("schedule"));
        files.set("sources", list("source"));
        files.set("severity", severity());
        files.set("notification", notification());
        schema.put("additionalProperties", false);
        ObjectNode kinds = schema.putObject("$defs");
        people(kinds);
        things(kinds);
        duty(kinds);
        held(kinds);
        return schema;
    }

    private static ObjectNode notification() {
        return closed().with("egress", closed().with("allow", listOf(scalar())).node())
                .with("gateways", list("gateway"))
                .with(
                        "grouping",
                        grouping()
                                .must("by", listOf(text()))
                                .with("overrides", list("grouping-override"))
                                .node())
                .with(
                        "storm",
                        closed().with("limit", number(1, 1000))
                                .with("window", pattern(DURATION))
                                .node())
                .with(
                        "delivery",
                        closed().with("deadline", pattern(DURATION))
                                .with("alarm-after", pattern(DURATION))
                                .node())
                .with("inhibitions", list("inhibition"))
                .with("silences", list("silence"))
                .with(
                        "masking",
                        listOf(words(Arrays.stream(PersonalData.values()).map(PersonalData::word))))
                .node();
    }

    private static void held(ObjectNode kinds) {
        ObjectNode matchers = NODES.objectNode().put("type", "object").put("minProperties", 1);
        matchers.set("additionalProperties", anyOf(scalar(), listOf(scalar())));
        kinds.set("matchers", matchers);
        kinds.set(
                "inhibition",
                closed().must("id", ref("id"))
                        .must("source", ref("matchers"))
                        .must("target", ref("matchers"))
                        .with("equal", listOf(text()))
                        .with("for", pattern(DURATION))
                        .node());
        kinds.set(
                "silence",
                closed().must("id", ref("id"))
                        .with("kind", words(Arrays.stream(Silence.Kind.values()).map(Silence.Kind::word)))
                        .must("match", ref("matchers"))
                        .must("owner", ref("id"))
                        .must("reason", text())
                        .with("zone", text())
                        .must("from", pattern(TIME))
                        .must("until", pattern(TIME))
                        .with(
                                "repeat",
                                words(Arrays.stream(Silence.Repeat.values()).map(Silence.Repeat::word)))
                        .with("ends", pattern(DATE))
                        .node());
        ObjectNode headers = NODES.objectNode().put("type", "object");
        headers.set("additionalProperties", scalar());
        kinds.set(
                "gateway",
                closed().must("id", ref("id"))
                        .must("kind", words(Arrays.stream(Gateway.Kind.values()).map(Gateway.Kind::word)))
                        .must("url", text())
                        .with(
                                "method",
                                words(Arrays.stream(Gateway.Method.values()).map(Gateway.Method::name)))
                        .with(
                                "encoding",
                                words(Arrays.stream(Gateway.Encoding.values()).map(Gateway.Encoding::word)))
                        .must("body", text())
                        .with("success", text())
                        .with("headers", headers)
                        .with("max-length", number(20, 4000))
                        .with("limit", number(1, 1000))
                        .with("window", pattern(DURATION))
                        .node());
    }

    private static Keys grouping() {
        return closed().with("wait", pattern(DURATION))
                .with("interval", pattern(DURATION))
                .with("repeat", pattern(DURATION));
    }

    private static void people(ObjectNode kinds) {
        kinds.set("text", text());
        kinds.set("id", pattern("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"));
        kinds.set(
                "texts",
                closed().with("ja", ref("text")).with("en", ref("text")).atLeastOne());
        kinds.set(
                "stakeholder",
                closed().must("id", ref("id"))
                        .must("name", ref("texts"))
                        .must("role", words(Arrays.stream(Role.values()).map(Role::word)))
                        .must("locale", words(Formats.LANGUAGES.stream()))
                        .must("max-tlp", tlp())
                        .must("contacts", list("contact"))
                        .node());
        kinds.set(
                "contact",
                closed().must("id", ref("id"))
                        .must("kind", words(Arrays.stream(Contact.Kind.values()).map(Contact.Kind::word)))
                        .with(
                                "hours",
                                closed().with("zone", text())
                                        .with("on-call", hours())
                                        .node())
                        .with("max-tlp", tlp())
                        .with("channels", list("channel"))
                        .node());
        kinds.set("channel", channel());
    }

    /** Which keys a channel has depends on its type. */
    private static ObjectNode channel() {
        ObjectNode channel = open("type");
        channel.putObject("properties").set("type", words(Channel.TYPES.stream()));
        return channel;
    }

    private static void things(ObjectNode kinds) {
        kinds.set(
                "resource",
                closed().must("id", ref("id"))
                        .must("name", ref("texts"))
                        .must("layer", words(Arrays.stream(Layer.values()).map(Layer::word)))
                        .must(
                                "criticality",
                                words(Arrays.stream(Criticality.values()).map(Criticality::word)))
                        .with("selectors", list("selector"))
                        .node());
        Keys selector = closed();
        for (Selector.Kind kind : Selector.Kind.values()) {
            selector.with(
                    kind.word(),
                    kind == Selector.Kind.LAYER
                            ? words(Arrays.stream(Layer.values()).map(Layer::word))
                            : scalar());
        }
        kinds.set("selector", selector.atLeastOne());
        kinds.set(
                "source",
                closed().must("id", ref("id"))
                        .must("topic", words(Topics.LOGS.stream().sorted()))
                        .must("format", ref("id"))
                        .must("zone", text())
                        .with("charset", text())
                        .with("expect-every", pattern(DURATION))
                        .with("resource", ref("id"))
                        .with("senders", listOf(scalar()))
                        .with("certificates", listOf(scalar()))
                        .node());
    }

    private static void duty(ObjectNode kinds) {
        kinds.set(
                "responsibility",
                closed().must("resource", ref("id"))
                        .must("stakeholder", ref("id"))
                        .must("duty", words(Arrays.stream(Duty.values()).map(Duty::word)))
                        .with(
                                "severity-min",
                                words(Arrays.stream(Severity.values()).map(Severity::word)))
                        .with("escalation", ref("id"))
                        .with("valid-from", pattern(DATE))
                        .with("valid-to", pattern(DATE))
                        .with("review-due", pattern(DATE))
                        .with("basis", text())
                        .with("notify", ref("id"))
                        .with("under", ref("id"))
                        .with("scope", ref("texts"))
                        .node());
        kinds.set(
                "escalation",
                closed().must("id", ref("id"))
                        .with("reack-after", pattern(DURATION))
                        .with(
                                "loop-max",
                                NODES.objectNode().put("type", "integer").put("minimum", 0))
                        .must("steps", list("step"))
                        .node());
        kinds.set(
                "step",
                closed().must("notify", anyOf(ref("id"), listOf(ref("id"))))
                        .with("ack", words(Arrays.stream(AckMode.values()).map(AckMode::word)))
                        .with("ack-within", pattern(DURATION))
                        .node());
        kinds.set(
                "calendar", closed().must("id", ref("id")).must("days", days()).node());
        kinds.set(
                "schedule",
                closed().must("id", ref("id"))
                        .must("name", ref("texts"))
                        .with("zone", text())
                        .with("holidays", ref("id"))
                        .with(
                                "hand-over",
                                closed().with("notice", pattern(DURATION))
                                        .with("note", ref("texts"))
                                        .node())
                        .must("rotations", list("rotation"))
                        .with("overrides", list("override"))
                        .node());
        kinds.set(
                "rotation",
                closed().must("name", text())
                        .must("members", listOf(anyOf(ref("id"), listOf(ref("id")))))
                        .with("shift", pattern("^[1-9][0-9]{0,2}(h|d|w|mo)$"))
                        .with("hand-over", pattern("^((Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?([01][0-9]|2[0-3]):[0-5][0-9]$"))
                        .with("from", pattern(DATE))
                        .with("until", pattern(DATE))
                        .with("hours", hours())
                        .with(
                                "on-holidays",
                                words(Arrays.stream(OnHolidays.values()).map(OnHolidays::word)))
                        .node());
        kinds.set(
                "grouping-override",
                grouping()
                        .with("stakeholder", anyOf(ref("id"), listOf(ref("id"))))
                        .with("escalation", anyOf(ref("id"), listOf(ref("id"))))
                        .with("by", listOf(text()))
                        .node());
        kinds.set(
                "override",
                closed().must("from", pattern(TIME))
                        .must("to", pattern(TIME))
                        .must("on-duty", listOf(ref("id")))
                        .with("replaces", ref("id"))
                        .must("owner", ref("id"))
                        .must("reason", text())
                        .node());
    }

    private static ObjectNode days() {
        ObjectNode days = NODES.objectNode().put("type", "object");
        days.set("propertyNames", pattern(DATE));
        days.set("additionalProperties", text());
        return days;
    }

    private static ObjectNode severity() {
        List<String> levels =
                Arrays.stream(Severity.values()).map(Severity::word).toList();
        Keys row = closed();
        Arrays.stream(Criticality.values()).forEach(each -> row.must(each.word(), words(levels.stream())));
        Keys matrix = closed();
        levels.forEach(level -> matrix.must(level, row.node()));
        return matrix.node();
    }

    /** Keys of an object that has no others. */
    private record Keys(ObjectNode object, ObjectNode properties, ArrayNode required) {
        Keys with(String key, ObjectNode value) {
            properties.set(key, value);
            return this;
        }

        Keys must(String key, ObjectNode value) {
            required.add(key);
            return with(key, value);
        }

        ObjectNode atLeastOne() {
            return node().put("minProperties", 1);
        }

        ObjectNode node() {
            ObjectNode node = object.deepCopy();
            if (!required.isEmpty()) {
                node.set("required", required.deepCopy());
            }
            node.set("properties", properties.deepCopy());
            return node.put("additionalProperties", false);
        }
    }

    private static Keys closed() {
        return new Keys(NODES.objectNode().put("type", "object"), NODES.objectNode(), NODES.arrayNode());
    }

    private static ObjectNode open(String... required) {
        ObjectNode node = NODES.objectNode().put("type", "object");
        ArrayNode keys = node.putArray("required");
        List.of(required).forEach(keys::add);
        return node;
    }

    private static ObjectNode ref(String kind) {
        return NODES.objectNode().put("$ref", "#/$defs/" + kind);
    }

    private static ObjectNode list(String kind) {
        return listOf(ref(kind));
    }

    private static ObjectNode listOf(ObjectNode items) {
        ObjectNode list = NODES.objectNode().put("type", "array");
        list.set("items", items);
        return list;
    }

    private static ObjectNode number(int least, int most) {
        return NODES.objectNode().put("type", "integer").put("minimum", least).put("maximum", most);
    }

    private static ObjectNode anyOf(ObjectNode... choices) {
        ObjectNode node = NODES.objectNode();
        ArrayNode any = node.putArray("anyOf");
        List.of(choices).forEach(any::add);
        return node;
    }

    private static ObjectNode words(Stream<String> words) {
        ObjectNode node = NODES.objectNode();
        ArrayNode known = node.putArray("enum");
        words.forEach(known::add);
        return node;
    }

    private static ObjectNode tlp() {
        return words(Arrays.stream(Tlp.values()).map(Tlp::word));
    }

    private static ObjectNode hours() {
        String day = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
        String span = day + "(-" + day + ")? [0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]";
        return pattern("^(24x7|" + span + "( *, *" + span + ")*)$");
    }

    private static ObjectNode text() {
        return NODES.objectNode().put("type", "string");
    }

    /** Numbers need no quotes where a text is meant. */
    private static ObjectNode scalar() {
        ObjectNode node = NODES.objectNode();
        node.putArray("type").add("string").add("number");
        return node;
    }

    private static ObjectNode pattern(String pattern) {
        return text().put("pattern", pattern);
    }
}
