package jp.hinomi.correlation.ruletest;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.correlation.cluster.PassingCluster;
import jp.hinomi.correlation.detect.DetectSettings.RejectedLine;
import jp.hinomi.correlation.detect.FileDetection;
import jp.hinomi.correlation.detect.LogFile;
import jp.hinomi.correlation.job.Workspace;
import jp.hinomi.events.Alert;
import jp.hinomi.events.document.Problem;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.content.LogLines;
import jp.hinomi.rules.content.RuleTestCase;
import jp.hinomi.rules.content.RuleTestCases;
import jp.hinomi.rules.content.TestSource;

/** Runs the test cases of rules ({@code *.test.yml}) with the job's own operators. */
public final class RuleTests {
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(10);

    private RuleTests() {}

    /**
     * Runs every case below {@code paths}.
     *
     * @param city whose sources cases may name; without one a case that names a source by id fails and says so
     * @param progress called after each case
     */
    public static Report run(List<Path> paths, Optional<City> city, Consumer<CaseResult> progress) {
        RuleReader.Result rules = RuleReader.read(paths);
        RuleTestCases.Result cases = RuleTestCases.read(paths);
        List<Problem> problems = new ArrayList<>(rules.problems());
        problems.addAll(cases.problems());
        problems.addAll(Workspace.of(city, rules.rules()).correlations().problems());
        List<CaseResult> results = new ArrayList<>();
        try (PassingCluster cluster = PassingCluster.start(1)) {
            for (RuleTestCase testCase : cases.cases()) {
                CaseResult result = run(cluster, rules.rules(), city, testCase);
                results.add(result);
                progress.accept(result);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while testing rules", e);
        }
        return new Report(results, problems);
    }

    private static CaseResult run(PassingCluster cluster, RuleSet rules, Optional<City> city, RuleTestCase testCase)
            throws InterruptedException {
        if (!rules.byName().containsKey(testCase.rule())) {
            return new CaseResult(
                    testCase,
                    List.of("there is no rule '" + testCase.rule()
                            + "' that can be read: see the problems of its file"));
        }
        List<LogFile> files = new ArrayList<>();
        for (LogLines logs : testCase.logs()) {
            try {
                files.add(file(logs, city, files.size()));
            } catch (IllegalArgumentException e) {
                return new CaseResult(testCase, List.of(e.getMessage()));
            }
        }
        List<String> differences = new ArrayList<>();
        Workspace workspace = Workspace.of(city, withInner(rules, testCase.rule()));
        workspace.correlations().problems().forEach(problem -> differences.add(problem.toString()));
        FileDetection.Result result = FileDetection.run(
                cluster, workspace, files, OUT_OF_ORDER, 1, rejected -> differences.add(text(rejected)));
        List<Alert> alerts = result.alerts().stream()
                .filter(alert -> alert.rule().name().equals(testCase.rule()))
                .toList();
        differences.addAll(Comparison.of(testCase.alerts(), alerts));
        return new CaseResult(testCase, differences);
    }

    private static String text(RejectedLine rejected) {
        return "the line " + rejected.origin() + " cannot be decoded: "
                + rejected.reason().reason();
    }

    /** The rule and what it is built on: alone, so that it alerts even where others use it. */
    private static RuleSet withInner(RuleSet rules, String name) {
        Map<String, Rule> needed = new LinkedHashMap<>();
        add(rules, name, needed);
        return new RuleSet(needed);
    }

    private static void add(RuleSet rules, String name, Map<String, Rule> needed) {
        Rule rule = rules.byName().get(name);
        if (rule instanceof CorrelationRule correlation) {
            correlation.rules().forEach(inner -> add(rules, inner, needed));
        }
        needed.put(name, rule);
    }

    private static LogFile file(LogLines logs, Optional<City> city, int index) {
        String name = logs.source().id() + (index == 0 ? "" : "-" + index);
        if (logs.source() instanceof TestSource.Described described) {
            return file(
                    name,
                    logs,
                    Decoders.of(described.format(), described.zone(), described.charset()),
                    described.charset());
        }
        Source source = city.map(known -> known.sources().get(logs.source().id()))
                .orElseThrow(() -> new IllegalArgumentException("no city names the source '"
                        + logs.source().id() + "': give --city, or describe the source in the test"));
        return file(
                name,
                logs,
                Decoders.of(source.format(), city.orElseThrow().formats(), source.zone(), source.charset()),
                source.charset());
    }

    private static LogFile file(String name, LogLines logs, jp.hinomi.ingest.decode.Decoder decoder, Charset charset) {
        return LogFile.of(
                name,
                logs.source().id(),
                decoder,
                logs.lines().stream().map(line -> line.getBytes(charset)).toList());
    }
}
