package jp.hinomi.rules.taxonomy;

import java.util.List;
import jp.hinomi.events.document.Problem;

/**
 * What became of an import.
 *
 * @param files in the order given
 * @param problems of paths rather than of rules
 * @param remembered files that were the same as in the last import, so nobody looked at them again
 * @param removed targets whose source is gone
 */
public record ImportReport(List<ImportedFile> files, List<Problem> problems, int remembered, List<String> removed) {
    public ImportReport {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
        removed = List.copyOf(removed);
    }

    /** How many rules there are with that outcome. */
    public int rules(ImportedFile.Outcome outcome) {
        return files.stream()
                .filter(file -> file.outcome() == outcome)
                .mapToInt(ImportedFile::rules)
                .sum();
    }

    /** True if nothing was left out. */
    public boolean complete() {
        return rules(ImportedFile.Outcome.REFUSED) == 0
                && files.stream().noneMatch(file -> file.outcome() == ImportedFile.Outcome.REFUSED)
                && problems.stream().noneMatch(Problem::isError);
    }
}
