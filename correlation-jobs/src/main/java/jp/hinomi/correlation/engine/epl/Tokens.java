package jp.hinomi.correlation.engine.epl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.rules.EplText;
import jp.hinomi.rules.ProblemCode;

/**
 * Splits a statement into words, before Esper sees it: bounds its length and depth, so that no text can exhaust the parser,
 * and refuses what no rule needs and everything that could become part of generated code other than as data. Not
 * thread-safe; used once.
 */
final class Tokens {
    /** Characters; the longest statement that anybody could read. */
    static final int MOST_CHARACTERS = 4_000;

    /** Brackets of any kind, and {@code case}, inside each other. */
    static final int DEEPEST = 20;

    /** Words and signs. */
    static final int MOST_TOKENS = 1_000;

    private static final int LONGEST_NUMBER = 18;

    private static final Map<String, String> CLOSING = Map.of("(", ")", "[", "]", "{", "}");

    private static final Map<String, String> CODE = Map.of(
            "inlined_class", "a class",
            "expression", "a declared expression or script",
            "new", "a new object");

    private final EplText source;
    private final String text;
    private final Findings findings;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(EplText source, Findings findings) {
        this.source = source;
        this.text = source.text();
        this.findings = findings;
    }

    /** The words of the statement; with an error among the findings they are not to be handed on. */
    static List<Token> of(EplText source, Findings findings) {
        Tokens tokens = new Tokens(source, findings);
        if (tokens.text.length() > MOST_CHARACTERS) {
            tokens.error(
                    ProblemCode.EPL_TOO_LONG,
                    MOST_CHARACTERS,
                    "the statement has " + tokens.text.length() + " characters, and " + MOST_CHARACTERS
                            + " are allowed",
                    "split it into a chain of correlations");
            return List.of();
        }
        try {
            tokens.split();
            tokens.checkDepth();
            tokens.checkWords();
        } catch (Refused e) {
            // The findings say why.
        }
        return tokens.tokens;
    }

