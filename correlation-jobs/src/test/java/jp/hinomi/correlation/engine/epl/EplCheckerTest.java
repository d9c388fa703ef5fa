package jp.hinomi.correlation.engine.epl;

import static org.assertj.core.api.Assertions.assertThat;

import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.EplText;
import jp.hinomi.rules.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * What rules may say in EPL and what not. In the examples » stands before the place that the problem must name.
 *
 * <p>Seen to fail when broken: {@code StddevProjectionExpression} among the allowed aggregations; {@code #firstunique} among
 * the windows that go with {@code #time}; a pattern's length not compared with the timespan; {@code DotExpression} among the
 * plain nodes.
 */
class EplCheckerTest {
    private static final Duration TIMESPAN = Duration.ofMinutes(10);

    private static final List<EplStream> RULES = List.of(
            EplStream.ofDetection("failed"),
            EplStream.ofDetection("login"),
            EplStream.ofDetection("export"),
            EplStream.ofCorrelation("burst", List.of("source.ip")));

    static EplChecker.Result check(String epl) {
        return EplChecker.check(new EplText(epl, new Location("rule.yml", 1, 1)), RULES, TIMESPAN);
    }

    private static Object yaml(String name) throws IOException {
        try (InputStream in = EplCheckerTest.class.getResourceAsStream(name)) {
            return new Yaml().load(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @SuppressWarnings("unchecked")
    static Stream<Arguments> refused() throws IOException {
        Map<String, List<String>> byCode = (Map<String, List<String>>) yaml("refused.yaml");
        return byCode.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(epl -> Arguments.of(entry.getKey(), epl)));
    }

    @SuppressWarnings("unchecked")
    static Stream<String> allowed() throws IOException {
        return ((List<String>) yaml("allowed.yaml")).stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void isRefusedWithItsPlaceAndARemedy(String code, String marked) {
        String epl = marked.replace("»", "").replace("DEEP", "(".repeat(30) + "1=1" + ")".repeat(30));
        epl = epl.replace("LONG", "source.port = 1 or ".repeat(300));
        EplChecker.Result result = check(epl);
        assertThat(result.program()).isEmpty();
        Problem problem = result.problems().stream()
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + code + " among " + result.problems()));
        int mark = marked.indexOf('»');
        if (mark >= 0) {
            Location at = new EplText(epl, new Location("rule.yml", 1, 1)).at(mark);
            assertThat(new Location(problem.file(), problem.line(), problem.column()))
                    .as(problem.toString())
                    .isEqualTo(at);
        }
        assertThat(problem.message()).isNotBlank();
        assertThat(problem.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void isAllowed(String epl) {
        EplChecker.Result result = check(epl);
        assertThat(result.problems()).isEmpty();
        assertThat(result.program()).isPresent();
    }

    @Test
    void everyKindOfProblemHasAnExample() throws IOException {
        List<String> examples =
                refused().map(each -> (String) each.get()[0]).distinct().toList();
        List<String> codes = Arrays.stream(ProblemCode.values())
                .map(ProblemCode::word)
                .filter(code -> code.startsWith("epl-"))
                // Not in what is refused: a warning; and the names of rules, which are not in the text.
                .filter(word -> !word.equals("epl-unknown-field") && !word.equals("epl-rule-name"))
                .toList();
        assertThat(examples).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void aFieldThatTheDictionaryDoesNotKnowIsTextAndAWarning() {
        EplChecker.Result result = check("select * from failed(user.nmae = 'root')");
        assertThat(result.program()).isPresent();
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isFalse();
            assertThat(problem.column()).isEqualTo(22);
            assertThat(problem.remedy()).isEqualTo("did you mean 'user.name'?");
        });
    }

    @Test
    void aListedRuleNeedsANameThatEplCanSay() {
        EplChecker.Result result = EplChecker.check(
                new EplText("select * from failed", new Location("rule.yml", 7, 0)),
                List.of(EplStream.ofDetection("failed"), EplStream.ofDetection("0f3c-11aa")),
                TIMESPAN);
        assertThat(result.program()).isEmpty();
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("epl-rule-name");
            assertThat(problem.line()).isEqualTo(7);
            assertThat(problem.message()).contains("0f3c-11aa");
        });
    }

    @Test
    void placesOfAnIndentedBlockAreLines() {
        EplChecker.Result result = EplChecker.check(
                new EplText("select *\nfrom failed\nwhere foo(1) = 2", new Location("rule.yml", 12, 0)),
                RULES,
                TIMESPAN);
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(14);
            assertThat(problem.column()).isZero();
        });
    }

    /** Another version of Esper may know more clauses: each has to be looked at before rules may carry it. */
    @Test
    void theWalkKnowsEveryClauseOfAStatement() {
        List<String> parts = Arrays.stream(EPStatementObjectModel.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .toList();
        assertThat(parts)
                .containsExactlyInAnyOrder(
                        "annotations",
                        "expressionDeclarations",
                        "scriptExpressions",
                        "classProvidedExpressions",
                        "contextName",
                        "updateClause",
                        "createVariable",
                        "createTable",
                        "createWindow",
                        "createIndex",
                        "createSchema",
                        "createContext",
                        "createDataFlow",
                        "createExpression",
                        "createClass",
                        "onExpr",
                        "insertInto",
                        "selectClause",
                        "fromClause",
                        "whereClause",
                        "groupByClause",
                        "havingClause",
                        "outputLimitClause",
                        "orderByClause",
                        "rowLimitClause",
                        "matchRecognizeClause",
                        "forClause",
                        "treeObjectName",
                        "fireAndForgetClause",
                        "intoTableClause");
    }
}
