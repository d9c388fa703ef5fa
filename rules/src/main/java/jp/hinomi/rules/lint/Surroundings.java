package jp.hinomi.rules.lint;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.events.ecs.OwnFields;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.content.RuleTestCase;

/**
 * What a document is judged by, besides itself. Immutable.
 *
 * @param alerting names of the rules that people hear from
 * @param referenced names of the rules that correlations use
 * @param tests by name of the rule
 * @param declared names of fields that the city's own formats fill; one that ends with a dot stands for all below it
 */
record Surroundings(
        RuleSet rules,
        Set<String> alerting,
        Set<String> referenced,
        Map<String, Collection<RuleTestCase>> tests,
        Set<String> declared) {
    private static final Set<String> NAMES = names();

    /** Whether some event may have the field. */
    boolean knows(String field) {
        return !Fields.of(field).isExtra()
                || EcsCatalogue.get().allows(field)
                || OwnFields.allows(field)
                || declared.contains(field)
                || declared.stream().anyMatch(name -> name.endsWith(".") && field.startsWith(name));
    }

    /** A known field that the name may be meant for. */
    Optional<String> near(String field) {
        Set<String> names = new TreeSet<>(NAMES);
        names.addAll(declared);
        return Suggestion.nearest(field, names);
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        EcsCatalogue.get().fields().forEach(field -> names.add(field.name()));
        Fields.dictionary().stream().map(Field::name).forEach(names::add);
        return names;
    }
}
