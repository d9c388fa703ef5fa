package jp.hinomi.events.document;

import java.util.List;
import java.util.stream.Collectors;

/** Documents that cannot be used, with everything that is wrong with them at once. */
public final class ProblemsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ProblemsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
