package jp.hinomi.correlation.live;

import java.io.Serializable;
import java.util.Objects;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleSource;

/**
 * One Sigma document as it stands in the topic {@code rules}. Immutable.
 *
 * @param key the document's id, else its name, else its title: what a newer version has in common with it
 * @param file where its author wrote it; the key where nobody said
 * @param line of that file at which the text begins, counted from 1
 * @param text YAML; empty = there is no such rule, whatever the job was started with
 * @param pack that it was published with; empty = none
 */
public record RuleRecord(String key, String file, int line, String text, String pack) implements Serializable {
    /** A place beyond this is nonsense, and would cost memory to reproduce. */
    private static final int LAST_LINE = 1_000_000;

    public RuleRecord {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(pack, "pack");
        line = line < 1 || line > LAST_LINE ? 1 : line;
    }

    /** Of no pack. */
    public RuleRecord(String key, String file, int line, String text) {
        this(key, file, line, text, "");
    }

    RuleRecord inPack(String name) {
        return new RuleRecord(key, file, line, text, name);
    }

    /** For the reader: problems then name the author's file and line. */
    RuleSource source() {
        return new RuleSource(file, "\n".repeat(line - 1) + text);
    }

    /** True if the problem was found in this document. */
    public boolean isPlaceOf(Problem problem) {
        return problem.file().equals(file)
                && (problem.line() == 0 || (problem.line() >= line && problem.line() <= lastLine()));
    }

    private long lastLine() {
        return line + text.stripTrailing().lines().count() - 1;
    }

    /** The name by which other rules refer to it, as far as that can be read. */
    public String name() {
        String name = RuleDocumentTexts.name(this);
        return name.isEmpty() ? key : name;
    }

    /** True if both say the same, wherever they stand. */
    boolean saysTheSame(RuleRecord other) {
        return other != null && text.strip().equals(other.text.strip());
    }
}
