package jp.hinomi.rules;

import java.nio.file.Path;
import java.util.List;
import jp.hinomi.events.document.Problem;

/** Reads Sigma rules from files and folders. */
public final class RuleReader {
    private RuleReader() {}

    /**
     * Reads every {@code .yml} and {@code .yaml} below the given paths, except {@code *.test.yml}. A rule with an error is
     * left out and named in the problems; the others load.
     */
    public static Result read(List<Path> paths) {
        throw new IllegalStateException("written by the rules module's first issue");
    }

    /** @param problems errors and warnings in order of file and line */
    public record Result(RuleSet rules, List<Problem> problems) {}
}
