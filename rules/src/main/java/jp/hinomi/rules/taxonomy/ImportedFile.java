package jp.hinomi.rules.taxonomy;

import java.util.List;
import java.util.Objects;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;

/**
 * What became of one file of rules.
 *
 * @param source as the user named it
 * @param target where it goes, relative to the folder of the import
 * @param rules documents in it
 * @param logsource in words, of the first rule
 * @param problems with the places of the source; errors keep the file out
 */
public record ImportedFile(String source, String target, int rules, String logsource, List<Problem> problems) {
    private static final List<String> NOTES = List.of(
            ProblemCode.FOREIGN_FIELD.word(), ProblemCode.UNKNOWN_FIELD.word(), ProblemCode.UNKNOWN_LOGSOURCE.word());

    /** What can become of a file. */
    public enum Outcome {
        /** It runs, and decoders of this release fill all its fields. */
        TAKEN,
        /** It runs, but needs something that this release does not bring: see the problems. */
        NOTED,
        /** It was left out. */
        REFUSED
    }

    public ImportedFile {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(logsource, "logsource");
        problems = List.copyOf(problems);
    }

    public Outcome outcome() {
        if (problems.stream().anyMatch(Problem::isError)) {
            return Outcome.REFUSED;
        }
        return problems.stream().anyMatch(problem -> NOTES.contains(problem.code())) ? Outcome.NOTED : Outcome.TAKEN;
    }
}
