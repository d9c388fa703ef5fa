package jp.hinomi.rules.lint;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;

/**
 * The comments {@code # hinomi:ignore HR123 reason} of one file. Each hides warnings and hints of the line it stands on, or,
 * alone on its line, of the next line that says something. What is about a document as a whole stands on its first line. Not
 * thread-safe.
 */
final class Ignores {
    private static final String WORD = "hinomi:ignore";
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#\\s*" + WORD + "\\b(.*)$");
    private static final Pattern CODES = Pattern.compile("\\s+([A-Za-z][\\w-]*(?:\\s*,\\s*[A-Za-z][\\w-]*)*)(.*)");

    private final List<Ignore> ignores = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** @param line that it is about */
    private record Ignore(Location at, int line, ProblemCode code, String reason, boolean[] used) {}

    /** The file's comments; none if it cannot be read, which its reader reports. */
    static Ignores of(Path file) {
        Ignores ignores = new Ignores();
        try {
            String text = Files.readString(file);
            if (text.contains(WORD)) {
                ignores.read(file.toString(), text.split("\r?\n", -1));
            }
        } catch (CharacterCodingException reportedByReader) {
            // Nothing in it can be used.
        } catch (IOException reportedByReader) {
            // Nor here.
        }
        return ignores;
    }

    /** What is wrong with the comments. */
    List<Problem> problems() {
        return problems;
    }

    /** The reason for which the problem is hidden, or null if it is not. */
    String reason(Problem problem) {
        String reason = null;
        for (Ignore ignore : ignores) {
            if (!problem.isError()
                    && ignore.line() == problem.line()
                    && ignore.code().word().equals(problem.code())) {
                ignore.used()[0] = true;
                reason = ignore.reason();
            }
        }
        return reason;
    }

    /** To be asked last: the comments that hid nothing. */
    List<Problem> unused() {
        return ignores.stream()
                .filter(ignore -> !ignore.used()[0])
                .map(ignore -> ProblemCode.UNUSED_IGNORE.problem(
                        ignore.at(),
                        ignore.code().id() + " (" + ignore.code().word() + ") is not found in line " + ignore.line()
                                + ", or is an error, which cannot be ignored",
                        "remove the comment, or put it right above the line that is meant"))
                .toList();
    }

    private void read(String file, String[] lines) {
        for (int i = 0; i < lines.length; i++) {
            Matcher comment = COMMENT.matcher(lines[i]);
            if (comment.find()) {
                int start = lines[i].indexOf('#', comment.start());
                boolean alone = lines[i].substring(0, start).isBlank();
                int line = alone ? following(lines, i) : i;
                read(new Location(file, i + 1, lines[i].codePointCount(0, start) + 1), line + 1, comment.group(1));
            }
        }
    }

    private static int following(String[] lines, int from) {
        for (int i = from + 1; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && line.charAt(0) != '#' && !line.equals("---")) {
                return i;
            }
        }
        return from;
    }

    private void read(Location at, int line, String rest) {
        Matcher codes = CODES.matcher(rest);
        if (!codes.matches()) {
            problems.add(ProblemCode.IGNORE_WITHOUT_REASON.problem(
                    at, "the comment names no code", "write '# " + WORD + " HR123 why it is fine here'"));
            return;
        }
        String reason = codes.group(2).strip();
        Set<ProblemCode> known = new TreeSet<>();
        for (String written : codes.group(1).split(",")) {
            ProblemCode.of(written)
                    .ifPresentOrElse(
                            known::add,
                            () -> problems.add(ProblemCode.UNKNOWN_CODE.problem(
                                    at,
                                    "there is no code '" + written.strip() + "'",
                                    "'hinomi rules check --explain' lists them; separate several by commas")));
        }
        if (reason.isEmpty()) {
            problems.add(ProblemCode.IGNORE_WITHOUT_REASON.problem(
                    at, "the comment gives no reason, so it hides nothing", "say after the code why it is fine here"));
            return;
        }
        known.forEach(code -> ignores.add(new Ignore(at, line, code, reason, new boolean[1])));
    }
}
