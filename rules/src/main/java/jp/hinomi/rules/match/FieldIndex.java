package jp.hinomi.rules.match;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import jp.hinomi.rules.detection.EventField;

/** Everything that the rules of an engine ask of one field, so that a value is looked at once. Immutable. */
final class FieldIndex {
    private static final int[] NONE = {};

    private final EventField field;
    private final int[] present;
    private final int[] wokenByPresence;

    /** Tests that a whole number passes, by number: those for numbers, and those for its text. */
    private final Map<Long, int[]> longs;

    private final Map<Double, int[]> doubles;
    private final EqualityTable equal;
    private final EdgeTrie prefixes;
    private final EdgeTrie suffixes;
    private final GramIndex inside;

    /** Literals with characters beyond ASCII: a large alphabet, and most texts need not be searched for them. */
    private final ContainsAutomaton insideWide;

    /** @param numbers gives each literal of the engine its number */
    FieldIndex(FieldIndexBuilder builder, IntSupplier numbers) {
        field = builder.field;
        present = builder.present.stream().mapToInt(Integer::intValue).toArray();
        wokenByPresence =
                builder.wokenByPresence.stream().mapToInt(Integer::intValue).toArray();
        longs = arrays(builder.longs);
        doubles = arrays(builder.doubles);
        equal = builder.equal.isEmpty() ? null : new EqualityTable(builder.equal.literals(numbers));
        prefixes = builder.prefixes.isEmpty() ? null : new EdgeTrie(builder.prefixes.literals(numbers), false);
        suffixes = builder.suffixes.isEmpty() ? null : new EdgeTrie(builder.suffixes.literals(numbers), true);
        List<Literal> literals = builder.inside.literals(numbers);
        List<Literal> narrow =
                literals.stream().filter(literal -> isAscii(literal.text())).toList();
        List<Literal> wide =
                literals.stream().filter(literal -> !isAscii(literal.text())).toList();
        inside = narrow.isEmpty() ? null : new GramIndex(narrow);
        insideWide = wide.isEmpty() ? null : new ContainsAutomaton(wide);
    }

    private static <K> Map<K, int[]> arrays(Map<K, List<Integer>> lists) {
        Map<K, int[]> arrays = new HashMap<>();
        lists.forEach((key, list) ->
                arrays.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
        return arrays;
    }

    EventField field() {
        return field;
    }

    /** Looks at a value that is not null. */
    void look(Object value, Matching matching) {
        for (int predicate : present) {
            matching.hit(predicate);
        }
        if (wokenByPresence.length > 0) {
            matching.wake(wokenByPresence);
        }
        if (value instanceof String text) { // asked first: it is nearly always
            text(text, matching);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                one(list.get(i), matching);
            }
        } else {
            one(value, matching);
        }
    }

    private void one(Object value, Matching matching) {
        if (value instanceof String text) {
            text(text, matching);
        } else if (value instanceof Long number) {
            if (!longs.isEmpty()) {
                hitAll(longs.getOrDefault(number, NONE), matching);
            }
            // Equality with its text is in that table already.
            if (prefixes != null || suffixes != null || inside != null) {
                parts(number.toString(), matching);
            }
        } else if (value instanceof Double number) {
            // Zero has two forms that are equal and hash differently.
            hitAll(doubles.getOrDefault(number == 0 ? 0.0 : number, NONE), matching);
            text(number.toString(), matching);
        } else {
            text(value.toString(), matching);
        }
    }

    private static void hitAll(int[] predicates, Matching matching) {
        for (int predicate : predicates) {
            matching.hit(predicate);
        }
    }

    private void text(String text, Matching matching) {
        if (equal != null) {
            equal.find(text, matching);
        }
        parts(text, matching);
    }

    private void parts(String text, Matching matching) {
        if (prefixes != null) {
            prefixes.find(text, matching);
        }
        if (suffixes != null) {
            suffixes.find(text, matching);
        }
        if (inside != null) {
            inside.find(text, matching);
        }
        if (insideWide != null && !isAscii(text)) {
            insideWide.find(text, matching);
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }
}
