package jp.hinomi.ingest.intel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;
import jp.hinomi.events.SecurityEvent;

/**
 * A pattern of STIX 2.1 that one event can answer. Supported are all comparison operators, AND, OR and NOT, AND and OR
 * between observations (one event must, or may, satisfy each), and START … STOP. Immutable.
 */
public final class StixPattern {
    private final String text;
    private final PatternExpression expression;
    private final List<Key> keys;
    private final boolean exact;

    private StixPattern(String text, PatternExpression expression, Way way) {
        this.text = text;
        this.expression = expression;
        this.keys = way.keys();
        this.exact = way.exact();
    }

    /** @throws PatternException if it cannot be read, or not be looked for; the message says where, why and what to do */
    public static StixPattern of(String text) {
        PatternExpression expression = PatternParser.parse(text);
        Way way = Way.of(expression);
        if (way.keys() == null) {
            throw new PatternException(
                    0,
                    "it names no whole value to find it by (only ranges, LIKE, MATCHES or negations): add a comparison with ="
                            + " by AND, or write it as a Sigma rule");
        }
        if (way.keys().isEmpty()) {
            throw new PatternException(0, "no event can satisfy it: " + unseen(expression));
        }
        if (way.keys().size() > Indicator.MAX_OBSERVABLES) {
            throw new PatternException(
                    0,
                    "it names " + way.keys().size() + " values; " + Indicator.MAX_OBSERVABLES
                            + " are allowed: split it");
        }
        return new StixPattern(text, expression, way);
    }

    private static String unseen(PatternExpression expression) {
        Set<String> paths = new LinkedHashSet<>();
        unseen(expression, paths);
        return paths.isEmpty()
                ? "its parts exclude each other"
                : "events have nothing for " + String.join(", ", paths) + "; what they have is listed in the guide";
    }

    private static void unseen(PatternExpression expression, Set<String> paths) {
        if (expression instanceof Comparison comparison) {
            if (!comparison.path().isSeen()) {
                paths.add(comparison.path().text());
            }
        } else {
            parts(expression).forEach(part -> unseen(part, paths));
        }
    }

    private static List<PatternExpression> parts(PatternExpression expression) {
        if (expression instanceof PatternExpression.All all) {
            return all.parts();
        }
        if (expression instanceof PatternExpression.Any any) {
            return any.parts();
        }
        return expression instanceof PatternExpression.During during ? List.of(during.inner()) : List.of();
    }

    public String text() {
        return text;
    }

    /** Whether it holds for the event, whatever the index thinks. */
    public boolean holds(SecurityEvent event) {
        return expression.holds(event);
    }

    /** The addresses, names, URLs and hashes that it compares with, in their order. */
    public List<Observable> observables() {
        Set<Observable> observables = new LinkedHashSet<>();
        collect(expression, observables);
        return observables.stream().limit(Indicator.MAX_OBSERVABLES).toList();
    }

    private static void collect(PatternExpression expression, Set<Observable> observables) {
        if (expression instanceof Comparison comparison) {
            if (!comparison.negated() && comparison.operator().namesValues()) {
                for (Comparison.Test test : comparison.tests()) {
                    if (test.keys() != null) {
                        test.keys().stream()
                                .map(Key::observable)
                                .filter(observable -> observable != null)
                                .forEach(observables::add);
                    }
                }
            }
        } else {
            parts(expression).forEach(part -> collect(part, observables));
        }
    }

    /** Whether it says nothing but that an event has one of its {@link #observables}. */
    public boolean isListOfObservables() {
        return exact && keys.stream().allMatch(key -> key.observable() != null);
    }

    /** The usual pattern for one observable. */
    public static String of(Observable observable) {
        String path = switch (observable.type()) {
            case IPV4_ADDR -> "ipv4-addr:value";
            case IPV6_ADDR -> "ipv6-addr:value";
            case DOMAIN_NAME, DOMAIN_TREE -> "domain-name:value";
            case URL -> "url:value";
            case MD5 -> "file:hashes.MD5";
            case SHA1 -> "file:hashes.'SHA-1'";
            case SHA256 -> "file:hashes.'SHA-256'";
            case SHA512 -> "file:hashes.'SHA-512'";
            case EMAIL_ADDR -> "email-addr:value";
        };
        return "[" + path + " = '" + observable.value().replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    /** One of these an event must have for the pattern to hold. */
    List<Key> keys() {
        return keys;
    }

    /** What has to hold besides; null if a key is enough. */
    Residual residual() {
        return exact ? null : expression;
    }

    /**
     * How an expression is found by value.
     *
     * @param keys null if no value is necessary for it
     * @param exact whether one of the keys is also sufficient
     */
    private record Way(List<Key> keys, boolean exact) {
        private static final Way NONE = new Way(null, false);

        static Way of(PatternExpression expression) {
            if (expression instanceof Comparison comparison) {
                return of(comparison);
            }
            if (expression instanceof PatternExpression.Any any) {
                return of(any);
            }
            if (expression instanceof PatternExpression.All all) {
                return of(all);
            }
            return new Way(of(((PatternExpression.During) expression).inner()).keys(), false);
        }

        private static Way of(Comparison comparison) {
            if (comparison.negated()) {
                return comparison.tests().isEmpty() ? new Way(List.of(), true) : NONE;
            }
            List<Key> keys = new ArrayList<>();
            boolean exact = true;
            for (Comparison.Test test : comparison.tests()) {
                if (test.keys() == null) {
                    return NONE;
                }
                keys.addAll(test.keys());
                exact &= test.exact();
            }
            return new Way(keys, exact);
        }

        private static Way of(PatternExpression.Any any) {
            Set<Key> keys = new LinkedHashSet<>();
            boolean exact = true;
            for (PatternExpression part : any.parts()) {
                Way way = of(part);
                if (way.keys() == null) {
                    return NONE;
                }
                keys.addAll(way.keys());
                exact &= way.exact() || way.keys().isEmpty();
            }
            return new Way(List.copyOf(keys), exact);
        }

        /** The part that is found by the fewest values is the one to look for. */
        private static Way of(PatternExpression.All all) {
            Way best = NONE;
            for (PatternExpression part : all.parts()) {
                Way way = of(part);
                if (way.keys() != null
                        && (best.keys() == null
                                || way.keys().size() < best.keys().size())) {
                    best = way;
                }
            }
            return new Way(best.keys(), false);
        }
    }
}
