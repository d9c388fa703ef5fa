package jp.hinomi.correlation.ruletest;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    /** Each case is a job of its own, with threads and buffers of its own. */
    private static final int MOST_AT_ONCE = 8;

    private RuleTests() {}

    /**
     * Runs every case below {@code paths}, as many at once as there are processors.
     *
     * @param city whose sources cases may name; without one a case that names a source by id fails and says so
     * @param progress called for each case in the order of the files, from the calling thread
     */
    public static Report run(List<Path> paths, Optional<City> city, Consumer<CaseResult> progress) {
        return run(
                paths,
                city,
                Math.max(1, Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors())),
                progress);
    }

    /** As {@link #run(List, Optional, Consumer)}. @param atOnce how many cases run side by side; at least one */
    public static Report run(List<Path> paths, Optional<City> city, int atOnce, Consumer<CaseResult> progress) {
        RuleReader.Result rules = RuleReader.read(paths);
        RuleTestCases.Result cases = RuleTestCases.read(paths);
        List<Problem> problems = new ArrayList<>(rules.problems());
        problems.addAll(cases.problems());
        problems.addAll(Workspace.of(city, rules.rules()).correlations().problems());
        List<CaseResult> results = new ArrayList<>();
        Map<String, Workspace> workspaces = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try (PassingCluster cluster = PassingCluster.start(atOnce)) {
            List<Future<CaseResult>> running = new ArrayList<>();
            for (RuleTestCase testCase : cases.cases()) {
                running.add(threads.submit(() -> run(cluster, rules.rules(), city, workspaces, testCase)));
            }
            for (Future<CaseResult> each : running) {
                CaseResult result = each.get();
                results.add(result);
                progress.accept(result);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while testing rules", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("a test case could not run", e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return new Report(results, problems);
    }

    /** @param workspaces by rule, shared by its cases: what is compiled once serves all */
    private static CaseResult run(
            PassingCluster cluster,
            RuleSet rules,
            Optional<City> city,
            Map<String, Workspace> workspaces,
            RuleTestCase testCase)
            throws InterruptedException {
        long began = System.nanoTime();
        if (!rules.byName().containsKey(testCase.rule())) {
            return CaseResult.failed(
                    testCase,
                    "there is no rule '" + testCase.rule() + "' that can be read: see the problems of its file");
        }
        List<LogFile> files = new ArrayList<>();
        for (LogLines logs : testCase.logs()) {
            try {
                files.add(file(logs, city, files.size()));
            } catch (IllegalArgumentException e) {
                return CaseResult.failed(testCase, e.getMessage());
            }
        }
        List<String> differences = Collections.synchronizedList(new ArrayList<>());
        Workspace workspace =
                workspaces.computeIfAbsent(testCase.rule(), rule -> Workspace.of(city, withInner(rules, rule)));
        workspace.correlations().problems().forEach(problem -> differences.add(problem.toString()));
        FileDetection.Result result = FileDetection.run(
                cluster, workspace, files, OUT_OF_ORDER, 1, rejected -> differences.add(text(rejected)));
        List<Alert> alerts = result.alerts().stream()
                .filter(alert -> alert.rule().name().equals(testCase.rule()))
                .toList();
        differences.addAll(Comparison.of(testCase.alerts(), alerts));
        return new CaseResult(testCase, differences, Duration.ofNanos(System.nanoTime() - began));
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
