package jp.hinomi.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Random;
import java.util.Set;
import jp.hinomi.rules.detection.Folding;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Where none of the required literals stands, the expression is not found: else the matcher would miss events. */
class RequiredLiteralsProperties {
    private static final String[] ATOMS = {
        "a",
        "b",
        "k",
        "ab",
        "\\.",
        "\\*",
        ".",
        "[ab]",
        "[^a]",
        "[]a]",
        "\\d",
        "\\w",
        "\\b",
        "^",
        "$",
        "-",
        "(?i)",
        "[[:alpha:]]"
    };
    private static final String[] QUANTIFIERS = {"", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "+?", "*?"};
    private static final String[] LETTERS = {"a", "b", "A", "K", "\u212A", ".", "*", "-", "1", " "};

    private static String regex(Random random, int depth) {
        StringBuilder regex = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            if (depth > 0 && random.nextInt(4) == 0) {
                String open = new String[] {"(", "(?:", "(?i:"}[random.nextInt(3)];
                regex.append(open)
                        .append(regex(random, depth - 1))
                        .append(random.nextBoolean() ? "|" + regex(random, depth - 1) : "")
                        .append(')');
            } else {
                regex.append(ATOMS[random.nextInt(ATOMS.length)]);
            }
            String last = regex.substring(regex.length() - 1);
            if (!last.equals("^")
                    && !last.equals("$")
                    && !regex.toString().endsWith("\\b")
                    && !regex.toString().endsWith("(?i)")) {
                regex.append(QUANTIFIERS[random.nextInt(QUANTIFIERS.length)]);
            }
        }
        return regex.toString();
    }

    @Property(tries = 5000)
    void what_is_found_has_one_of_the_literals(@ForAll long seed) {
        Random random = new Random(seed);
        String regex = regex(random, 2);
        Pattern pattern = Pattern.compile(regex, random.nextBoolean() ? Pattern.CASE_INSENSITIVE : 0);
        Set<String> required = RequiredLiterals.of(regex);
        for (int i = 0; i < 20; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(LETTERS[random.nextInt(LETTERS.length)]);
            }
            String folded = Folding.fold(text.toString());
            if (!required.isEmpty() && pattern.matcher(text.toString()).find()) {
                assertThat(required.stream().map(Folding::fold).anyMatch(folded::contains))
                        .as("%s requires one of %s, found in '%s'", regex, required, text)
                        .isTrue();
            }
        }
    }

    @Example
    void the_rarest_requirement_is_chosen() {
        assertThat(RequiredLiterals.of("^GET /admin/.*\\.php$")).containsExactly("GET /admin/");
        assertThat(RequiredLiterals.of("(?i)(;|%3b|\\|)(\\s|\\+)*(id|sh)")).containsExactlyInAnyOrder(";", "%3b", "|");
        assertThat(RequiredLiterals.of("(jndi|ldap)s?:x?")).containsExactlyInAnyOrder("jndi", "ldap");
        assertThat(RequiredLiterals.of("a*b?[cd]")).isEmpty();
        assertThat(RequiredLiterals.of("abc|")).isEmpty();
        assertThat(RequiredLiterals.of("(".repeat(80) + "a" + ")".repeat(80))).isEmpty();
    }
}
