package jp.hinomi.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSource;
import jp.hinomi.rules.detection.Folding;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The index finds a literal exactly where it stands, in texts far longer than its window, among characters that fold to
 * ASCII and such that do not. Fails, each tried, when the last characters are forgotten at the end of a window or those that
 * follow it are not read ({@link GramIndex}), when no foreign character is folded first, when a pass asks for one gram of a
 * literal too few ({@link GramPass}), and when nothing may stand before a literal of two characters ({@link TrigramPass}).
 */
class GramIndexProperties {
    /** The Kelvin sign and the long s fold to ASCII letters, the others do not. */
    private static final String ALPHABET = "aAbBkKsS-\u212A\u017F\u3042\u00E9";

    private static final String OF_LITERALS = "abks-";

    /** With them, other passes are made. */
    private static final int[] SHORTEST = {1, 4, 7, 11};

    /** So many that passes for long literals are made beside the one for short ones. */
    private static final int MANY = 900;

    @Property(tries = 400)
    void finds_what_stands_in_the_text(@ForAll long seed) {
        Random random = new Random(seed);
        Set<String> literals = new LinkedHashSet<>();
        int shortest = SHORTEST[random.nextInt(SHORTEST.length)];
        int count = random.nextInt(20) == 0 ? MANY : 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            literals.add(text(random, OF_LITERALS, shortest + random.nextInt(12)));
        }
        StringBuilder text = new StringBuilder(text(random, ALPHABET, random.nextInt(1_500)));
        for (String literal : literals) {
            // Somewhere, and often across the end of a window of 512 characters.
            int at = random.nextBoolean()
                    ? random.nextInt(text.length() + 1)
                    : 512 - random.nextInt(literal.length() + 1);
            if (random.nextBoolean() && at <= text.length()) {
                text.insert(at, literal);
            }
        }
        String folded = Folding.fold(text.toString());
        assertThat(found(literals, text.toString()))
                .isEqualTo(literals.stream().filter(folded::contains).collect(Collectors.toSet()));
    }

    private static Set<String> found(Set<String> literals, String text) {
        List<RuleSource> sources = new ArrayList<>();
        List<String> order = List.copyOf(literals);
        for (int i = 0; i < order.size(); i++) {
            sources.add(new RuleSource(
                    "r" + i + ".yml",
                    "title: t\nname: r" + i
                            + "\nlogsource: {category: application}\ndetection:\n  sel:\n    message|contains: '"
                            + order.get(i) + "'\n  condition: sel\n"));
        }
        SecurityEvent event =
                new SecurityEvent.Builder("t-0-0", 0).put(Fields.MESSAGE, text).build();
        Set<String> found = new LinkedHashSet<>();
        DetectionMatcher.compile(
                        RuleReader.readTexts(sources, Placeholders.NONE).rules().detections())
                .match(
                        event,
                        rule -> found.add(
                                order.get(Integer.parseInt(rule.info().name().substring(1)))));
        return found;
    }

    private static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
