package jp.hinomi.standalone.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.ruletest.CaseResult;
import jp.hinomi.correlation.ruletest.JunitXml;
import jp.hinomi.correlation.ruletest.Report;
import jp.hinomi.correlation.ruletest.RuleTests;
import jp.hinomi.events.document.Problem;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi rules test}: log lines in, expected alerts out, with the operators of the job. */
@Command(name = "test", mixinStandardHelpOptions = true)
final class RulesTestCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--city", paramLabel = "DIR")
    private Path city = Installation.exampleCity();

    @Option(names = "--junit", paramLabel = "FILE")
    private Path junit;

    @Option(names = "--failed-only")
    private boolean failedOnly;

    @Parameters(arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of(Installation.shippedRules());

    RulesTestCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        Report report = RuleTests.run(paths, Optional.of(CityFolder.read(city, problem -> {})), this::print);
        report.problems().stream()
                .filter(Problem::isError)
                .forEach(problem -> context.terminal().err().println(problem));
        if (junit != null) {
            Files.createDirectories(junit.toAbsolutePath().getParent());
            try (OutputStream out = Files.newOutputStream(junit)) {
                JunitXml.write(report, out);
            }
        }
        long failed =
                report.results().stream().filter(result -> !result.passed()).count();
        context.terminal()
                .err()
                .println(context.texts()
                        .get("rules.tested", report.results().size(), failed, (System.nanoTime() - began) / 1e9));
        return report.passed() ? 0 : 1;
    }

    private void print(CaseResult result) {
        if (failedOnly && result.passed()) {
            return;
        }
        String text = result.toString();
        context.terminal()
                .out()
                .println(result.passed() ? text : context.terminal().red(text));
    }
}
