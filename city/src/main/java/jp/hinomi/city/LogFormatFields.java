package jp.hinomi.city;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.events.ecs.EcsField;

/** What one format's parts become: fields of ECS 8.17, and others below the format's prefix. Not thread-safe: one per file. */
final class LogFormatFields {
    private static final EcsCatalogue ECS = EcsCatalogue.get();
    private static final List<String> FORMS = List.of("iso", "epoch", "syslog", "clf");

    /** Every event has these from elsewhere. */
    private static final Set<String> NOT_TO_BE_SET = Set.of("@timestamp", "event.id", "event.original");

    private final Form form;
    private final Reading reading;
    private final Optional<String> prefix;
    private final LogFormatParts parts;

    LogFormatFields(Form form, Reading reading, Optional<String> prefix, LogFormatParts parts) {
        this.form = form;
        this.reading = reading;
        this.prefix = prefix;
        this.parts = parts;
    }

    static String prefix(String text) {
        if (!text.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")) {
            throw new Mistake(
                    "bad-prefix", "'" + text + "' cannot be a prefix", "use lower-case letters, digits, '_' and '.'");
        }
        if (ECS.claims(text) || text.equals("city") || text.startsWith("city.") || text.startsWith("clock")) {
            throw new Mistake(
                    "taken-prefix",
                    "'" + text + "' belongs to ECS or Hinomi",
                    "use the name of the vendor or the product, such as acme.gate");
        }
        return text;
    }

