package jp.hinomi.rules.taxonomy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.Logsource;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleSource;
import jp.hinomi.rules.read.Problems;

/**
 * Turns the field names of one file from Sigma's taxonomy into ours, word by word in its text, so that everything else stays
 * as its author wrote it. Used once.
 */
final class Translator {
    /** Keys of the sections that hold search identifiers, and are none. */
    private static final Map<String, Set<String>> NOT_IDENTIFIERS =
            Map.of("detection", Set.of("condition", "timeframe"), "filter", Set.of("condition", "rules"));

    /** With these a value stays one of the field's values, and is no part or pattern of them. */
    private static final Set<String> WHOLE_VALUES = Set.of("", "all", "neq", "cased");

    private final Taxonomy taxonomy;
    private final Logsources logsources;
    private final Problems problems = new Problems();
    private final List<Edit> edits = new ArrayList<>();
    private final List<Translation.Insertion> header = new ArrayList<>();
    private final Set<String> noted = new TreeSet<>();

    private Translator(Taxonomy taxonomy, Logsources logsources) {
        this.taxonomy = taxonomy;
        this.logsources = logsources;
    }

    static Translation translate(RuleSource source, List<Node> documents, Taxonomy taxonomy, Logsources logsources) {
        Translator translator = new Translator(taxonomy, logsources);
        documents.forEach(translator::document);
        return translator.finish(source.text());
    }

    private Translation finish(String text) {
        EditedText edited = new EditedText(text);
        Optional<Edit> misplaced = edited.misplaced(edits);
        if (misplaced.isPresent()) {
            problems.error(
                    ProblemCode.UNTRANSLATED,
                    misplaced.get().at(),
                    "'" + misplaced.get().old() + "' is written with escapes, so it cannot be replaced where it stands",
                    "write the name plainly");
            return new Translation(text, Set.of(), List.of(), problems.found());
        }
        Set<Integer> lines = new TreeSet<>();
        edits.forEach(edit -> lines.add(edit.at().line()));
        return new Translation(edited.with(edits), lines, header, problems.found());
    }

    private void document(Node node) {
        if (!(node instanceof Node.Mapping document)) {
            return;
        }
        if (document.get("taxonomy") instanceof Node.Scalar taxonomyName
                && !taxonomyName.text().equals("sigma")) {
            if (!taxonomyName.text().equals("ecs")) {
                problems.error(
                        ProblemCode.UNTRANSLATED,
                        taxonomyName.at(),
                        "nothing is known of the taxonomy '" + taxonomyName.text() + "'",
                        "translate its names into Sigma's or those of ECS, and say 'taxonomy: sigma' or 'ecs'");
            }
            return;
        }
        for (String section : List.of("detection", "filter")) {
            if (document.get(section) instanceof Node.Mapping identifiers) {
                Set<Logsource> of = logsources(document, section, identifiers);
                identifiers.entries().forEach((name, identifier) -> {
                    if (!NOT_IDENTIFIERS.get(section).contains(name)) {
                        identifier(identifier, of);
                    }
                });
                sayEcs(document, section);
            }
        }
        if (document.get("correlation") instanceof Node.Mapping correlation) {
            correlation(correlation);
            sayEcs(document, "correlation");
        }
    }

    /** A filter is about the events of the rules that it names, and may describe their log source in fewer words. */
    private Set<Logsource> logsources(Node.Mapping document, String section, Node.Mapping identifiers) {
        Set<Logsource> filtered =
                section.equals("filter") ? logsources.behind(Logsources.texts(identifiers.get("rules"))) : Set.of();
        return filtered.isEmpty() ? Set.of(Logsources.of(document)) : filtered;
    }

    private void sayEcs(Node.Mapping document, String section) {
        Location at = document.keyAt(section);
        if (document.get("taxonomy") instanceof Node.Scalar written) {
            edits.add(new Edit(written.at(), written.text(), "ecs"));
        } else if (at.column() == 1 && document.at().line() < at.line()) {
            header.add(new Translation.Insertion(at.line(), "taxonomy: ecs"));
        }
    }

    private void identifier(Node node, Set<Logsource> of) {
        if (node instanceof Node.Mapping mapping) {
            items(mapping, of);
        } else if (node instanceof Node.Sequence sequence) {
            sequence.elements().forEach(element -> identifier(element, of));
        }
    }

    private void items(Node.Mapping mapping, Set<Logsource> of) {
        Map<String, String> taken = new HashMap<>();
        mapping.entries().forEach((key, value) -> {
            int bar = key.indexOf('|');
            String written = bar < 0 ? key : key.substring(0, bar);
            String modifiers = bar < 0 ? "" : key.substring(bar);
            String field = written.replace(" ", "");
            if (field.isEmpty()) {
                return;
            }
            Location at = mapping.keyAt(key);
            Target target = where(target(of, field, at), value, modifiers, at);
            String other = taken.putIfAbsent(target.field() + modifiers, written);
            if (other != null) {
                problems.error(
                        ProblemCode.FIELD_CONFLICT,
                        at,
                        "'" + other + "' and '" + written + "' are both '" + target.field() + "' here",
                        "give one of the two a search identifier of its own and join them in the condition");
            }
            edit(at, written, target.field());
            values(value, modifiers, target, of);
        });
    }

