package jp.hinomi.correlation.ruletest;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Source;
import jp.hinomi.correlation.cluster.PassingCluster;
import jp.hinomi.correlation.detect.DetectSettings.RejectedLine;
import jp.hinomi.correlation.detect.FileDetection;
import jp.hinomi.correlation.detect.FileRun;
import jp.hinomi.correlation.detect.LogFile;
import jp.hinomi.correlation.detect.NewestAlerts;
import jp.hinomi.correlation.job.Workspace;
import jp.hinomi.events.Alert;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.content.LogLines;
import jp.hinomi.rules.content.RuleTestCase;
import jp.hinomi.rules.content.TestSource;

/** Runs cases, several in one job, each with operators and state of its own. Thread-safe. */
final class TestBench {
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(10);

    private final RuleSet rules;
    private final Optional<City> city;
    private final Optional<ResourceResolver> resources;
    /** By rule, shared by its cases: what is compiled once serves all. */
    private final Map<String, Workspace> workspaces = new ConcurrentHashMap<>();

    TestBench(RuleSet rules, Optional<City> city) {
        this.rules = rules;
        this.city = city;
        this.resources = city.map(ResourceResolver::new);
    }

    /** A case on its way: what it has said so far, and what it still has to run. */
    private static final class Trial {
        private final RuleTestCase testCase;
        private final List<String> differences = Collections.synchronizedList(new ArrayList<>());
        private final NewestAlerts alerts = new NewestAlerts();
        private FileRun run;

        Trial(RuleTestCase testCase) {
            this.testCase = testCase;
        }

        void compare() {
            List<Alert> ofRule = alerts.inOrder().stream()
                    .filter(alert -> alert.rule().name().equals(testCase.rule()))
                    .toList();
            differences.addAll(Comparison.of(testCase.alerts(), ofRule));
        }

        CaseResult result(Duration took) {
            return new CaseResult(testCase, differences, took);
        }
    }

    /** In their order. One whose job fails fails alone. */
    List<CaseResult> run(PassingCluster cluster, List<RuleTestCase> cases) throws InterruptedException {
        List<Trial> trials = cases.stream().map(this::prepare).toList();
        List<Trial> able = trials.stream().filter(trial -> trial.run != null).toList();
        Map<Trial, Duration> took = new LinkedHashMap<>();
        try {
            List<FileDetection.Counts> counts = able.isEmpty()
                    ? List.of()
                    : FileDetection.run(
                            cluster, able.stream().map(trial -> trial.run).toList(), OUT_OF_ORDER, 1);
            for (int i = 0; i < able.size(); i++) {
                able.get(i).compare();
                took.put(able.get(i), counts.get(i).took());
            }
        } catch (IllegalStateException e) {
            return cases.size() == 1
                    ? List.of(CaseResult.failed(cases.get(0), e.getMessage()))
                    : eachAlone(cluster, cases);
        }
        return trials.stream()
                .map(trial -> trial.result(took.getOrDefault(trial, Duration.ZERO)))
                .toList();
    }

    private List<CaseResult> eachAlone(PassingCluster cluster, List<RuleTestCase> cases) throws InterruptedException {
        List<CaseResult> results = new ArrayList<>();
        for (RuleTestCase each : cases) {
            results.addAll(run(cluster, List.of(each)));
        }
        return results;
    }

    private Trial prepare(RuleTestCase testCase) {
        Trial trial = new Trial(testCase);
        if (!rules.byName().containsKey(testCase.rule())) {
            trial.differences.add(
                    "there is no rule '" + testCase.rule() + "' that can be read: see the problems of its file");
            return trial;
        }
        List<LogFile> files = new ArrayList<>();
        for (LogLines logs : testCase.logs()) {
            try {
                files.add(file(logs, files.size()));
            } catch (IllegalArgumentException e) {
                trial.differences.add(e.getMessage());
                return trial;
            }
        }
        Workspace workspace = workspaces.computeIfAbsent(
                testCase.rule(), rule -> Workspace.of(city, resources, withInner(rules, rule)));
        workspace.correlations().problems().forEach(problem -> trial.differences.add(problem.toString()));
        trial.run = FileRun.of(files, rejected -> trial.differences.add(text(rejected)), workspace, trial.alerts);
        return trial;
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

    private LogFile file(LogLines logs, int index) {
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

    private static LogFile file(String name, LogLines logs, Decoder decoder, Charset charset) {
        return LogFile.of(
                name,
                logs.source().id(),
                decoder,
                logs.lines().stream().map(line -> line.getBytes(charset)).toList());
    }
}
