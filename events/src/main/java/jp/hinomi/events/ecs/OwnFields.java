package jp.hinomi.events.ecs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;

/** The names outside ECS that events of this product have, by their first word ({@code own.csv}). Immutable. */
public final class OwnFields {
    private static final Set<String> WORDS = words();

    /** Words below which only the names of the dictionary stand: this product fills them, and no device. */
    private static final Set<String> CLOSED = Set.of("city", "clock");

    /** Which decoder {@code auto} chose: rare, so it has no slot in the dictionary. */
    private static final String CHOSEN_FORMAT = "city.format";

    private OwnFields() {}

    /** Sorted. */
    public static Set<String> firstWords() {
        return WORDS;
    }

    /** Whether some decoder may fill a field of that name, or a part of this product does. */
    public static boolean allows(String name) {
        int dot = name.indexOf('.');
        String word = dot < 0 ? name : name.substring(0, dot);
        return WORDS.contains(word)
                && (!CLOSED.contains(word)
                        || name.equals(CHOSEN_FORMAT)
                        || Fields.dictionary().stream().map(Field::name).anyMatch(name::equals));
    }

    private static Set<String> words() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(OwnFields.class.getResourceAsStream("own.csv"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .collect(Collectors.collectingAndThen(
                            Collectors.toCollection(TreeSet::new), java.util.Collections::unmodifiableSet));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read own.csv of this program", e);
        }
    }
}
