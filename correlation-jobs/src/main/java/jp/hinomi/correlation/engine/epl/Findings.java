package jp.hinomi.correlation.engine.epl;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;

/** What is wrong with one statement. Not thread-safe. */
final class Findings {
    private final List<Problem> found = new ArrayList<>();

    void error(ProblemCode problem, Location at, String message, String remedy) {
        found.add(Problem.error(at, problem.word(), message, remedy));
    }

    void warning(ProblemCode problem, Location at, String message, String remedy) {
        found.add(Problem.warning(at, problem.word(), message, remedy));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    List<Problem> list() {
        return List.copyOf(found);
    }
}
