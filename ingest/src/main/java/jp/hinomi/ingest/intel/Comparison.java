package jp.hinomi.ingest.intel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.intel.PatternTokens.Kind;
import jp.hinomi.ingest.intel.PatternTokens.Token;

/**
 * One comparison of a STIX pattern: it holds if any value that the event has for the path passes the test ({@code NOT}:
 * fails it). Immutable.
 *
 * @param tests what to ask of the values of which fields
 */
record Comparison(PatternPath path, Operator operator, boolean negated, List<Test> tests) implements PatternExpression {
    enum Operator {
        EQUALS("="),
        GREATER(">"),
        LESS("<"),
        AT_LEAST(">="),
        AT_MOST("<="),
        IN("IN"),
        LIKE("LIKE"),
        MATCHES("MATCHES"),
        SUBSET("ISSUBSET"),
        SUPERSET("ISSUPERSET"),
        EXISTS("EXISTS");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /** Whether its literals are values that an event can have. */
        boolean namesValues() {
            return this == EQUALS || this == IN || this == SUBSET || this == SUPERSET;
        }
    }

    /**
     * @param keys one of which an event must have for the test to pass; null if no value settles that
     * @param exact whether having one of the keys is the same as passing the test
     */
    record Test(Target target, Predicate<String> passes, List<Key> keys, boolean exact) {}

    private static final int LONGEST_EXPRESSION = 1000;

    Comparison {
        tests = List.copyOf(tests);
    }

    @Override
    public boolean holds(SecurityEvent event) {
        if (operator == Operator.EXISTS) {
            return any(event) != negated;
        }
        for (Test test : tests) {
            Predicate<String> passes = negated ? test.passes().negate() : test.passes();
            if (test.target().any(event, passes)) {
                return true;
            }
        }
        return false;
    }

    private boolean any(SecurityEvent event) {
        for (Test test : tests) {
            if (test.target().any(event, test.passes())) {
                return true;
            }
        }
        return false;
    }

    /** @param literals what stands behind the operator; one, except with IN */
    static Comparison of(PatternPath path, Operator operator, boolean negated, List<Token> literals, int at) {
        List<Test> tests = new ArrayList<>();
        PatternException refused = null;
        for (Target target : path.targets()) {
            try {
                tests.add(test(path, target, operator, literals, at));
            } catch (PatternException e) {
                refused = e;
            }
        }
        if (tests.isEmpty() && refused != null) {
            throw refused;
        }
        return new Comparison(path, operator, negated, tests);
    }

    private static Test test(PatternPath path, Target target, Operator operator, List<Token> literals, int at) {
        return switch (operator) {
            case EXISTS -> new Test(target, value -> true, null, false);
            case EQUALS, IN -> target.isNumber() ? numbers(path, target, literals) : values(path, target, literals);
            case GREATER, LESS, AT_LEAST, AT_MOST -> ordered(path, target, operator, literals.get(0));
            case LIKE -> like(path, target, text(path, target, literals.get(0), operator));
            case MATCHES ->
                matches(
                        target,
                        text(path, target, literals.get(0), operator),
                        literals.get(0).at());
            case SUBSET, SUPERSET -> {
                if (target.subject() != Subject.IP) {
                    throw new PatternException(
                            at, operator.word() + " compares addresses, and " + path.text() + " is none");
                }
                yield operator == Operator.SUBSET
                        ? values(path, target, literals)
                        : superset(path, target, literals.get(0));
            }
        };
    }

    private static String text(PatternPath path, Target target, Token literal, Operator operator) {
        if (target.isNumber() || literal.kind() != Kind.STRING) {
            throw new PatternException(
                    literal.at(),
                    operator.word() + " needs a text on both sides, such as '…'; " + path.text()
                            + (target.isNumber() ? " is a number" : " is compared with " + literal.text()));
        }
        return literal.text();
    }

    private static Test numbers(PatternPath path, Target target, List<Token> literals) {
        List<Double> wanted = new ArrayList<>();
        literals.forEach(literal -> wanted.add(number(path, literal)));
        return new Test(target, value -> wanted.contains(number(value)), null, false);
    }

