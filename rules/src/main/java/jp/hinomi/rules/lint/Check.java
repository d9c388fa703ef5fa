package jp.hinomi.rules.lint;

/** Looks at one document. Stateless. */
@FunctionalInterface
interface Check {
    void look(LintedDocument document, Surroundings surroundings, Findings findings);
}
