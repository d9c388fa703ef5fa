package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.ruletest.CaseResult;
import jp.hinomi.correlation.ruletest.RuleTests;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.events.files.WholeFile;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleInfo;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.content.RuleTestCases;
import jp.hinomi.rules.lifecycle.StatusEdit;
import jp.hinomi.rules.lint.Lint;
import jp.hinomi.rules.lint.LintOptions;
import jp.hinomi.rules.lint.LintReport;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.lifecycle.BacktestProof;
import jp.hinomi.standalone.lifecycle.HistoryEntry;
import jp.hinomi.standalone.lifecycle.HistoryFile;
import jp.hinomi.standalone.lifecycle.Promotion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi rules promote}: gives a rule its next status if it has the proof, and keeps the record of it. */
@Command(name = "promote", mixinStandardHelpOptions = true)
final class RulesPromoteCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "STATUS")
    private String to;

    @Option(names = "--backtest", paramLabel = "FILE")
    private Path backtest;

    @Option(names = "--city", paramLabel = "DIR")
    private Path city = Installation.exampleCity();

    @Option(names = "--by", paramLabel = "NAME")
    private String by = System.getProperty("user.name", "");

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Parameters(index = "0", paramLabel = "RULE")
    private String name;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of(Installation.shippedRules());

    RulesPromoteCommand(Context context) {
        this.context = context;
    }

    /** 1 if something is missing. */
    @Override
    public Integer call() throws IOException {
        if (!to.equals(Promotion.TEST) && !to.equals(Promotion.STABLE)) {
            throw usage("promote.unknown-status", to);
        }
        City known = CityFolder.read(city, problem -> {});
        Optional<BacktestProof> proof = proof();
        LintReport lint = Lint.run(paths, LintOptions.USUAL, rules -> new Correlations(rules).problems(), () -> {});
        Rule rule = find(lint);
        RuleInfo info = rule.info();
        List<CaseResult> results = RuleTests.run(lint.rules(), cases(info.name()), Optional.of(known))
                .results();
        List<Promotion.Missing> missing = Promotion.missing(rule, lint.rules(), to, errors(lint, info), results, proof);
        if (!missing.isEmpty()) {
            context.terminal().out().println(context.texts().get("promote.refused", info.name(), to));
            missing.forEach(each -> context.terminal()
                    .out()
                    .println(
                            "- " + context.texts().get(each.key(), each.values().toArray())));
            results.stream()
                    .filter(result -> !result.passed())
                    .forEach(result -> context.terminal().out().println(result));
            return 1;
        }
        Clock clock = Clock.system(known.zone());
        promote(rule, lint.rules(), results.size(), proof, clock);
        return 0;
    }

    private Optional<BacktestProof> proof() throws IOException {
        if (backtest == null) {
            return Optional.empty();
        }
        if (!Files.isReadable(backtest)) {
            throw usage("promote.unreadable", backtest);
        }
        try {
            return Optional.of(BacktestProof.read(backtest));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Rule find(LintReport lint) {
        Map<String, Rule> byName = lint.rules().byName();
        return Optional.ofNullable(byName.get(name))
                .or(() -> byName.values().stream()
                        .filter(rule -> rule.info().id().equals(name))
                        .findFirst())
                .orElseThrow(() -> {
                    lint.problems().stream()
                            .filter(Problem::isError)
                            .forEach(problem -> context.terminal().err().println(problem));
                    return usage(
                            "rules.unknown",
                            name,
                            Suggestion.nearest(name, new TreeSet<>(byName.keySet()))
                                    .orElse("…"));
                });
    }

    private RuleTestCases.Result cases(String rule) {
        RuleTestCases.Result all = RuleTestCases.read(Lint.testPaths(paths));
        return new RuleTestCases.Result(
                all.cases().stream().filter(each -> each.rule().equals(rule)).toList(), all.problems());
    }

    /** Of the file in which it stands: a rule may consist of several documents there. */
    private static List<String> errors(LintReport lint, RuleInfo info) {
        return lint.problems().stream()
                .filter(problem ->
                        problem.isError() && problem.file().equals(info.at().file()))
                .map(Problem::toString)
                .toList();
    }

    private void promote(Rule rule, RuleSet rules, int cases, Optional<BacktestProof> proof, Clock clock)
            throws IOException {
        RuleInfo info = rule.info();
        Path file = Path.of(info.at().file());
        // The cases took a while: what is promoted must be what they proved.
        Rule now = RuleReader.read(paths).rules().byName().get(info.name());
        if (now == null || !now.info().version().equals(info.version())) {
            throw new IOException(context.texts().get("promote.changed", file));
        }
        String before = Files.readString(file, StandardCharsets.UTF_8);
        String mark = before.startsWith("\uFEFF") ? "\uFEFF" : "";
        String after;
        try {
            after = mark
                    + StatusEdit.of(
                            file.toString(), before.substring(mark.length()), info.at(), to, LocalDate.now(clock));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (dryRun) {
            context.terminal().out().println(context.texts().get("promote.would", info.name(), status(info), to));
            return;
        }
        write(file, after);
        Rule promoted = RuleReader.read(paths).rules().byName().get(info.name());
        if (promoted == null || !promoted.info().status().equals(to)) {
            write(file, before);
            throw new IOException(context.texts().get("promote.not-read", file));
        }
        Path history = HistoryFile.of(file, info.name());
        try {
            HistoryFile.append(
                    history,
                    new HistoryEntry(
                            Instant.now(clock).truncatedTo(ChronoUnit.SECONDS),
                            by,
                            info.name(),
                            info.id(),
                            info.status(),
                            to,
                            info.version(),
                            promoted.info().version(),
                            cases,
                            proof.map(each -> each.summary(info.name())),
                            Promotion.inner(rule, rules)));
        } catch (IOException e) {
            write(file, before); // what has no record has not happened
            throw e;
        }
        context.terminal()
                .out()
                .println(context.texts()
                        .get(
                                "promote.done",
                                info.name(),
                                status(info),
                                to,
                                promoted.info().version(),
                                Installation.shown(history)));
    }

    private static void write(Path file, String text) throws IOException {
        WholeFile.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String status(RuleInfo info) {
        return info.status().isEmpty() ? "-" : info.status();
    }

    private ParameterException usage(String text, Object... values) {
        return new ParameterException(spec.commandLine(), context.texts().get(text, values));
    }
}
