package jp.hinomi.ingest.intel;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Indicator;
import jp.hinomi.ingest.intel.Comparison.Operator;
import jp.hinomi.ingest.intel.PatternTokens.Kind;
import jp.hinomi.ingest.intel.PatternTokens.Token;

/**
 * Reads STIX patterns (STIX 2.1, section 9) by recursive descent. What needs several events is refused by name: one event
 * is what an indicator is compared with.
 */
final class PatternParser {
    private static final int DEEPEST = 50;
    private static final int MOST_COMPARISONS = 5000;

    private final List<Token> tokens;
    private int next;
    private int depth;
    private int comparisons;

    private PatternParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws PatternException if it is not a pattern, or one that says more than one event can answer */
    static PatternExpression parse(String text) {
        if (text.length() > Indicator.MAX_PATTERN) {
            throw new PatternException(
                    Indicator.MAX_PATTERN, "longer than " + Indicator.MAX_PATTERN + " characters: split it");
        }
        PatternParser parser = new PatternParser(PatternTokens.of(text));
        PatternExpression pattern = parser.observations();
        Token rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw new PatternException(
                    rest.at(), "'" + rest.text() + "' after the end of the pattern: join observations with AND or OR");
        }
        return pattern;
    }

    private PatternExpression observations() {
        deeper();
        PatternExpression all = observationsOr();
        refuseSequence();
        depth--;
        return all;
    }

    private void refuseSequence() {
        if (peek().is("FOLLOWEDBY")) {
            throw new PatternException(
                    peek().at(),
                    "FOLLOWEDBY needs several events, and an indicator is compared with one: import the observations one by"
                            + " one, and say their order in a Sigma correlation of type temporal_ordered");
        }
    }

    private PatternExpression observationsOr() {
        List<PatternExpression> parts = new ArrayList<>();
        do {
            parts.add(observationsAnd());
        } while (accept("OR"));
        return parts.size() == 1 ? parts.get(0) : new PatternExpression.Any(parts);
    }

    private PatternExpression observationsAnd() {
        List<PatternExpression> parts = new ArrayList<>();
        do {
            parts.add(qualified());
        } while (accept("AND"));
        return parts.size() == 1 ? parts.get(0) : new PatternExpression.All(parts);
    }

    private PatternExpression qualified() {
        PatternExpression observation;
        if (accept("(")) {
            observation = observations();
            expect(")", "close the parenthesis");
        } else if (accept("[")) {
            observation = comparisonsOr();
            expect("]", "close the bracket, or join comparisons with AND or OR");
        } else {
            throw unexpected("an observation begins with [");
        }
        while (true) {
            Token qualifier = peek();
            if (accept("START")) {
                long start = time();
                expect("STOP", "START needs STOP t'…' behind it");
                int at = peek().at();
                long stop = time();
                if (stop <= start) {
                    throw new PatternException(at, "STOP is not after START");
                }
                observation = new PatternExpression.During(observation, start, stop);
            } else if (qualifier.is("WITHIN") || qualifier.is("REPEATS")) {
                throw new PatternException(
                        qualifier.at(),
                        qualifier.text()
                                + " counts events, and an indicator is compared with one: import the observation"
                                + " without it, and count in a Sigma correlation of type event_count");
            } else {
                return observation;
            }
        }
    }

    private long time() {
        Token token = take();
        if (token.kind() != Kind.TIME) {
            throw new PatternException(token.at(), "a time is written t'2026-04-01T00:00:00Z', not " + token.text());
        }
        try {
            return Instant.parse(token.text()).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new PatternException(token.at(), "'" + token.text() + "' is no time: write t'2026-04-01T00:00:00Z'");
        }
    }

    private PatternExpression comparisonsOr() {
        deeper();
        List<PatternExpression> parts = new ArrayList<>();
        do {
            parts.add(comparisonsAnd());
        } while (accept("OR"));
        depth--;
        return parts.size() == 1 ? parts.get(0) : new PatternExpression.Any(parts);
    }

    private PatternExpression comparisonsAnd() {
        List<PatternExpression> parts = new ArrayList<>();
        do {
            parts.add(comparison());
        } while (accept("AND"));
        return parts.size() == 1 ? parts.get(0) : new PatternExpression.All(parts);
    }

    private PatternExpression comparison() {
        if (accept("(")) {
            PatternExpression inner = comparisonsOr();
            expect(")", "close the parenthesis");
            return inner;
        }
        if (++comparisons > MOST_COMPARISONS) {
            throw new PatternException(
                    peek().at(), "more than " + MOST_COMPARISONS + " comparisons: split the indicator");
        }
        boolean negated = accept("NOT");
        if (accept("EXISTS")) {
            int at = peek().at();
            return Comparison.of(path(), Operator.EXISTS, negated, List.of(), at);
        }
        if (negated) {
            throw unexpected("NOT stands before the operator: file:name NOT = 'x'");
        }
        PatternPath path = path();
        negated = accept("NOT");
        Token sign = take();
        return switch (sign.text()) {
            case "=", "==" -> one(path, Operator.EQUALS, negated, sign);
            case "!=", "<>" -> one(path, Operator.EQUALS, !negated, sign);
            case ">" -> one(path, Operator.GREATER, negated, sign);
            case "<" -> one(path, Operator.LESS, negated, sign);
            case ">=" -> one(path, Operator.AT_LEAST, negated, sign);
            case "<=" -> one(path, Operator.AT_MOST, negated, sign);
            case "LIKE" -> one(path, Operator.LIKE, negated, sign);
            case "MATCHES" -> one(path, Operator.MATCHES, negated, sign);
            case "ISSUBSET" -> one(path, Operator.SUBSET, negated, sign);
            case "ISSUPERSET" -> one(path, Operator.SUPERSET, negated, sign);
            case "IN" -> Comparison.of(path, Operator.IN, negated, set(), sign.at());
            default ->
                throw new PatternException(
                        sign.at(),
                        "'" + sign.text() + "' is no operator: use =, !=, <, >, <=, >=, IN, LIKE, MATCHES, ISSUBSET or"
                                + " ISSUPERSET");
        };
    }

    private Comparison one(PatternPath path, Operator operator, boolean negated, Token sign) {
        return Comparison.of(path, operator, negated, List.of(literal()), sign.at());
    }

    private List<Token> set() {
        expect("(", "IN needs values in parentheses: IN ('a', 'b')");
        List<Token> values = new ArrayList<>();
        do {
            values.add(literal());
        } while (accept(","));
        expect(")", "close the list of IN");
        return values;
    }

    private Token literal() {
        Token token = take();
        boolean flag = token.is("true") || token.is("false");
        if (token.kind() != Kind.STRING && token.kind() != Kind.NUMBER && token.kind() != Kind.TIME && !flag) {
            throw new PatternException(
                    token.at(), "'" + token.text() + "' where a value belongs: texts stand in single quotes");
        }
        return token;
    }

    private PatternPath path() {
        Token object = take();
        if (object.kind() != Kind.WORD) {
            throw new PatternException(
                    object.at(), "'" + object.text() + "' where a property belongs, such as ipv4-addr:value");
        }
        expect(":", "a property is written object:property, such as ipv4-addr:value");
        List<String> properties = new ArrayList<>();
        properties.add(property());
        while (true) {
            if (accept(".")) {
                properties.add(property());
            } else if (accept("[")) {
                Token place = take();
                if (!place.is("*") && place.kind() != Kind.NUMBER) {
                    throw new PatternException(place.at(), "a place in a list is written [0] or [*]");
                }
                expect("]", "close the place in the list");
            } else {
                return PatternPath.of(object.text(), properties, object.at());
            }
        }
    }

    private String property() {
        Token token = take();
        if (token.kind() != Kind.WORD && token.kind() != Kind.STRING) {
            throw new PatternException(token.at(), "'" + token.text() + "' where the name of a property belongs");
        }
        return token.text();
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw new PatternException(peek().at(), "nested deeper than " + DEEPEST + ": write it flatter");
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private boolean accept(String word) {
        if (peek().is(word)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String word, String remedy) {
        if (!accept(word)) {
            throw unexpected(remedy);
        }
    }

    private PatternException unexpected(String remedy) {
        return new PatternException(peek().at(), "'" + peek().text() + "' is not expected here: " + remedy);
    }
}
