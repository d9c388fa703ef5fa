package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.lint.Phrases;
import jp.hinomi.standalone.terminal.Columns;
import jp.hinomi.standalone.terminal.Table;
import jp.hinomi.standalone.terminal.Terminal;

/** Prints what a check of rules found, for people: each with the line that it is about, then how often each code came. */
final class CheckedText {
    private static final int WIDEST = 110;

    private final Context context;
    private final Map<String, List<String>> files = new HashMap<>();

    CheckedText(Context context) {
        this.context = context;
    }

    void print(List<Problem> problems) {
        problems.forEach(this::print);
        if (problems.size() > 1) {
            summary(problems);
        }
    }

    private void print(Problem problem) {
        Terminal terminal = context.terminal();
        String place = problem.file()
                + (problem.line() > 0
                        ? ":" + problem.line() + (problem.column() > 0 ? ":" + problem.column() : "")
                        : "");
        terminal.out()
                .println(terminal.bold(place) + ": " + colored(problem.severity(), severity(problem.severity())) + ": "
                        + translated(problem.message()) + " " + terminal.dim("[" + name(problem.code()) + "]"));
        String indent = "      ";
        Optional<String> line = line(problem);
        if (line.isPresent()) {
            String number = String.format("%5d", problem.line());
            indent = " ".repeat(number.length());
            terminal.out().println(terminal.dim(number + " | ") + line.get());
            caret(line.get(), problem.column())
                    .ifPresent(caret -> terminal.out()
                            .println(terminal.dim(" ".repeat(number.length()) + " | ")
                                    + colored(problem.severity(), caret)));
        }
        if (!problem.remedy().isEmpty()) {
            terminal.out().println(terminal.dim(indent + " = ") + translated(problem.remedy()));
        }
    }

    private String translated(String phrase) {
        return Phrases.in(context.texts().locale().getLanguage(), phrase);
    }

    private String colored(Problem.Level level, String text) {
        Terminal terminal = context.terminal();
        return switch (level) {
            case ERROR -> terminal.red(text);
            case WARNING -> terminal.yellow(text);
            case HINT -> terminal.green(text);
        };
    }

    String severity(Problem.Level level) {
        return context.texts().get("check.severity." + level.word());
    }

    /** {@code HR314 unused-identifier}. */
    static String name(String code) {
        return ProblemCode.ofWord(code).map(known -> known.id() + " " + code).orElse(code);
    }

    private Optional<String> line(Problem problem) {
        if (problem.line() < 1) {
            return Optional.empty();
        }
        List<String> lines = files.computeIfAbsent(problem.file(), CheckedText::lines);
        return lines.size() < problem.line()
                ? Optional.empty()
                : Optional.of(lines.get(problem.line() - 1))
                        .filter(line -> !line.isBlank() && Columns.width(line) <= WIDEST);
    }

    /** Nothing if it cannot be read again: the finding is told without it. */
    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }

    /** Marks the word that begins at the column; wide letters take two. */
    private static Optional<String> caret(String line, int column) {
        if (column < 1 || column > line.codePointCount(0, line.length())) {
            return Optional.empty();
        }
        int begin = line.offsetByCodePoints(0, column - 1);
        int end = end(line, begin);
        return Optional.of(" ".repeat(Columns.width(line.substring(0, begin)))
                + "^".repeat(Math.max(1, Columns.width(line.substring(begin, end)))));
    }

    private static int end(String line, int begin) {
        char quote = line.charAt(begin);
        if (quote == '"' || quote == '\'') {
            int close = line.indexOf(quote, begin + 1);
            return close < 0 ? line.length() : close + 1;
        }
        int end = begin + 1;
        while (end < line.length() && ",]}#".indexOf(line.charAt(end)) < 0 && !line.startsWith(": ", end)) {
            end++;
        }
        String word = line.substring(begin, end).stripTrailing();
        return begin + (word.endsWith(":") ? word.length() - 1 : word.length());
    }

    private void summary(List<Problem> problems) {
        Map<String, Map<Problem.Level, Integer>> counts = new TreeMap<>();
        problems.forEach(problem -> counts.computeIfAbsent(name(problem.code()), name -> new TreeMap<>())
                .merge(problem.severity(), 1, Integer::sum));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(context.texts().get("check.columns").split("\\|")));
        String language = context.texts().locale().getLanguage();
        counts.forEach((name, byLevel) -> byLevel.forEach((level, count) -> rows.add(List.of(
                Integer.toString(count),
                severity(level),
                name,
                ProblemCode.of(name.split(" ")[0])
                        .map(code -> code.meaning(language))
                        .orElse("")))));
        context.terminal().out().println();
        Table.print(rows, context.terminal().out());
    }
}
