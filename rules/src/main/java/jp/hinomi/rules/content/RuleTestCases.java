package jp.hinomi.rules.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.read.Problems;

/** Reads the test cases that stand beside rules as {@code *.test.yml}. Stateless and thread-safe. */
public final class RuleTestCases {
    private RuleTestCases() {}

    /** Reads every {@code *.test.yml} below the given paths. A file with an error gives no cases; the others are read. */
    public static Result read(List<Path> paths) {
        List<RuleTestCase> cases = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : files(path, problems)) {
                Problems found = new Problems();
                List<RuleTestCase> read = new ArrayList<>();
                for (Node node : YamlReader.read(file, found)) {
                    read.addAll(TestCaseReader.read(node, found));
                }
                if (!found.hasErrors()) {
                    cases.addAll(read);
                }
                problems.addAll(found.found());
            }
        }
        return new Result(cases, problems);
    }

    private static List<Path> files(Path path, List<Problem> problems) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(RuleReader::isTestFile)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            problems.add(ProblemCode.UNREADABLE.error(
                    Location.ofFile(path.toString()),
                    "cannot list the folder: " + e.getMessage(),
                    "check that it exists and may be read"));
            return List.of();
        }
    }

    /** @param problems what is wrong with the files, in order */
    public record Result(List<RuleTestCase> cases, List<Problem> problems) {
        public Result {
            cases = List.copyOf(cases);
            problems = List.copyOf(problems);
        }

        public boolean hasErrors() {
            return problems.stream().anyMatch(Problem::isError);
        }
    }
}
