package jp.hinomi.events.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translations of the English phrases in which problems are told, from a YAML file next to a class: {@code "'{}' is not a
 * date": "'{}' は日付ではありません"}. What stands in a hole is translated as well if it is a phrase itself, but not what is quoted:
 * those are words of the user's. Immutable and thread-safe.
 */
public final class Phrasebook {
    private static final Pattern HOLE = Pattern.compile("\\{([0-9]?)\\}");

    /** Phrases within phrases within phrases. */
    private static final int DEEPEST = 3;

    private final List<Phrase> phrases = new ArrayList<>();

    /**
     * @param begin what it begins with, up to the first hole
     * @param end what it ends with, after the last
     * @param quoted of each hole whether it stands in quotes
     */
    private record Phrase(String begin, String end, Pattern english, List<Boolean> quoted, String other) {
        static Phrase of(String english, String other) {
            String[] pieces = english.split("\\{\\}", -1);
            StringBuilder pattern = new StringBuilder(Pattern.quote(pieces[0]));
            List<Boolean> quoted = new ArrayList<>();
            for (int i = 1; i < pieces.length; i++) {
                boolean inQuotes = pieces[i - 1].endsWith("'") && pieces[i].startsWith("'");
                quoted.add(inQuotes);
                // A word of the user's may be empty, a phrase may not.
                pattern.append(inQuotes ? "(.*?)" : "(.+?)").append(Pattern.quote(pieces[i]));
            }
            return new Phrase(
                    pieces[0],
                    pieces[pieces.length - 1],
                    Pattern.compile(pattern.toString(), Pattern.DOTALL),
                    quoted,
                    other);
        }

        /** Asked first: most phrases are other ones, and two comparisons say so. */
        boolean mayBe(String text) {
            return text.startsWith(begin) && text.endsWith(end);
        }
    }

    private Phrasebook(String name, String text) {
        List<Problem> problems = new ArrayList<>();
        List<Node> documents = YamlReader.read(name, text, problems::add);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        ((Node.Mapping) documents.get(0)).entries().forEach((english, other) -> {
            phrases.add(Phrase.of(english, ((Node.Scalar) other).text()));
        });
    }

    /** The file of that name in the package of {@code owner}. */
    public static Phrasebook of(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name + " beside " + owner);
            }
            return new Phrasebook(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("phrases belong to their module: " + name, e);
        }
    }

    /** The translation; empty if nobody has translated it. The first phrase of the file that fits counts. */
    public Optional<String> translated(String english) {
        return translated(english, 0);
    }

    private Optional<String> translated(String english, int depth) {
        for (Phrase phrase : phrases) {
            if (phrase.mayBe(english)) {
                Matcher matcher = phrase.english().matcher(english);
                if (matcher.matches()) {
                    return Optional.of(filled(phrase, matcher, depth));
                }
            }
        }
        return Optional.empty();
    }

    /** Holes in the order of the English ones, or with the number of one of them. */
    private String filled(Phrase phrase, Matcher values, int depth) {
        int[] next = {0};
        return HOLE.matcher(phrase.other()).replaceAll(hole -> {
            int group = hole.group(1).isEmpty() ? ++next[0] : Integer.parseInt(hole.group(1)) + 1;
            String value = values.group(group);
            return Matcher.quoteReplacement(
                    depth == DEEPEST || phrase.quoted().get(group - 1)
                            ? value
                            : translated(value, depth + 1).orElse(value));
        });
    }
}
