package jp.hinomi.rules.match;

import java.util.HashSet;
import java.util.Set;

/**
 * Texts of which one must stand, in any case, in everything that a regular expression matches. Careful rather than clever:
 * whatever it does not understand makes it say that nothing is required.
 */
public final class RequiredLiterals {
    private static final int MOST = 64;
    private static final int DEEPEST = 50;

    /** Ends the search: the expression has something that this reader does not know. */
    private static final class Unknown extends Exception {
        private static final long serialVersionUID = 1;

        Unknown() {
            super(null, null, false, false);
        }
    }

    private final String regex;
    private int at;
    private int depth;

    private RequiredLiterals(String regex) {
        this.regex = regex;
    }

    /** The rarest such set; empty if nothing is known to be required. ASCII only: its folding covers RE2's. */
    public static Set<String> of(String regex) {
        RequiredLiterals reader = new RequiredLiterals(regex);
        try {
            Set<String> required = reader.alternatives();
            return required == null || reader.at < regex.length() ? Set.of() : required;
        } catch (Unknown e) {
            return Set.of();
        }
    }

    private boolean more() {
        return at < regex.length();
    }

    /** One literal of each alternative, or null if one of them requires nothing. */
    private Set<String> alternatives() throws Unknown {
        if (++depth > DEEPEST) {
            throw new Unknown();
        }
        Set<String> union = new HashSet<>();
        boolean all = true;
        while (true) {
            Set<String> required = sequence();
            if (required == null) {
                all = false;
            } else {
                union.addAll(required);
            }
            if (!more() || regex.charAt(at) != '|') {
                break;
            }
            at++;
        }
        depth--;
        return all && union.size() <= MOST ? union : null;
    }

    /** The rarest requirement among the parts of a sequence. */
    private Set<String> sequence() throws Unknown {
        Set<String> best = null;
        StringBuilder run = new StringBuilder();
        while (more() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            char c = regex.charAt(at);
            Set<String> required = null;
            int literal = -1;
            switch (c) {
                case '(' -> required = group();
                case '[' -> bracket();
                case '\\' -> literal = escape();
                case '.' -> at++;
                case '^', '$' -> {
                    // Takes no room, so what stands before and after is still one run.
                    at++;
                    continue;
                }
                case '*', '+', '?', '{' -> throw new Unknown();
                default -> {
                    literal = c;
                    at++;
                }
            }
            boolean plain = literal >= 0 && literal < 128;
            int least = quantifier();
            if (plain && least >= 1) {
                run.append((char) literal);
            }
            if (plain && least == ONCE) {
                continue;
            }
            best = rarer(best, run.isEmpty() ? null : Set.of(run.toString()));
            run.setLength(0);
            best = rarer(best, least >= 1 ? required : null);
        }
        return rarer(best, run.isEmpty() ? null : Set.of(run.toString()));
    }

    private static Set<String> rarer(Set<String> a, Set<String> b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return share(b) < share(a) ? b : a;
    }

    static double share(Set<String> literals) {
        return literals.stream().mapToDouble(Rarity::share).sum();
    }

    /** What {@link #quantifier} gives where there is none. */
    private static final int ONCE = Integer.MAX_VALUE;

    /** Reads a quantifier: how often the part must stand at least. */
    private int quantifier() throws Unknown {
        if (!more()) {
            return ONCE;
        }
        int least;
        char c = regex.charAt(at);
        if (c == '*' || c == '?') {
            least = 0;
            at++;
        } else if (c == '+') {
            least = 1;
            at++;
        } else if (c == '{') {
            int close = regex.indexOf('}', at);
            if (close < 0 || !regex.substring(at + 1, close).matches("[0-9]{1,4}(,[0-9]*)?")) {
                throw new Unknown();
            }
            // "{1}" also ends a run: one that is too short is only less rare.
            least = Math.min(1, Integer.parseInt(regex.substring(at + 1, close).split(",")[0]));
            at = close + 1;
        } else {
            return ONCE;
        }
        if (more() && regex.charAt(at) == '?') {
            at++;
        }
        return least;
    }

    private Set<String> group() throws Unknown {
        at++;
        if (more() && regex.charAt(at) == '?') {
            int end = at + 1;
            while (end < regex.length() && "imsU-".indexOf(regex.charAt(end)) >= 0) {
                end++;
            }
            if (end >= regex.length()) {
                throw new Unknown();
            }
            if (regex.charAt(end) == ')') {
                // Flags only; upper and lower case are the same to us anyway.
                at = end + 1;
                return null;
            }
            if (regex.charAt(end) != ':') {
                throw new Unknown();
            }
            at = end + 1;
        }
        Set<String> required = alternatives();
        if (!more() || regex.charAt(at) != ')') {
            throw new Unknown();
        }
        at++;
        return required;
    }

    /** The escaped character if it stands for itself, -1 for a class or an anchor. */
    private int escape() throws Unknown {
        if (at + 1 >= regex.length()) {
            throw new Unknown();
        }
        char escaped = regex.charAt(at + 1);
        at += 2;
        if (!Character.isLetterOrDigit(escaped)) {
            return escaped;
        }
        if ("dDwWsSbBAztnrfv".indexOf(escaped) < 0) {
            throw new Unknown();
        }
        return -1;
    }

    private void bracket() throws Unknown {
        at++;
        if (more() && regex.charAt(at) == '^') {
            at++;
        }
        if (more() && regex.charAt(at) == ']') {
            at++;
        }
        for (; more(); at++) {
            char c = regex.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '[' && regex.startsWith("[:", at)) {
                int close = regex.indexOf(":]", at);
                if (close < 0) {
                    throw new Unknown();
                }
                at = close + 1;
            } else if (c == ']') {
                at++;
                return;
            }
        }
        throw new Unknown();
    }
}
