package jp.hinomi.correlation.detect;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.correlation.state.Suppressed;

/** Adds up what exceptions suppressed, whatever the hour. Thread-safe. */
final class SuppressedInAll {
    private final Map<List<String>, Suppressed> all = new HashMap<>();

    synchronized void add(Suppressed more) {
        all.merge(
                List.of(more.rule(), more.filter()),
                new Suppressed(more.rule(), more.filter(), Suppressed.EARLIER, more.count(), more.last()),
                Suppressed::plus);
    }

    /** Of each exception and rule one, in order of rule and exception. */
    synchronized List<Suppressed> inOrder() {
        return all.values().stream()
                .sorted(Comparator.comparing(Suppressed::rule).thenComparing(Suppressed::filter))
                .toList();
    }
}
