package jp.hinomi.rules.lint;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;

/** Collects what the checks find. Not thread-safe. */
final class Findings {
    private final List<Problem> found = new ArrayList<>();

    void add(ProblemCode code, Location at, String message, String remedy) {
        found.add(code.problem(at, message, remedy));
    }

    List<Problem> found() {
        return found;
    }
}
