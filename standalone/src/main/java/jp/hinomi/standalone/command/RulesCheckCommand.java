package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.live.NeededSources;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.Dialect;
import jp.hinomi.rules.ExceptionCheck;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.lint.Catalogue;
import jp.hinomi.rules.lint.Lint;
import jp.hinomi.rules.lint.LintOptions;
import jp.hinomi.rules.lint.LintReport;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi rules check}: what is wrong with rules, and what could be better. */
@Command(name = "check", mixinStandardHelpOptions = true)
final class RulesCheckCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json")
    private boolean json;

    @Option(names = "--sarif", paramLabel = "FILE")
    private Optional<Path> sarif = Optional.empty();

    @Option(names = "--severity", paramLabel = "LEVEL")
    private String severity = "error";

    @Option(names = "--disable", paramLabel = "CODE", split = ",")
    private List<String> disabled = List.of();

    @Option(names = "--strict")
    private boolean strict;

    @Option(names = "--strict-sigma")
    private boolean strictSigma;

    @Option(names = "--explain", paramLabel = "CODE", arity = "0..1", fallbackValue = "")
    private String explained;

    /** For what rules say about a city's sources, and for the fields of its own formats. */
    @Option(names = "--city", paramLabel = "DIR")
    private Path city;

    @Parameters(arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of(Installation.shippedRules());

    RulesCheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (explained != null) {
            return explain();
        }
        long began = System.nanoTime();
        Problem.Level threshold = threshold();
        Optional<City> known = Optional.ofNullable(city).map(folder -> CityFolder.read(folder, problem -> {}));
        LintOptions options = new LintOptions(
                strictSigma ? Dialect.STRICT_SIGMA : Dialect.HINOMI,
                strict,
                disabled(),
                known.map(RulesCheckCommand::fields).orElse(Set.of()));
        LintReport report;
        int files = RuleReader.files(paths, problem -> {}).size();
        try (Counting counting =
                Counting.start(context.terminal(), context.texts().get("check.reading"), files)) {
            report = Lint.run(paths, options, rules -> engine(rules, known), counting::step);
        }
        print(report);
        context.terminal()
                .err()
                .println(context.texts()
                        .get(
                                "check.summary",
                                report.rules().detections().size(),
                                report.rules().correlations().size(),
                                report.files(),
                                count(report, Problem.Level.ERROR),
                                count(report, Problem.Level.WARNING),
                                count(report, Problem.Level.HINT),
                                report.ignored().size(),
                                (System.nanoTime() - began) / 1e9));
        return report.has(threshold) ? 1 : 0;
    }

    /** Whether correlations can run, and whether their EPL may, is for the engine to say. */
    private static List<Problem> engine(RuleSet rules, Optional<City> city) {
        List<Problem> problems = new ArrayList<>(new Correlations(rules).problems());
        city.ifPresent(known -> problems.addAll(NeededSources.check(rules, known)));
        problems.addAll(ExceptionCheck.check(
                rules, System.currentTimeMillis(), city.map(City::zone).orElse(ZoneOffset.UTC)));
        return problems;
    }

    private static Set<String> fields(City city) {
        Set<String> fields = new HashSet<>();
        city.formats().values().forEach(format -> fields.addAll(format.fieldNames()));
        return fields;
    }

    private void print(LintReport report) throws IOException {
        boolean sarifToOut = sarif.isPresent() && sarif.get().toString().equals("-");
        if (sarif.isPresent()) {
            ObjectNode log =
                    Sarif.of(report, Version.number(), context.texts().locale().getLanguage());
            String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(log) + "\n";
            if (sarifToOut) {
                context.terminal().out().print(text);
            } else {
                Files.createDirectories(sarif.get().toAbsolutePath().getParent());
                Files.write(sarif.get(), text.getBytes(StandardCharsets.UTF_8));
            }
        }
        if (json) {
            for (Problem problem : report.problems()) {
                ObjectNode node = Problems.json(problem);
                ProblemCode.ofWord(problem.code()).ifPresent(code -> node.put("id", code.id()));
                context.terminal().out().println(MAPPER.writeValueAsString(node));
            }
        } else if (!sarifToOut) {
            new CheckedText(context).print(report.problems());
        }
    }

    private static long count(LintReport report, Problem.Level level) {
        return report.problems().stream()
                .filter(problem -> problem.severity() == level)
                .count();
    }

    private Problem.Level threshold() {
        List<String> words =
                Arrays.stream(Problem.Level.values()).map(Problem.Level::word).toList();
        int index = words.indexOf(severity);
        if (index < 0) {
            throw usage("check.unknown-severity", severity, Suggestion.remedy(severity, words));
        }
        return Problem.Level.values()[index];
    }

    private Set<ProblemCode> disabled() {
        Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
        for (String written : disabled) {
            ProblemCode code = code(written);
            if (code.usual() == Problem.Level.ERROR) {
                throw usage("check.not-disabled", code.id() + " " + code.word());
            }
            codes.add(code);
        }
        return codes;
    }

    private ProblemCode code(String written) {
        return ProblemCode.of(written)
                .orElseThrow(() -> usage(
                        "check.unknown-code",
                        written,
                        Suggestion.nearest(
                                        written,
                                        Arrays.stream(ProblemCode.values())
                                                .map(ProblemCode::word)
                                                .toList())
                                .orElse("--explain")));
    }

    private ParameterException usage(String key, Object... values) {
        return new ParameterException(spec.commandLine(), context.texts().get(key, values));
    }

    private int explain() throws IOException {
        String language = context.texts().locale().getLanguage();
        List<ProblemCode> codes = explained.isEmpty() ? List.of(ProblemCode.values()) : List.of(code(explained));
        if (json) {
            for (ProblemCode code : codes) {
                context.terminal().out().println(MAPPER.writeValueAsString(entry(code)));
            }
        } else if (explained.isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of(context.texts().get("check.catalogue").split("\\|")));
            CheckedText words = new CheckedText(context);
            codes.forEach(code ->
                    rows.add(List.of(code.id(), code.word(), words.severity(code.usual()), code.meaning(language))));
            Table.print(rows, context.terminal().out());
        } else {
            explain(codes.get(0), language);
        }
        return 0;
    }

    private void explain(ProblemCode code, String language) {
        Catalogue.Entry entry = Catalogue.standard().of(code);
        context.terminal()
                .out()
                .println(context.terminal().bold(code.id() + " " + code.word()) + "  ("
                        + new CheckedText(context).severity(code.usual())
                        + (Catalogue.isStyle(code) ? context.texts().get("check.style") : "") + ")");
        context.terminal().out().println(code.meaning(language));
        context.terminal().out().println();
        context.terminal().out().println(entry.why().get(language));
        context.terminal()
                .out()
                .println(context.texts().get("check.remedy", entry.remedy().get(language)));
    }

    private static ObjectNode entry(ProblemCode code) {
        Catalogue.Entry entry = Catalogue.standard().of(code);
        ObjectNode node = MAPPER.createObjectNode()
                .put("id", code.id())
                .put("code", code.word())
                .put("severity", code.usual().word())
                .put("style", Catalogue.isStyle(code));
        for (String language : List.of("en", "ja")) {
            node.putObject(language)
                    .put("meaning", code.meaning(language))
                    .put("why", entry.why().get(language))
                    .put("remedy", entry.remedy().get(language));
        }
        return node;
    }
}
