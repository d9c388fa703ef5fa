package jp.hinomi.rules.match;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import jp.hinomi.rules.detection.Folding;

/** Collects literals while an engine is built; equal ones become one. */
final class LiteralSet {
    private record Key(String text, boolean cased) {}

    private record Predicates(Set<Integer> hits, Set<Integer> touches) {}

    private final Map<Key, Predicates> literals = new LinkedHashMap<>();

    /** Finding the text settles the predicate. */
    void addHit(String text, boolean cased, int predicate) {
        predicates(text, cased).hits().add(predicate);
    }

    /** Finding the text makes the predicate worth evaluating. */
    void addTouch(String text, boolean cased, int predicate) {
        predicates(text, cased).touches().add(predicate);
    }

    private Predicates predicates(String text, boolean cased) {
        Key key = new Key(cased ? text : Folding.fold(text), cased);
        return literals.computeIfAbsent(key, any -> new Predicates(new LinkedHashSet<>(), new LinkedHashSet<>()));
    }

    boolean isEmpty() {
        return literals.isEmpty();
    }

    /** @param numbers gives each literal its number */
    List<Literal> literals(IntSupplier numbers) {
        List<Literal> all = new ArrayList<>();
        literals.forEach((key, predicates) -> all.add(new Literal(
                numbers.getAsInt(), key.text(), key.cased(), ints(predicates.hits()), ints(predicates.touches()))));
        return all;
    }

    private static int[] ints(Set<Integer> set) {
        return set.stream().mapToInt(Integer::intValue).toArray();
    }
}
