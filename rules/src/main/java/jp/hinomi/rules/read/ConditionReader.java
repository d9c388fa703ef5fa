package jp.hinomi.rules.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.detection.Expression;

/**
 * Reads a condition over search identifiers: {@code or} binds least, then {@code and}, {@code not}, {@code x of}, brackets
 * (Sigma rules specification, "Condition").
 */
final class ConditionReader {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([()|])|([^\\s()|]+))");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Set<String> OPERATORS = Set.of("and", "or", "not");
    private static final int MOST_TOKENS = 20_000;
    private static final int DEEPEST = 100;

    private final Location at;
    private final Map<String, Expression> identifiers;
    private final Problems problems;
    private final Set<String> used;
    private final List<String> tokens = new ArrayList<>();
    private int next;
    private int depth;

    private ConditionReader(Location at, Map<String, Expression> identifiers, Set<String> used, Problems problems) {
        this.at = at;
        this.identifiers = identifiers;
        this.used = used;
        this.problems = problems;
    }

    /**
     * The condition, or null after reporting.
     *
     * @param used receives the identifiers that the condition refers to
     */
    static Expression read(
            String text, Location at, Map<String, Expression> identifiers, Set<String> used, Problems problems) {
        return new ConditionReader(at, identifiers, used, problems).read(text);
    }

    /** Where and why reading stops; reported once. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;
        private final ProblemCode code;
        private final String remedy;

        Refusal(ProblemCode code, String message, String remedy) {
            super(message, null, false, false);
            this.code = code;
            this.remedy = remedy;
        }
    }

    private Expression read(String text) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            matcher.region(matcher.end(), text.length());
        }
        try {
            if (tokens.contains("|")) {
                throw new Refusal(
                        ProblemCode.LEGACY_AGGREGATION,
                        "'" + text.substring(text.indexOf('|')).strip() + "' is an aggregation in a condition",
                        "Sigma 2 has correlations for this: give the rule a name and count it in a document with"
                                + " 'correlation: {type: event_count, …}'");
            }
            if (tokens.size() > MOST_TOKENS) {
                throw new Refusal(
                        ProblemCode.CONDITION_SYNTAX,
                        "the condition has more than " + MOST_TOKENS + " words",
                        "split the rule");
            }
            Expression expression = or();
            if (next < tokens.size()) {
                throw syntax("'" + tokens.get(next) + "' is not expected here");
            }
            return expression;
        } catch (Refusal e) {
            problems.error(e.code, at, e.getMessage(), e.remedy);
            return null;
        }
    }

    private static Refusal syntax(String message) {
        return new Refusal(
                ProblemCode.CONDITION_SYNTAX,
                message,
                "join search identifiers with and, or, not, brackets, '1 of x*' and 'all of x*'");
    }

    private Expression or() throws Refusal {
        List<Expression> parts = new ArrayList<>(List.of(and()));
        while (takes("or")) {
            parts.add(and());
        }
        return Expression.any(parts);
    }

    private Expression and() throws Refusal {
        List<Expression> parts = new ArrayList<>(List.of(not()));
        while (takes("and")) {
            parts.add(not());
        }
        return Expression.all(parts);
    }

    private Expression not() throws Refusal {
        if (++depth > DEEPEST) {
            throw new Refusal(
                    ProblemCode.CONDITION_SYNTAX, "the condition is nested deeper than " + DEEPEST, "simplify it");
        }
        try {
            return takes("not") ? new Expression.Not(not()) : operand();
        } finally {
            depth--;
        }
    }

    private Expression operand() throws Refusal {
        if (next >= tokens.size()) {
            throw syntax(
                    tokens.isEmpty()
                            ? "the condition is empty"
                            : "the condition ends after '" + tokens.get(next - 1) + "'");
        }
        String token = tokens.get(next++);
        if (token.equals("(")) {
            Expression inner = or();
            if (!takes(")")) {
                throw syntax("a closing bracket is missing");
            }
            return inner;
        }
        if (next < tokens.size() && tokens.get(next).equalsIgnoreCase("of") && isQuantity(token)) {
            next++;
            return of(token.toLowerCase(Locale.ROOT));
        }
        Expression expression = identifiers.get(token);
        if (expression != null) {
            used.add(token);
            return expression;
        }
        if (token.equals(")") || OPERATORS.contains(token.toLowerCase(Locale.ROOT))) {
            throw syntax("'" + token + "' stands where a search identifier should");
        }
        throw new Refusal(
                ProblemCode.UNKNOWN_IDENTIFIER,
                "there is no search identifier '" + token + "'",
                Suggestion.remedy(token, identifiers.keySet()));
    }

    private boolean isQuantity(String token) {
        String word = token.toLowerCase(Locale.ROOT);
        return word.equals("all") || word.equals("any") || COUNT.matcher(word).matches();
    }

    private Expression of(String quantity) throws Refusal {
        if (next >= tokens.size()) {
            throw syntax("the condition ends after 'of'");
        }
        String pattern = tokens.get(next++);
        List<Expression> chosen = new ArrayList<>();
        for (String name : chosen(pattern)) {
            used.add(name);
            chosen.add(identifiers.get(name));
        }
        if (chosen.isEmpty()) {
            throw new Refusal(
                    ProblemCode.UNKNOWN_IDENTIFIER,
                    "no search identifier fits '" + pattern + "'",
                    Suggestion.remedy(pattern, identifiers.keySet()));
        }
        if (quantity.equals("all")) {
            return Expression.all(chosen);
        }
        int count = quantity.equals("any") ? 1 : Integer.parseInt(quantity);
        if (count > chosen.size()) {
            throw new Refusal(
                    ProblemCode.UNSATISFIABLE,
                    "'" + quantity + " of " + pattern + "' can never hold: only " + chosen.size() + " fit",
                    "lower the number, or add search identifiers");
        }
        return count == 1 ? Expression.any(chosen) : new Expression.AtLeast(count, chosen);
    }

    /** Identifiers that begin with an underscore are left out unless the pattern does so, too. */
    private List<String> chosen(String pattern) {
        boolean them = pattern.equalsIgnoreCase("them") && !identifiers.containsKey(pattern);
        boolean hidden = pattern.startsWith("_");
        Pattern regex =
                Pattern.compile(them ? ".*" : String.join(".*", quoted(pattern.split("\\*", -1))), Pattern.DOTALL);
        List<String> chosen = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : identifiers.keySet()) {
            if ((hidden || !name.startsWith("_")) && regex.matcher(name).matches() && seen.add(name)) {
                chosen.add(name);
            }
        }
        return chosen;
    }

    private static List<String> quoted(String[] parts) {
        return java.util.Arrays.stream(parts).map(Pattern::quote).toList();
    }

    private boolean takes(String word) {
        if (next < tokens.size() && tokens.get(next).equalsIgnoreCase(word)) {
            next++;
            return true;
        }
        return false;
    }
}
