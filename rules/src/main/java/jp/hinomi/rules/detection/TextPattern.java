package jp.hinomi.rules.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Text with wildcards, as Sigma writes it: {@code *} stands for any text, {@code ?} for one character (a code point), a
 * backslash before one of the three takes its meaning away (Sigma rules specification, "Escape Character").
 */
public record TextPattern(List<Part> parts) {
    /** What a pattern asks for; all but {@code GENERAL} have a single {@link #literal}. */
    public enum Shape {
        EXACT,
        PREFIX,
        SUFFIX,
        CONTAINS,
        /** {@code *}: any value at all. */
        ANYTHING,
        GENERAL
    }

    /** A piece of a pattern. */
    public sealed interface Part {}

    public record Literal(String text) implements Part {}

    public enum Wildcard implements Part {
        ONE_CHARACTER,
        ANY_TEXT
    }

    /** Neighbouring literals become one, neighbouring {@code *} as well. */
    public TextPattern {
        List<Part> joined = new ArrayList<>();
        for (Part part : parts) {
            Part last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (part instanceof Literal literal) {
                if (literal.text().isEmpty()) {
                    continue;
                }
                if (last instanceof Literal before) {
                    joined.set(joined.size() - 1, new Literal(before.text() + literal.text()));
                    continue;
                }
            } else if (part == Wildcard.ANY_TEXT && last == Wildcard.ANY_TEXT) {
                continue;
            }
            joined.add(part);
        }
        parts = List.copyOf(joined);
    }

    public static TextPattern plain(String text) {
        return new TextPattern(List.of(new Literal(text)));
    }

    /** Reads wildcards and escapes. */
    public static TextPattern parse(String written) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < written.length() && isSpecial(written.charAt(i + 1))) {
                literal.append(written.charAt(++i));
            } else if (c == '*' || c == '?') {
                parts.add(new Literal(literal.toString()));
                literal.setLength(0);
                parts.add(c == '*' ? Wildcard.ANY_TEXT : Wildcard.ONE_CHARACTER);
            } else {
                literal.append(c);
            }
        }
        parts.add(new Literal(literal.toString()));
        return new TextPattern(parts);
    }

    private static boolean isSpecial(char c) {
        return c == '*' || c == '?' || c == '\\';
    }

    public TextPattern startingAnywhere() {
        List<Part> longer = new ArrayList<>(parts);
        longer.add(0, Wildcard.ANY_TEXT);
        return new TextPattern(longer);
    }

    public TextPattern endingAnywhere() {
        List<Part> longer = new ArrayList<>(parts);
        longer.add(Wildcard.ANY_TEXT);
        return new TextPattern(longer);
    }

    /** Changes every literal; wildcards stay. */
    public TextPattern mapLiterals(UnaryOperator<String> change) {
        return new TextPattern(parts.stream()
                .map(part -> part instanceof Literal literal ? new Literal(change.apply(literal.text())) : part)
                .toList());
    }

    public boolean hasWildcards() {
        return parts.stream().anyMatch(Wildcard.class::isInstance);
    }

    public Shape shape() {
        int size = parts.size();
        boolean first = size > 0 && parts.get(0) == Wildcard.ANY_TEXT;
        boolean last = size > 0 && parts.get(size - 1) == Wildcard.ANY_TEXT;
        if (!hasWildcards()) {
            return Shape.EXACT;
        }
        if (size == 1) {
            return first ? Shape.ANYTHING : Shape.GENERAL;
        }
        if (size == 2 && parts.get(first ? 1 : 0) instanceof Literal && (first || last)) {
            return first ? Shape.SUFFIX : Shape.PREFIX;
        }
        return size == 3 && first && last && parts.get(1) instanceof Literal ? Shape.CONTAINS : Shape.GENERAL;
    }

    /** The longest literal of the pattern: all of it for every shape but {@code GENERAL}; may be empty. */
    public String literal() {
        String longest = "";
        for (Part part : parts) {
            if (part instanceof Literal literal && literal.text().length() > longest.length()) {
                longest = literal.text();
            }
        }
        return longest;
    }

    /** Greedy matching that goes back to the last {@code *} only: at worst text length × pattern length. */
    public boolean matches(String text, boolean cased) {
        int at = 0;
        int part = 0;
        int starPart = -1;
        int starAt = 0;
        while (true) {
            if (part == parts.size()) {
                if (at == text.length()) {
                    return true;
                }
            } else {
                Part wanted = parts.get(part);
                if (wanted == Wildcard.ANY_TEXT) {
                    if (part == parts.size() - 1) {
                        return true;
                    }
                    starPart = part++;
                    starAt = at;
                    continue;
                }
                int next = step(wanted, text, at, cased);
                if (next >= 0) {
                    at = next;
                    part++;
                    continue;
                }
            }
            if (starPart < 0 || starAt >= text.length()) {
                return false;
            }
            at = ++starAt;
            part = starPart + 1;
        }
    }

    /** Where the text goes on after the part, or -1. */
    private static int step(Part wanted, String text, int at, boolean cased) {
        if (wanted instanceof Literal literal) {
            return Folding.standsAt(text, at, literal.text(), cased)
                    ? at + literal.text().length()
                    : -1;
        }
        return at < text.length() ? at + Character.charCount(text.codePointAt(at)) : -1;
    }
}
