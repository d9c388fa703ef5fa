package jp.hinomi.rules.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.YamlReader;

/** What the lint says, in Japanese, by the English phrase ({@code phrases_ja.yaml}). Immutable and thread-safe. */
public final class Phrases {
    private static final Phrases JAPANESE = new Phrases();

    private static final Pattern HOLE = Pattern.compile("\\{([0-9]?)\\}");

    /** Phrases within phrases are one deep. */
    private static final int DEEPEST = 2;

    private final List<Phrase> phrases = new ArrayList<>();

    private record Phrase(Pattern english, String other) {}

    private Phrases() {
        List<Problem> problems = new ArrayList<>();
        List<Node> documents = YamlReader.read("phrases_ja.yaml", text(), problems::add);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        ((Node.Mapping) documents.get(0)).entries().forEach((english, other) -> {
            String pattern = Arrays.stream(english.split("\\{\\}", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("(.+?)"));
            phrases.add(new Phrase(Pattern.compile(pattern, Pattern.DOTALL), ((Node.Scalar) other).text()));
        });
    }

    /** In that language; the text itself where it is English that is wanted, or nobody has translated it. */
    public static String in(String language, String english) {
        return language.equals("ja") ? JAPANESE.translated(english, 0).orElse(english) : english;
    }

    private Optional<String> translated(String english, int depth) {
        for (Phrase phrase : phrases) {
            Matcher matcher = phrase.english().matcher(english);
            if (matcher.matches()) {
                return Optional.of(filled(phrase.other(), matcher, depth));
            }
        }
        return Optional.empty();
    }

    /** Holes in the order of the English ones, or with the number of one of them. */
    private String filled(String phrase, Matcher values, int depth) {
        int[] next = {0};
        return HOLE.matcher(phrase).replaceAll(hole -> {
            int group = hole.group(1).isEmpty() ? ++next[0] : Integer.parseInt(hole.group(1)) + 1;
            String value = values.group(group);
            return Matcher.quoteReplacement(
                    depth < DEEPEST ? translated(value, depth + 1).orElse(value) : value);
        });
    }

    private static String text() {
        try (InputStream in = Phrases.class.getResourceAsStream("phrases_ja.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the phrases belong to this module", e);
        }
    }
}
