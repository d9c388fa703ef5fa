package jp.hinomi.rules;

import java.util.Objects;

/**
 * Text with one or several Sigma documents.
 *
 * @param name as the user knows it: a path, or the key of a record
 */
public record RuleSource(String name, String text) {
    public RuleSource {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
    }
}