    private void values(Node value, String modifiers, Target target, Set<Logsource> of) {
        List<Node> elements = value instanceof Node.Sequence sequence ? sequence.elements() : List.of(value);
        boolean reference = modifiers.contains("|fieldref");
        if (!reference && (target.values().isEmpty() || modifiers.contains("|exists"))) {
            return;
        }
        for (Node element : elements) {
            if (!(element instanceof Node.Scalar scalar) || scalar.isNull()) {
                continue;
            }
            if (reference) {
                edit(
                        scalar.at(),
                        scalar.text(),
                        target(of, scalar.text(), scalar.at()).field());
                continue;
            }
            Optional<String> ours = isWholeValue(modifiers) ? target.value(scalar.text()) : Optional.empty();
            if (ours.isPresent()) {
                edit(scalar.at(), scalar.text(), ours.get());
            } else {
                problems.error(
                        ProblemCode.UNTRANSLATED,
                        scalar.at(),
                        "'" + scalar.text() + "' has no counterpart among the values of '" + target.field() + "'",
                        "write one of "
                                + String.join(
                                        ", ", new TreeSet<>(target.values().keySet())));
            }
        }
    }

    private static boolean isWholeValue(String modifiers) {
        return List.of(modifiers.split("\\|")).stream().map(String::strip).allMatch(WHOLE_VALUES::contains);
    }

    /** The field that the item looks in: where a name means a part, some rules mean the whole. */
    private Target where(Target target, Node value, String modifiers, Location at) {
        if (target.whole().isEmpty()) {
            return target;
        }
        Whereabouts where = Whereabouts.of(value, modifiers);
        if (where == Whereabouts.BOTH) {
            problems.error(
                    ProblemCode.UNTRANSLATED,
                    at,
                    "some of the values begin '" + target.field() + "', others '"
                            + target.whole().get() + "'",
                    "give those with a path a search identifier of their own and join the two in the condition");
        }
        return where == Whereabouts.PART
                ? target
                : new Target(target.whole().get(), Optional.empty(), target.values(), target.origin());
    }

    private void correlation(Node.Mapping correlation) {
        Set<String> aliases = new TreeSet<>();
        if (correlation.get("aliases") instanceof Node.Mapping written) {
            aliases.addAll(written.names());
            written.entries().values().forEach(alias -> {
                if (alias instanceof Node.Mapping fields) {
                    fields.entries().forEach((rule, field) -> field(field, List.of(rule)));
                }
            });
        }
        List<String> rules = Logsources.texts(correlation.get("rules"));
        fields(correlation.get("group-by"), rules, aliases);
        if (correlation.get("condition") instanceof Node.Mapping condition) {
            fields(condition.get("field"), rules, aliases);
        }
        fields(correlation.get("field"), rules, aliases);
    }

    private void fields(Node node, List<String> rules, Set<String> aliases) {
        List<Node> elements =
                node instanceof Node.Sequence sequence ? sequence.elements() : node == null ? List.of() : List.of(node);
        for (Node element : elements) {
            if (element instanceof Node.Scalar scalar && !aliases.contains(scalar.text())) {
                field(element, rules);
            }
        }
    }

    private void field(Node node, List<String> rules) {
        Set<Logsource> of = logsources.behind(rules);
        if (node instanceof Node.Scalar scalar && !of.isEmpty()) {
            edit(
                    scalar.at(),
                    scalar.text(),
                    target(of, scalar.text(), scalar.at(), "name the field of each rule under 'aliases'")
                            .field());
        }
    }

    private void edit(Location at, String old, String replacement) {
        if (!old.equals(replacement)) {
            edits.add(new Edit(at, old, replacement));
        }
    }

    private Target target(Set<Logsource> of, String field, Location at) {
        return target(of, field, at, "write one filter for the rules of each log source");
    }

    /**
     * What one name means in several rules together must be the same field with the same values here.
     *
     * @param remedy if it is not
     */
    private Target target(Set<Logsource> of, String field, Location at, String remedy) {
        Map<String, Target> targets = new TreeMap<>();
        of.forEach(logsource -> {
            Target target = taxonomy.target(logsource, field);
            targets.putIfAbsent(target.field() + new TreeMap<>(target.values()), target);
        });
        if (targets.size() > 1) {
            Set<String> names = new TreeSet<>();
            targets.values().forEach(target -> names.add(target.field()));
            problems.error(
                    ProblemCode.FIELD_CONFLICT,
                    at,
                    "'" + field + "' "
                            + (names.size() > 1 ? "is " + String.join(" and ", names) : "has different values")
                            + " here, depending on the rule",
                    remedy);
        }
        Target target = targets.values().iterator().next();
        if (noted.add(target.origin() + target.field())) {
            note(target, field, at);
        }
        return target;
    }

    private void note(Target target, String field, Location at) {
        switch (target.origin()) {
            case KNOWN -> {
                // Nothing to say.
            }
            case FOREIGN ->
                problems.accept(ProblemCode.FOREIGN_FIELD.warning(
                        at,
                        "no format of Hinomi fills '" + target.field() + "' (" + field + ") from such logs",
                        "have such events arrive as ecs-json with fields of that name"));
            case UNKNOWN ->
                problems.accept(ProblemCode.UNKNOWN_FIELD.warning(
                        at,
                        "nothing is known about the field '" + field + "', so it keeps its name",
                        "see how decoded events of that source call it (hinomi decode) and change the name"));
        }
    }
}
