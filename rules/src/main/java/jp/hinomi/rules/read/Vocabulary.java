package jp.hinomi.rules.read;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.Severity;

/** The words that readers of rules accept, for others who speak of them: the lint, and the schema for editors. */
public final class Vocabulary {
    private Vocabulary() {}

    /** Keys of a document that Sigma has. */
    public static Set<String> sigmaKeys() {
        return new TreeSet<>(HeaderReader.SIGMA);
    }

    /** Keys of a document that are ours. */
    public static Set<String> ownKeys() {
        Set<String> keys = new TreeSet<>(HeaderReader.EXTENSIONS);
        keys.addAll(HeaderReader.EXTENSIONS_OF_FILTERS);
        return keys;
    }

    /** Keys of {@code correlation} that Sigma has. */
    public static Set<String> correlationKeys() {
        return new TreeSet<>(CorrelationReader.KEYS);
    }

    /** Keys of {@code correlation} that are ours. */
    public static Set<String> ownCorrelationKeys() {
        return new TreeSet<>(CorrelationReader.EXTENSION_KEYS);
    }

    /** Keys of {@code filter} that are no search identifiers. */
    public static Set<String> filterKeys() {
        return new TreeSet<>(FilterReader.NOT_IDENTIFIERS);
    }

    public static Set<String> statuses() {
        return new TreeSet<>(HeaderReader.STATUS);
    }

    public static List<String> levels() {
        return Arrays.stream(Severity.values()).map(Severity::word).toList();
    }

    public static List<String> modifiers() {
        return Modifier.words();
    }

    /** Of {@code response} and other texts by language. */
    public static Set<String> languages() {
        return new TreeSet<>(HeaderReader.LANGUAGES);
    }
}
