package jp.hinomi.rules.match;

/**
 * A text that must stand in everything that a regular expression matches. Careful rather than clever: only literal
 * characters of the outermost sequence count, and whatever it does not understand ends the search.
 */
final class RequiredLiteral {
    private final String regex;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";

    private RequiredLiteral(String regex) {
        this.regex = regex;
    }

    /** The longest such text, or an empty one. ASCII only: its folding covers that of RE2's {@code (?i)}. */
    static String of(String regex) {
        RequiredLiteral search = new RequiredLiteral(regex);
        return search.run() ? search.longest : "";
    }

    /** False if the expression is beyond this reader. */
    private boolean run() {
        int i = 0;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            int end;
            boolean literal = false;
            switch (c) {
                case '|', ')' -> {
                    return false;
                }
                case '(' -> end = i == 0 && regex.startsWith("(?i)") ? 4 : group(i);
                case '[' -> end = bracket(i);
                case '\\' -> {
                    if (i + 1 >= regex.length()) {
                        return false;
                    }
                    char escaped = regex.charAt(i + 1);
                    if (Character.isLetterOrDigit(escaped) && "dDwWsSbBAz".indexOf(escaped) < 0) {
                        return false;
                    }
                    literal = !Character.isLetterOrDigit(escaped);
                    c = escaped;
                    end = i + 2;
                }
                case '.', '^', '$' -> end = i + 1;
                case '*', '+', '?', '{' -> {
                    return false;
                }
                default -> {
                    literal = true;
                    end = i + 1;
                }
            }
            if (end < 0) {
                return false;
            }
            int next = quantifier(end);
            if (next < 0) {
                return false;
            }
            boolean anchor = !literal && (c == '^' || c == '$');
            if (literal && c < 128 && next == end) {
                run.append(c);
            } else if (literal && c < 128 && (regex.charAt(end) == '+')) {
                // "ab+c" has "ab" and then "bc" or "bb…c".
                run.append(c);
                endRun();
            } else if (!anchor) {
                endRun();
            }
            i = next;
        }
        endRun();
        return true;
    }

    private void endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }

    /** The index after a quantifier at {@code at}, {@code at} if there is none, -1 if it is not understood. */
    private int quantifier(int at) {
        if (at >= regex.length()) {
            return at;
        }
        int end = at;
        char c = regex.charAt(at);
        if (c == '*' || c == '+' || c == '?') {
            end = at + 1;
        } else if (c == '{') {
            int close = regex.indexOf('}', at);
            if (close < 0 || !regex.substring(at + 1, close).matches("[0-9]+(,[0-9]*)?")) {
                return -1;
            }
            end = close + 1;
        }
        return end > at && end < regex.length() && regex.charAt(end) == '?' ? end + 1 : end;
    }

    /** The index after a group; its content is not looked at. */
    private int group(int at) {
        int depth = 0;
        for (int i = at; i < regex.length(); i++) {
            switch (regex.charAt(i)) {
                case '\\' -> {
                    if (regex.startsWith("\\Q", i)) {
                        return -1;
                    }
                    i++;
                }
                case '[' -> {
                    i = bracket(i) - 1;
                    if (i < 0) {
                        return -1;
                    }
                }
                case '(' -> depth++;
                case ')' -> {
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
                default -> {
                    // Part of the group.
                }
            }
        }
        return -1;
    }

    /** The index after a bracket expression. */
    private int bracket(int at) {
        int i = at + 1;
        if (i < regex.length() && regex.charAt(i) == '^') {
            i++;
        }
        if (i < regex.length() && regex.charAt(i) == ']') {
            i++;
        }
        for (; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[' && regex.startsWith("[:", i)) {
                int close = regex.indexOf(":]", i);
                if (close < 0) {
                    return -1;
                }
                i = close + 1;
            } else if (c == ']') {
                return i + 1;
            }
        }
        return -1;
    }
}
