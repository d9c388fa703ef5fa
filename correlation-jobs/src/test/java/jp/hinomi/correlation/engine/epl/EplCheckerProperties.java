package jp.hinomi.correlation.engine.epl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.EplText;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * No text brings the checker down, and whatever it lets through holds nothing that is refused: statements of the lists with
 * words of the attacks spliced in, doubled, cut.
 *
 * <p>Seen to fail when broken: with {@code DotExpression} among the plain nodes of {@link ExpressionCheck}.
 */
class EplCheckerProperties {
    private static final List<String> NEVER = List.of(
            "getclass",
            "runtime",
            "system",
            "keepall",
            "length_batch",
            "time_batch",
            "firstunique",
            "every-distinct",
            "rstream",
            "output",
            "inlined_class",
            "new ",
            "create",
            "insert",
            "regexp",
            "prior(",
            "stddev",
            "timer:at");

    private final List<String> statements = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();

    EplCheckerProperties() throws IOException {
        EplCheckerTest.allowed().forEach(statements::add);
        EplCheckerTest.refused().forEach(each -> statements.add(((String) each.get()[1]).replace("»", "")));
        for (String statement : statements) {
            for (Token token : Tokens.of(new EplText(statement, new Location("x", 1, 1)), new Findings())) {
                int end = Math.min(
                        statement.length(), token.offset() + token.text().length());
                pieces.add(statement.substring(token.offset(), end));
            }
        }
    }

    @Property(tries = 1500)
    void splicedStatementsAreReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(statements.get(random.nextInt(statements.size())));
        int edits = 1 + random.nextInt(4);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, ' ' + pieces.get(random.nextInt(pieces.size())) + ' ');
                case 1 -> text.replace(at, to, ' ' + pieces.get(random.nextInt(pieces.size())) + ' ');
                default -> text.delete(at, to);
            }
        }
        if (text.toString().isBlank()) {
            return;
        }
        EplChecker.Result result = EplCheckerTest.check(text.toString());
        assertThat(result.program().isPresent())
                .isEqualTo(result.problems().stream().noneMatch(problem -> problem.isError()));
        result.program().ifPresent(program -> {
            // Constants may say what they like.
            String code = program.source().toLowerCase(java.util.Locale.ROOT).replaceAll("\"[^\"]*\"|'[^']*'", "");
            assertThat(NEVER).as(program.source()).noneMatch(word -> has(code, word));
        });
        assertThat(result.problems()).noneMatch(problem -> problem.message().contains("Esper fails over"));
    }

    /** As a word: a field may be called runtimes. */
    private static boolean has(String code, String word) {
        String end = Character.isLetter(word.charAt(word.length() - 1)) ? "(?![a-z0-9_])" : "";
        return Pattern.compile("(?<![a-z0-9_])" + Pattern.quote(word) + end)
                .matcher(code)
                .find();
    }
}
