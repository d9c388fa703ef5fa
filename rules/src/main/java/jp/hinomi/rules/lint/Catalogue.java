package jp.hinomi.rules.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.rules.ProblemCode;

/** Why each kind of problem matters and what to do about it, by language ({@code catalogue.yaml}). Immutable. */
public final class Catalogue {
    private static final Catalogue STANDARD = new Catalogue();

    /** Matters of house style: asked of our own packs, and of others with {@code --strict} only. */
    private static final Set<ProblemCode> STYLE = EnumSet.of(
            ProblemCode.BAD_ID,
            ProblemCode.MISSING_LEVEL,
            ProblemCode.MISSING_STATUS,
            ProblemCode.MISSING_AUTHOR,
            ProblemCode.MISSING_DATE,
            ProblemCode.LONG_TITLE,
            ProblemCode.MISSING_TEXT,
            ProblemCode.UNTRANSLATED_TEXT,
            ProblemCode.NOT_JAPANESE,
            ProblemCode.SAME_TEXT,
            ProblemCode.LEVEL_CONVENTION,
            ProblemCode.TAG_TWICE,
            ProblemCode.MISSING_CONTROL_TAG,
            ProblemCode.MISSING_ATTACK_TAG,
            ProblemCode.UNTESTED,
            ProblemCode.HALF_TESTED,
            ProblemCode.VALUE_TWICE,
            ProblemCode.SWALLOWED_VALUE,
            ProblemCode.USELESS_WILDCARD,
            ProblemCode.LITERAL_REGEX);

    private final Map<ProblemCode, Entry> entries = new EnumMap<>(ProblemCode.class);

    /** @param why and what to do, by language; never empty */
    public record Entry(Map<String, String> why, Map<String, String> remedy) {
        public Entry {
            why = Map.copyOf(why);
            remedy = Map.copyOf(remedy);
        }
    }

    private Catalogue() {
        List<Problem> problems = new ArrayList<>();
        List<Node> documents = YamlReader.read("catalogue.yaml", text(), problems::add);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        ((Node.Mapping) documents.get(0))
                .entries()
                .forEach((word, node) ->
                        entries.put(ProblemCode.ofWord(word).orElseThrow(), entry((Node.Mapping) node)));
    }

    public static Catalogue standard() {
        return STANDARD;
    }

    /** @throws java.util.NoSuchElementException if a code was added without an entry; a test sees to it that none is */
    public Entry of(ProblemCode code) {
        return java.util.Optional.ofNullable(entries.get(code)).orElseThrow();
    }

    /** Whether it is only asked of our own packs. */
    public static boolean isStyle(ProblemCode code) {
        return STYLE.contains(code);
    }

    private static Entry entry(Node.Mapping node) {
        return new Entry(texts(node, "why"), texts(node, "do"));
    }

    private static Map<String, String> texts(Node.Mapping node, String key) {
        Node.Mapping texts = (Node.Mapping) node.get(key);
        return Map.of(
                "en", ((Node.Scalar) texts.get("en")).text(),
                "ja", ((Node.Scalar) texts.get("ja")).text());
    }

    private static String text() {
        try (InputStream in = Catalogue.class.getResourceAsStream("catalogue.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue belongs to this module", e);
        }
    }
}