    private void split() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0
                        ? fail(ProblemCode.EPL_SYNTAX, at, "the comment has no end", "close it with '*/'")
                        : end + 2;
            } else if (c == '\'' || c == '"') {
                string(c);
            } else if (c == '`') {
                quotedName();
            } else if (isLetter(c)) {
                add(Token.Kind.NAME, at, run(at));
            } else if (isDigit(c)) {
                number();
            } else if (c > ' ' && c < 127 && c != '\\' && c != '$' && c != '~') {
                add(Token.Kind.SIGN, at, at + 1);
            } else {
                fail(
                        ProblemCode.EPL_CHARACTER,
                        at,
                        "the character '" + Character.toString(text.codePointAt(at)) + "' (U+"
                                + String.format(Locale.ROOT, "%04X", text.codePointAt(at))
                                + ") has no place in a statement",
                        "write names in ASCII letters, digits and '_'; other letters belong into text constants");
            }
        }
    }

    private void string(char quote) {
        int start = at;
        if (text.startsWith("\"\"\"", at)) {
            fail(
                    ProblemCode.EPL_CODE,
                    at,
                    "three quotes begin a class or a script, and rules carry no code",
                    "write the condition in EPL, or as a detection");
        }
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                tokens.add(new Token(Token.Kind.STRING, text.substring(start + 1, i), start));
                at = i + 1;
                return;
            }
            // Constants become Java text when Esper generates code: nothing in them may need an escape.
            if (c == '\\' || c == '"' || c == '\'' || c == '`' || Character.isISOControl(c) || isInvisible(c)) {
                fail(
                        ProblemCode.EPL_STRING,
                        i,
                        "a text constant must not contain escapes, quotes, line ends or invisible characters",
                        "look for such text in a detection, and name that rule here");
            }
        }
        fail(ProblemCode.EPL_SYNTAX, start, "the text constant has no end", "close it with " + quote);
    }

    private static boolean isInvisible(char c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.UNASSIGNED;
    }

    private void quotedName() {
        int end = text.indexOf('`', at + 1);
        if (end < 0 || end == at + 1 || !isLetter(text.charAt(at + 1)) || run(at + 1) != end) {
            fail(
                    ProblemCode.EPL_CHARACTER,
                    at,
                    "backticks hold one name of letters, digits and '_'",
                    "write `end` for a field whose name is a keyword");
        }
        tokens.add(new Token(Token.Kind.QUOTED_NAME, text.substring(at + 1, end), at));
        at = end + 1;
    }

    private void number() {
        int end = at;
        while (end < text.length()
                && (isDigit(text.charAt(end)) || isLetter(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        if (end - at > LONGEST_NUMBER) {
            fail(ProblemCode.EPL_CHARACTER, at, "a number of " + (end - at) + " characters", "use a shorter one");
        }
        add(Token.Kind.NUMBER, at, end);
    }

    private void add(Token.Kind kind, int start, int end) {
        tokens.add(new Token(kind, text.substring(start, end), start));
        at = end;
        if (tokens.size() > MOST_TOKENS) {
            fail(
                    ProblemCode.EPL_TOO_LONG,
                    start,
                    "the statement has more than " + MOST_TOKENS + " words and signs",
                    "split it into a chain of correlations");
        }
    }

    private int run(int start) {
        int end = start;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void checkDepth() {
        List<String> open = new ArrayList<>();
        int cases = 0;
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.SIGN && CLOSING.containsKey(token.text())) {
                open.add(CLOSING.get(token.text()));
            } else if (token.kind() == Token.Kind.SIGN && CLOSING.containsValue(token.text())) {
                if (open.isEmpty() || !open.remove(open.size() - 1).equals(token.text())) {
                    fail(ProblemCode.EPL_SYNTAX, token.offset(), "'" + token.text() + "' closes nothing", "remove it");
                }
            } else if (token.kind() == Token.Kind.NAME && token.text().equalsIgnoreCase("case")) {
                cases++;
            }
            if (open.size() + cases > DEEPEST) {
                fail(
                        ProblemCode.EPL_TOO_DEEP,
                        token.offset(),
                        "the statement is nested deeper than " + DEEPEST + " levels",
                        "remove brackets, or split it into a chain of correlations");
            }
        }
        if (!open.isEmpty()) {
            fail(
                    ProblemCode.EPL_SYNTAX,
                    text.length(),
                    "'" + open.get(open.size() - 1) + "' is missing at the end",
                    "close what was opened");
        }
    }

    /** What the walk would refuse as well; here it has the exact place, and no parser has seen it yet. */
    private void checkWords() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean property = i > 0 && tokens.get(i - 1).isSign(".");
            String word = token.text().toLowerCase(Locale.ROOT);
            if (token.isSign(";")) {
                if (i + 1 < tokens.size()) {
                    error(
                            ProblemCode.EPL_SEVERAL_STATEMENTS,
                            token.offset(),
                            "a rule carries one statement",
                            "make another rule for the second; a correlation can name it under 'rules'");
                }
            } else if (token.isSign("@")) {
                error(
                        ProblemCode.EPL_ANNOTATION,
                        token.offset(),
                        "annotations change how the engine runs, which is not for rules to decide",
                        "remove '@" + following(i) + "'; the rule's own name, level and tags stand in the rule");
            } else if (token.kind() == Token.Kind.NAME && !property && CODE.containsKey(word)) {
                error(
                        ProblemCode.EPL_CODE,
                        token.offset(),
                        "'" + token.text() + "' brings " + CODE.get(word) + ", and rules carry no code",
                        "write the condition in the statement itself, or as a detection");
            }
        }
    }

    private String following(int index) {
        return index + 1 < tokens.size() ? tokens.get(index + 1).text() : "";
    }

    private void error(ProblemCode problem, int offset, String message, String remedy) {
        findings.error(problem, source.at(offset), message, remedy);
    }

    private int fail(ProblemCode problem, int offset, String message, String remedy) {
        error(problem, offset, message, remedy);
        throw new Refused();
    }

    /** Words that must not name a stream: a fixed name of the engine's own. */
    static final Set<String> RESERVED = Set.of("hinomi_cell", "hinomi_over", "hinomi_groups");
}