    Optional<LogFormat.Stamp> time() {
        Optional<Form> entry = form.form("time", false, "'time'");
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form time = entry.get()) {
            List<String> from = from(time, "from");
            Optional<String> spelled = time.required("form", LogFormatFields::timeForm);
            Optional<ZoneId> zone = time.optional("zone", Formats::zone);
            return from.isEmpty() || spelled.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new LogFormat.Stamp(from, spelled.get(), zone));
        }
    }

    private static String timeForm(String text) {
        if (FORMS.contains(text)) {
            return text;
        }
        try {
            var unused = DateTimeFormatter.ofPattern(text, Locale.ENGLISH);
        } catch (IllegalArgumentException | ClassCastException e) {
            // A cast is how the JDK fails with some letters, as "ypes".
            String reason = e instanceof ClassCastException ? "its letters do not go together" : e.getMessage();
            throw new Mistake(
                    "bad-time-form",
                    "'" + text + "' is not the form of a time: " + reason,
                    "write one of " + String.join(", ", FORMS) + ", or letters such as yyyy/MM/dd HH:mm:ss");
        }
        if (!text.contains("y") && !text.contains("u") || !text.contains("d") && !text.contains("D")) {
            throw new Mistake(
                    "bad-time-form",
                    "'" + text + "' has no year or no day",
                    "write both, such as yyyy/MM/dd HH:mm:ss; 'syslog' reads Apr  1 10:00:00");
        }
        return text;
    }

    /** {@code field: value} or {@code field: [value, value]}. */
    Map<String, List<String>> constants(String key) {
        return form.mapping(key).map(mapping -> constants(mapping, Map.of())).orElse(Map.of());
    }

    /** @param beneath values that hold where these do not, for the pairing of category and type */
    private Map<String, List<String>> constants(Node.Mapping mapping, Map<String, List<String>> beneath) {
        Map<String, List<String>> constants = new LinkedHashMap<>();
        mapping.entries().forEach((field, node) -> {
            if (isField(field, mapping.keyAt(field))) {
                List<String> values = texts(node);
                values.forEach(value -> value(field, value, node.at()));
                if (values.size() > 1) {
                    several(field, node.at());
                }
                constants.put(field, values);
            }
        });
        Map<String, List<String>> all = new LinkedHashMap<>(beneath);
        all.putAll(constants);
        if (constants.containsKey("event.type") || constants.containsKey("event.category")) {
            pairing(all, mapping.keyAt(constants.containsKey("event.type") ? "event.type" : "event.category"));
        }
        return constants;
    }

    List<LogFormat.Target> targets() {
        List<LogFormat.Target> targets = new ArrayList<>();
        form.mapping("fields")
                .ifPresent(mapping -> mapping.entries().forEach((field, node) -> {
                    if (isField(field, mapping.keyAt(field))) {
                        target(field, node).ifPresent(targets::add);
                    }
                }));
        return targets;
    }

    private Optional<LogFormat.Target> target(String field, Node node) {
        if (!(node instanceof Node.Mapping)) {
            List<String> from = texts(node);
            from.forEach(part -> parts.check(part, node.at()));
            return Optional.of(new LogFormat.Target(field, from, Map.of(), Optional.empty()));
        }
        Optional<Form> entry = Form.of(node, "'" + field + "'", reading);
        try (Form target = entry.orElseThrow()) {
            List<String> from = from(target, "from");
            Map<String, String> values = new LinkedHashMap<>();
            target.mapping("values")
                    .ifPresent(mapping -> mapping.entries().forEach((text, value) -> {
                        texts(value).stream().findFirst().ifPresent(one -> {
                            value(field, one, value.at());
                            values.put(text, one);
                        });
                    }));
            Optional<String> otherwise = target.optional("otherwise", text -> text);
            otherwise.ifPresent(text -> value(field, text, target.at("otherwise")));
            return from.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new LogFormat.Target(field, from, values, otherwise));
        }
    }

    private List<String> from(Form entry, String key) {
        Optional<Node> node = entry.node(key);
        List<String> from = node.map(this::texts).orElse(List.of());
        from.forEach(part -> parts.check(part, entry.at(key)));
        return from;
    }

    List<LogFormat.Case> cases(Map<String, List<String>> constants) {
        List<LogFormat.Case> cases = new ArrayList<>();
        for (Node node : form.list("cases", false)) {
            Optional<Form> entry = Form.of(node, "a case", reading);
            if (entry.isEmpty()) {
                continue;
            }
            try (Form one = entry.get()) {
                Map<String, List<String>> when = new LinkedHashMap<>();
                one.required("when")
                        .ifPresent(mapping -> mapping.entries().forEach((part, texts) -> {
                            parts.check(part, mapping.keyAt(part));
                            when.put(part, texts(texts));
                        }));
                Map<String, List<String>> set = one.required("set")
                        .map(mapping -> constants(mapping, constants))
                        .orElse(Map.of());
                if (!when.isEmpty() && !set.isEmpty()) {
                    cases.add(new LogFormat.Case(when, set));
                }
            }
        }
        return cases;
    }

    List<LogFormat.Sample> tests() {
        List<LogFormat.Sample> tests = new ArrayList<>();
        for (Node node : form.list("tests", false)) {
            Optional<Form> entry = Form.of(node, "a test", reading);
            if (entry.isEmpty()) {
                continue;
            }
            try (Form test = entry.get()) {
                Optional<String> line = test.required("line", text -> text);
                boolean rejected = test.optional("rejected", Formats::flag).orElse(false);
                Map<String, List<String>> expect = new LinkedHashMap<>();
                (rejected ? Optional.<Node.Mapping>empty() : test.required("expect"))
                        .ifPresent(mapping -> mapping.entries().forEach((field, value) -> {
                            boolean none = value instanceof Node.Scalar scalar && scalar.isNull();
                            expect.put(field, none ? List.of() : texts(value));
                        }));
                line.ifPresent(text -> tests.add(
                        new LogFormat.Sample(text, rejected ? Optional.empty() : Optional.of(expect), node.at())));
            }
        }
        return tests;
    }

    /** Whether that field may be set; if not, it is reported. */
    private boolean isField(String name, Location at) {
        if (NOT_TO_BE_SET.contains(name)) {
            reading.error(
                    at,
                    "reserved-field",
                    "'" + name + "' cannot be set here",
                    name.equals("@timestamp") ? "describe the time under 'time'" : "every event has it already");
            return false;
        }
        Optional<EcsField> known = ECS.field(name);
        if (known.isPresent() && known.get().isObject()) {
            reading.error(
                    at,
                    "object-field",
                    "'" + name + "' holds other fields",
                    "name one of them, such as " + name + ".x");
            return false;
        }
        if (ECS.allows(name) || prefix.isPresent() && name.startsWith(prefix.get() + '.')) {
            return true;
        }
        Set<String> names = new TreeSet<>();
        ECS.fields().forEach(field -> names.add(field.name()));
        reading.error(
                at,
                "unknown-field",
                "ECS " + EcsCatalogue.VERSION + " has no field '" + name + "'",
                Suggestion.nearest(name, names)
                        .map(nearest -> "did you mean '" + nearest + "'?")
                        .orElse(
                                prefix.isPresent()
                                        ? "put it below the prefix: " + prefix.get() + ".…"
                                        : "set 'prefix' to the vendor's name and put it below that"));
        return false;
    }

    private void value(String field, String value, Location at) {
        Set<String> allowed = ECS.values(field);
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            reading.error(
                    at,
                    "unknown-value",
                    "'" + value + "' is no value of " + field + " in ECS " + EcsCatalogue.VERSION,
                    Suggestion.remedy(value, allowed));
        }
        String type = ECS.field(field).map(EcsField::type).orElse("");
        if (type.equals("long") && !value.matches("-?[0-9]{1,18}")) {
            reading.error(at, "wrong-type", field + " is a whole number, here stands '" + value + "'", "write digits");
        }
    }

    private void several(String field, Location at) {
        if (!ECS.field(field).map(EcsField::several).orElse(true)) {
            reading.error(at, "one-value", field + " holds one value in ECS", "write one");
        }
    }

    private void pairing(Map<String, List<String>> values, Location at) {
        List<String> categories = values.getOrDefault("event.category", List.of());
        Set<String> allowed = new TreeSet<>();
        categories.forEach(category -> allowed.addAll(ECS.typesOf(category)));
        for (String type : values.getOrDefault("event.type", List.of())) {
            if (!categories.isEmpty() && ECS.values("event.type").contains(type) && !allowed.contains(type)) {
                reading.error(
                        at,
                        "wrong-pair",
                        "event.type '" + type + "' cannot stand beside event.category " + categories + " in ECS",
                        "use one of: " + String.join(", ", allowed));
            }
        }
    }

    /** A plain value or a list of them, as text. */
    private List<String> texts(Node node) {
        List<String> texts = new ArrayList<>();
        for (Node one : node instanceof Node.Sequence sequence ? sequence.elements() : List.of(node)) {
            if (one instanceof Node.Scalar scalar && !scalar.isNull()) {
                texts.add(scalar.text());
            } else {
                reading.error(
                        one.at(),
                        "wrong-type",
                        "here belongs plain text or a list of it, and stands " + one.kind(),
                        "write one value, or [a, b]");
            }
        }
        return texts;
    }
}
