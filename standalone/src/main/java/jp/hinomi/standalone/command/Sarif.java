package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.lint.Catalogue;
import jp.hinomi.rules.lint.LintReport;
import jp.hinomi.rules.lint.Phrases;

/**
 * What a check found, as SARIF 2.1.0 (OASIS): the form in which code hosts show findings beside the lines. What a comment in the
 * file hides is there too, as suppressed.
 */
final class Sarif {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String language;
    private final List<String> rules = new ArrayList<>();

    private Sarif(LintReport report, String language) {
        this.language = language;
        Set<ProblemCode> codes = new TreeSet<>();
        report.problems().forEach(problem -> ProblemCode.ofWord(problem.code()).ifPresent(codes::add));
        report.ignored()
                .forEach(ignored -> ProblemCode.ofWord(ignored.problem().code()).ifPresent(codes::add));
        codes.forEach(code -> rules.add(code.word()));
    }

    /** @param version of this program; may be empty */
    static ObjectNode of(LintReport report, String version, String language) {
        return new Sarif(report, language).log(report, version);
    }

    private ObjectNode log(LintReport report, String version) {
        ObjectNode log = MAPPER.createObjectNode()
                .put(
                        "$schema",
                        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
                .put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "hinomi rules check");
        if (!version.isEmpty()) {
            driver.put("version", version);
        }
        driver.put("language", language);
        ArrayNode descriptors = driver.putArray("rules");
        rules.forEach(
                word -> descriptors.add(descriptor(ProblemCode.ofWord(word).orElseThrow())));
        // Columns are counted in characters, of which those outside the basic plane are one.
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        report.problems().forEach(problem -> results.add(result(problem, Optional.empty())));
        report.ignored().forEach(ignored -> results.add(result(ignored.problem(), Optional.of(ignored.reason()))));
        return log;
    }

    private ObjectNode descriptor(ProblemCode code) {
        Catalogue.Entry entry = Catalogue.standard().of(code);
        ObjectNode node = MAPPER.createObjectNode().put("id", code.id()).put("name", code.word());
        node.putObject("shortDescription").put("text", code.meaning(language));
        node.putObject("fullDescription").put("text", entry.why().get(language));
        node.putObject("help").put("text", entry.remedy().get(language));
        node.putObject("defaultConfiguration").put("level", level(code.usual()));
        return node;
    }

    private ObjectNode result(Problem problem, Optional<String> suppressed) {
        ObjectNode result = MAPPER.createObjectNode();
        ProblemCode.ofWord(problem.code())
                .ifPresentOrElse(
                        code -> result.put("ruleId", code.id()).put("ruleIndex", rules.indexOf(code.word())),
                        () -> result.put("ruleId", problem.code()));
        result.put("level", level(problem.severity()));
        result.putObject("message")
                .put(
                        "text",
                        Phrases.in(language, problem.message())
                                + (problem.remedy().isEmpty() ? "" : " — " + Phrases.in(language, problem.remedy())));
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri(problem.file()));
        if (problem.line() > 0) {
            ObjectNode region = place.putObject("region").put("startLine", problem.line());
            if (problem.column() > 0) {
                region.put("startColumn", problem.column());
            }
        }
        suppressed.ifPresent(reason -> result.putArray("suppressions")
                .addObject()
                .put("kind", "inSource")
                .put("justification", reason));
        return result;
    }

    /** Relative where the file was named so: code hosts look it up in the repository. */
    private static String uri(String file) {
        try {
            Path path = Path.of(file).normalize();
            return path.isAbsolute()
                    ? path.toUri().toString()
                    : new URI(null, null, path.toString().replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path is always an URI", e);
        }
    }

    private static String level(Problem.Level level) {
        return switch (level) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case HINT -> "note";
        };
    }
}
