package jp.hinomi.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.rules.read.RuleDocuments;

/** Reads Sigma rules (2.1) from files, folders and texts. Stateless and thread-safe. */
public final class RuleReader {
    /** By file and place. */
    public static final Comparator<Problem> IN_ORDER =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line).thenComparingInt(Problem::column);

    private RuleReader() {}

    /**
     * Reads every {@code .yml} and {@code .yaml} below the given paths, except {@code *.test.yml} and {@code
     * *.coverage.yml}. A rule with an error is
     * left out and named in the problems, and so are rules that depend on it; the others load.
     */
    public static Result read(List<Path> paths) {
        return read(paths, Placeholders.NONE, Dialect.HINOMI);
    }

    /** As {@link #read(List)}, with values for {@code expand}. */
    public static Result read(List<Path> paths, Placeholders placeholders, Dialect dialect) {
        List<Problem> problems = new ArrayList<>();
        List<Path> files = files(paths, problems::add);
        Result result = readFiles(files, placeholders, dialect, (file, documents) -> {});
        problems.addAll(result.problems());
        problems.sort(IN_ORDER);
        return new Result(result.rules(), problems);
    }

    /** Is told of each file with the documents in it, from several threads at once and in no order. */
    public interface Onlooker {
        void read(Path file, List<Node> documents);
    }

    /** Reads the files as they are named; see {@link #files}. */
    public static Result readFiles(List<Path> files, Placeholders placeholders, Dialect dialect, Onlooker onlooker) {
        Reading<Path> reading = (file, problems) -> {
            List<Node> documents = YamlReader.read(file, problems);
            onlooker.read(file, documents);
            return documents;
        };
        return read(files, reading, placeholders, dialect).finish();
    }

    /** What reads one source of documents. */
    private interface Reading<S> {
        List<Node> read(S source, Consumer<Problem> problems);
    }

    /** Reads on all cores; what comes of it is in the order of the sources. */
    private static <S> RuleDocuments read(
            List<S> sources, Reading<S> reading, Placeholders placeholders, Dialect dialect) {
        return sources.parallelStream()
                .map(source -> {
                    RuleDocuments documents = new RuleDocuments(placeholders, dialect);
                    List<Problem> problems = new ArrayList<>();
                    List<Node> nodes = reading.read(source, problems::add);
                    problems.forEach(documents::report);
                    unharmed(nodes, problems).forEach(documents::add);
                    return documents;
                })
                .collect(() -> new RuleDocuments(placeholders, dialect), RuleDocuments::addAll, RuleDocuments::addAll);
    }

    /** The files that {@link #read(List)} reads: what is named as a file, and the rule files below folders, in order. */
    public static List<Path> files(List<Path> paths, Consumer<Problem> problems) {
        List<Path> files = new ArrayList<>();
        paths.forEach(path -> files.addAll(files(path, problems)));
        return files;
    }

    /** Reads texts, such as the records of the {@code rules} topic; they may refer to each other. */
    public static Result readTexts(List<RuleSource> sources, Placeholders placeholders) {
        return readTexts(sources, placeholders, Dialect.HINOMI);
    }

    /** As {@link #readTexts(List, Placeholders)}, in that dialect. */
    public static Result readTexts(List<RuleSource> sources, Placeholders placeholders, Dialect dialect) {
        Reading<RuleSource> reading = (source, problems) -> YamlReader.read(source.name(), source.text(), problems);
        return read(sources, reading, placeholders, dialect).finish();
    }

    /** Without the documents in which a part could not be read as it stands: they would run as something else. */
    private static List<Node> unharmed(List<Node> documents, List<Problem> problems) {
        List<Node> unharmed = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            int begin = documents.get(i).at().line();
            int end = i + 1 < documents.size() ? documents.get(i + 1).at().line() : Integer.MAX_VALUE;
            if (problems.stream().noneMatch(problem -> isWithin(problem, begin, end))) {
                unharmed.add(documents.get(i));
            }
        }
        return unharmed;
    }

    /** What is no YAML at all has become no document. */
    private static boolean isWithin(Problem problem, int begin, int end) {
        return problem.isError()
                && problem.line() >= begin
                && problem.line() < end
                && !problem.code().equals("yaml-syntax");
    }

    /** True for the name of a file with test cases beside a rule. */
    public static boolean isTestFile(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".test.yml") || name.endsWith(".test.yaml");
    }

    /** True for the name of a file that says which risks the rules around it answer. */
    public static boolean isCoverageFile(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".coverage.yml") || name.endsWith(".coverage.yaml");
    }

    private static boolean isRuleFile(Path file) {
        String name = String.valueOf(file.getFileName());
        return (name.endsWith(".yml") || name.endsWith(".yaml"))
                && !isTestFile(file)
                && !isCoverageFile(file)
                && !name.startsWith(".");
    }

    private static List<Path> files(Path path, Consumer<Problem> problems) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(RuleReader::isRuleFile)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
            if (files.isEmpty()) {
                problems.accept(ProblemCode.NO_RULES.warning(
                        Location.ofFile(path.toString()),
                        "the folder holds no rule",
                        "name a folder with .yml files in the Sigma format"));
            }
            return files;
        } catch (IOException | UncheckedIOException e) {
            problems.accept(ProblemCode.UNREADABLE.error(
                    Location.ofFile(path.toString()),
                    "cannot list the folder: " + e.getMessage(),
                    "check that it exists and may be read"));
            return List.of();
        }
    }

    /** @param problems errors and warnings in order of file and line */
    public record Result(RuleSet rules, List<Problem> problems) {
        public Result {
            Objects.requireNonNull(rules, "rules");
            problems = List.copyOf(problems);
        }

        public boolean hasErrors() {
            return problems.stream().anyMatch(Problem::isError);
        }
    }
}