    private static double number(PatternPath path, Token literal) {
        if (literal.kind() == Kind.NUMBER) {
            double number = number(literal.text());
            if (!Double.isNaN(number)) {
                return number;
            }
        }
        throw new PatternException(
                literal.at(), path.text() + " is a number: write one without quotes, not '" + literal.text() + "'");
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Test values(PatternPath path, Target target, List<Token> literals) {
        Subject subject = target.subject();
        Set<String> exact = new LinkedHashSet<>();
        List<Key> keys = new ArrayList<>();
        List<Predicate<String>> blocks = new ArrayList<>();
        for (Token literal : literals) {
            if (literal.kind() == Kind.TIME) {
                throw new PatternException(literal.at(), path.text() + " is no time: write it as '…'");
            }
            Key key = Key.of(subject, literal.text());
            if (key == null) {
                throw new PatternException(
                        literal.at(),
                        "'" + shortened(literal.text()) + "' is no value that " + path.text() + " can have: "
                                + Key.example(subject));
            }
            keys.add(key);
            if (key.kind() == Kinds.BLOCK) {
                blocks.add(new Block(key));
            } else {
                exact.add(key.text());
            }
        }
        boolean bareUrls = subject == Subject.URL && exact.stream().anyMatch(url -> !Urls.hasScheme(url));
        Predicate<String> passes = value -> exact.contains(value)
                || bareUrls && exact.contains(Urls.withoutScheme(value))
                || !blocks.isEmpty() && blocks.stream().anyMatch(block -> block.test(value));
        return new Test(target, passes, subject.isTelling() ? keys : null, target.isWhole());
    }

    /** Whether a block of the event's addresses, each of which stands alone, covers the literal: only if both are one. */
    private static Test superset(PatternPath path, Target target, Token literal) {
        Test test = values(path, target, List.of(literal));
        return test.keys().get(0).kind() == Kinds.BLOCK ? new Test(target, value -> false, List.of(), true) : test;
    }

    private static Test ordered(PatternPath path, Target target, Operator operator, Token literal) {
        if (target.isNumber()) {
            double limit = number(path, literal);
            return new Test(
                    target,
                    value -> passes(operator, Double.compare(number(value), limit), number(value)),
                    null,
                    false);
        }
        if (literal.kind() != Kind.STRING) {
            throw new PatternException(
                    literal.at(), path.text() + " is a text: '" + operator.word() + "' compares it with one in quotes");
        }
        String limit = target.subject().isCaseless() ? literal.text().toLowerCase(Locale.ROOT) : literal.text();
        return new Test(target, value -> passes(operator, value.compareTo(limit), 0), null, false);
    }

    private static boolean passes(Operator operator, int order, double value) {
        if (Double.isNaN(value)) {
            return false;
        }
        return switch (operator) {
            case GREATER -> order > 0;
            case LESS -> order < 0;
            case AT_LEAST -> order >= 0;
            case AT_MOST -> order <= 0;
            default -> throw new IllegalStateException(operator + " does not order");
        };
    }

    private static Test like(PatternPath path, Target target, String literal) {
        Subject subject = target.subject();
        String pattern = subject == Subject.REGISTRY_KEY
                ? Subject.registry(literal)
                : subject.isCaseless() ? literal.toLowerCase(Locale.ROOT) : literal;
        Wildcards wildcards = new Wildcards(pattern);
        return new Test(target, wildcards, likeKeys(subject, literal), false);
    }

    /** What a value must have for it to be like that: a name below a domain, a URL of a host. */
    private static List<Key> likeKeys(Subject subject, String literal) {
        if (subject.isTelling() && literal.indexOf('%') < 0 && literal.indexOf('_') < 0) {
            Key key = Key.of(subject, literal);
            return key == null || key.kind() == Kinds.BLOCK ? null : List.of(key);
        }
        if (subject == Subject.DOMAIN && literal.startsWith("%.") && Domains.isAscii(literal)) {
            String name = Domains.canonical(literal.substring(2));
            return name == null || name.indexOf('_') >= 0 || name.indexOf('.') < 0
                    ? null
                    : List.of(new Key(Kinds.TREE, name));
        }
        if (subject == Subject.URL) {
            int start = Urls.hostStart(literal);
            int end = Urls.hostEnd(literal, start);
            int host = Urls.nameStart(literal, start, end);
            String name = literal.substring(host, Urls.nameEnd(literal, host, end));
            boolean whole = start > 0
                    && end < literal.length()
                    && name.indexOf('%') < 0
                    && name.indexOf('_') < 0
                    && literal.substring(0, host).indexOf('%') < 0
                    && literal.substring(0, host).indexOf('_') < 0;
            String canonical = whole ? Domains.canonical(name) : null;
            return canonical == null ? null : List.of(new Key(Kinds.URL_HOST, canonical));
        }
        return null;
    }

    private static Test matches(Target target, String expression, int at) {
        if (expression.length() > LONGEST_EXPRESSION) {
            throw new PatternException(
                    at,
                    "the regular expression is longer than " + LONGEST_EXPRESSION + " characters: split it with OR");
        }
        try {
            int flags = Pattern.DOTALL | (target.subject().isCaseless() ? Pattern.CASE_INSENSITIVE : 0);
            Pattern pattern = Pattern.compile(expression, flags);
            return new Test(target, value -> pattern.matcher(value).find(), null, false);
        } catch (PatternSyntaxException e) {
            throw new PatternException(
                    at,
                    "the regular expression '" + shortened(expression) + "' cannot be used: " + e.getDescription()
                            + " (back references and look-around are not supported: they take unbounded time)");
        }
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** Whether an address lies in a block. */
    private record Block(int width, int prefix, long high, long low) implements Predicate<String> {
        Block(Key key) {
            this(parsed(key), Integer.parseInt(key.text().substring(key.text().indexOf('/') + 1)));
        }

        private Block(IpBits bits, int prefix) {
            this(bits.width, prefix, bits.high, bits.low);
        }

        private static IpBits parsed(Key key) {
            IpBits bits = new IpBits();
            bits.parse(key.text().substring(0, key.text().indexOf('/')));
            return bits;
        }

        @Override
        public boolean test(String address) {
            IpBits bits = new IpBits();
            return bits.parse(address)
                    && bits.width == width
                    && bits.maskedHigh(prefix) == high
                    && bits.maskedLow(prefix) == low;
        }
    }
}
