package jp.hinomi.correlation.job;

import java.util.Objects;

/**
 * A rule, or an edit of one, that was not taken over.
 *
 * @param name of the rule
 * @param id of the rule
 * @param version that is in force; empty if none is
 * @param reason with file, line and remedy
 */
record RefusedRule(String name, String id, String version, String reason) {
    RefusedRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(reason, "reason");
    }

    /** What is said of a publication as a whole: under the beginning of its key, as no rule is called. */
    static RefusedRule ofPack(String pack, String reason) {
        String name = "hinomi.publication/" + pack;
        return new RefusedRule(name, name, "", reason);
    }

    boolean isInForce() {
        return !version.isEmpty();
    }
}
