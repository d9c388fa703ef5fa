package jp.hinomi.rules.lint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.events.ecs.EcsField;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Logsource;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.detection.FieldReference;
import jp.hinomi.rules.detection.NetworkTest;
import jp.hinomi.rules.detection.NumberTest;
import jp.hinomi.rules.detection.Numbers;
import jp.hinomi.rules.detection.TextPattern;
import jp.hinomi.rules.detection.TextTest;
import jp.hinomi.rules.detection.ValueTest;
import jp.hinomi.rules.read.DetectionOutline;
import jp.hinomi.rules.taxonomy.Target;
import jp.hinomi.rules.taxonomy.Taxonomy;

/** Names of fields that no event has, and values that a field never has. Each name once per document. */
final class FieldCheck implements Check {
    private static final EcsCatalogue ECS = EcsCatalogue.get();
    private static final int MOST_NAMES = 4;

    @Override
    public void look(LintedDocument document, Surroundings surroundings, Findings findings) {
        Set<String> told = new HashSet<>();
        Map<String, Location> foreign = new LinkedHashMap<>();
        Logsource logsource = document.detection().map(rule -> rule.logsource()).orElse(Logsource.ANY);
        document.outline()
                .ifPresent(outline -> outline.identifiers().values().stream()
                        .flatMap(identifier -> identifier.items().stream())
                        .forEach(item -> {
                            if (!item.field().isEmpty()) {
                                field(item.field(), item.at(), logsource, surroundings, foreign, told, findings);
                                values(item, findings);
                            }
                            references(item, logsource, surroundings, foreign, told, findings);
                        }));
        document.correlation()
                .ifPresent(rule -> places(document, rule)
                        .forEach((name, at) -> field(name, at, Logsource.ANY, surroundings, foreign, told, findings)));
        sigmaNames(foreign, findings);
    }

    private static void references(
            DetectionOutline.Item item,
            Logsource logsource,
            Surroundings surroundings,
            Map<String, Location> foreign,
            Set<String> told,
            Findings findings) {
        for (DetectionOutline.Value value : item.values()) {
            for (ValueTest test : value.tests()) {
                if (test instanceof FieldReference reference) {
                    field(
                            reference.other().name(),
                            value.written().at(),
                            logsource,
                            surroundings,
                            foreign,
                            told,
                            findings);
                }
            }
        }
    }

    /** The fields that a correlation names, aliases apart, with their places. */
    private static Map<String, Location> places(LintedDocument document, CorrelationRule rule) {
        Map<String, Location> places = new TreeMap<>();
        Node.Mapping section = document.section("correlation").orElseThrow();
        scalars(section.get("group-by")).stream()
                .filter(field -> !rule.aliases().containsKey(field.text()))
                .forEach(field -> places.put(field.text(), field.at()));
        if (section.get("condition") instanceof Node.Mapping condition) {
            scalars(condition.get("field")).stream()
                    .filter(field -> !rule.aliases().containsKey(field.text()))
                    .forEach(field -> places.put(field.text(), field.at()));
        }
        if (section.get("aliases") instanceof Node.Mapping aliases) {
            aliases.entries().values().forEach(alias -> {
                if (alias instanceof Node.Mapping byRule) {
                    byRule.entries()
                            .values()
                            .forEach(field -> scalars(field).forEach(scalar -> places.put(scalar.text(), scalar.at())));
                }
            });
        }
        return places;
    }

    static List<Node.Scalar> scalars(Node node) {
        List<Node.Scalar> scalars = new ArrayList<>();
        if (node instanceof Node.Sequence sequence) {
            sequence.elements().forEach(element -> scalars.addAll(scalars(element)));
        } else if (node instanceof Node.Scalar scalar) {
            scalars.add(scalar);
        }
        return scalars;
    }

    private static void field(
            String name,
            Location at,
            Logsource logsource,
            Surroundings surroundings,
            Map<String, Location> foreign,
            Set<String> told,
            Findings findings) {
        if (surroundings.knows(name) || !told.add(name)) {
            return;
        }
        Target target = Taxonomy.standard().target(logsource, name);
        if (target.origin() == Target.Origin.KNOWN
                && !target.field().equals(name)
                && surroundings.knows(target.field())) {
            foreign.put("'" + name + "' (here '" + target.field() + "')", at);
            return;
        }
        findings.add(
                ProblemCode.UNKNOWN_FIELD,
                at,
                "no decoder fills the field '" + name + "', and ECS " + EcsCatalogue.VERSION + " does not have it",
                surroundings
                        .near(name)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse(
                                "see with 'hinomi decode' what events of that source call it; a format of your own: name the"
                                        + " city with --city"));
    }

    /** A rule as Sigma's repositories have it uses many such names, which one finding tells. */
    private static void sigmaNames(Map<String, Location> foreign, Findings findings) {
        if (!foreign.isEmpty()) {
            findings.add(
                    ProblemCode.UNKNOWN_FIELD,
                    foreign.values().iterator().next(),
                    "events call by other names what Sigma calls "
                            + foreign.keySet().stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                            + (foreign.size() > MOST_NAMES ? ", …" : ""),
                    "take the rule over with 'hinomi rules import', or write the names that events have");
        }
    }

    /** Plain values only: what is compared otherwise may be meant for parts of them. */
    private static void values(DetectionOutline.Item item, Findings findings) {
        if (item.modifiers().stream().anyMatch(modifier -> !modifier.equals("neq") && !modifier.equals("cased"))) {
            return;
        }
        for (DetectionOutline.Value value : item.values()) {
            plain(value)
                    .flatMap(text -> never(item.field(), text))
                    .ifPresent(remedy -> findings.add(
                            ProblemCode.FIELD_VALUE,
                            value.written().at(),
                            "'" + item.field() + "' is never '"
                                    + Words.cut(value.written().text()) + "'",
                            remedy));
        }
    }

    private static Optional<String> plain(DetectionOutline.Value value) {
        ValueTest test = value.tests().get(0);
        if (test instanceof TextTest text && text.pattern().shape() == TextPattern.Shape.EXACT) {
            // Nothing at all asks whether the field is missing.
            return Optional.of(text.pattern().literal()).filter(literal -> !literal.isEmpty());
        }
        return test instanceof NumberTest number ? Optional.of(number.number().toString()) : Optional.empty();
    }

    /** What to do, if the field cannot have the value. */
    private static Optional<String> never(String field, String text) {
        Set<String> allowed = ECS.values(field);
        if (!allowed.isEmpty()) {
            return allowed.contains(text.toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : Optional.of(Suggestion.remedy(text, allowed));
        }
        String type = ECS.field(field).map(EcsField::type).orElse("");
        return switch (type) {
            case "ip" ->
                NetworkTest.parse(text).isPresent() && text.indexOf('/') < 0
                        ? Optional.empty()
                        : Optional.of(
                                text.indexOf('/') >= 0
                                        ? "compare it with a network: '" + field + "|cidr'"
                                        : "it holds addresses: write one, or use a field with names");
            case "long", "float", "scaled_float" ->
                Numbers.of(text) != null ? Optional.empty() : Optional.of("it holds numbers: write one");
            case "boolean" ->
                text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                        ? Optional.empty()
                        : Optional.of("it holds true or false");
            default -> Optional.empty();
        };
    }
}
