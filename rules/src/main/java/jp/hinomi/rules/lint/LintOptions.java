package jp.hinomi.rules.lint;

import java.util.Set;
import jp.hinomi.rules.Dialect;
import jp.hinomi.rules.ProblemCode;

/**
 * How to look at rules.
 *
 * @param strict whether style is asked of rules from elsewhere too
 * @param disabled what is not to be reported; errors are all the same
 * @param declared names of fields that the city's own formats fill
 */
public record LintOptions(Dialect dialect, boolean strict, Set<ProblemCode> disabled, Set<String> declared) {
    public static final LintOptions USUAL = new LintOptions(Dialect.HINOMI, false, Set.of(), Set.of());

    public LintOptions {
        disabled = Set.copyOf(disabled);
        declared = Set.copyOf(declared);
    }
}
