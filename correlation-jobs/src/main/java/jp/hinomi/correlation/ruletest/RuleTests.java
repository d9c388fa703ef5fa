package jp.hinomi.correlation.ruletest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import jp.hinomi.city.City;
import jp.hinomi.correlation.cluster.PassingCluster;
import jp.hinomi.correlation.job.Workspace;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.content.RuleTestCase;
import jp.hinomi.rules.content.RuleTestCases;

/** Runs the test cases of rules ({@code *.test.yml}) with the job's own operators. */
public final class RuleTests {
    /** Jobs side by side, each with threads and buffers of its own. */
    private static final int MOST_AT_ONCE = 8;

    /** Cases in one job: more save little of what a job costs, and each has threads of its own while it runs. */
    private static final int TOGETHER = 16;

    private RuleTests() {}

    /**
     * Runs every case below {@code paths}, as many at once as there are processors.
     *
     * @param city whose sources cases may name; without one a case that names a source by id fails and says so
     * @param progress called for each case in the order of the files, from the calling thread
     */
    public static Report run(List<Path> paths, Optional<City> city, Consumer<CaseResult> progress) {
        return run(paths, city, usual(), progress);
    }

    /** As {@link #run(List, Optional, Consumer)}. @param atOnce how many cases run side by side; at least one */
    public static Report run(List<Path> paths, Optional<City> city, int atOnce, Consumer<CaseResult> progress) {
        RuleReader.Result rules = RuleReader.read(paths);
        List<Problem> problems = new ArrayList<>(rules.problems());
        problems.addAll(Workspace.of(city, rules.rules()).correlations().problems());
        Report report = run(rules.rules(), RuleTestCases.read(paths), city, atOnce, progress);
        problems.addAll(report.problems());
        return new Report(report.results(), problems);
    }

    /** Runs these cases with these rules, whose own problems are somebody else's to tell. */
    public static Report run(RuleSet rules, RuleTestCases.Result cases, Optional<City> city) {
        return run(rules, cases, city, usual(), result -> {});
    }

    private static int usual() {
        return Math.max(1, Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors()));
    }

    private static Report run(
            RuleSet rules, RuleTestCases.Result cases, Optional<City> city, int atOnce, Consumer<CaseResult> progress) {
        if (cases.cases().isEmpty()) {
            return new Report(List.of(), cases.problems());
        }
        List<CaseResult> results = new ArrayList<>();
        TestBench bench = new TestBench(rules, city);
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try (PassingCluster cluster = PassingCluster.start(atOnce)) {
            List<Future<List<CaseResult>>> running = new ArrayList<>();
            for (List<RuleTestCase> together : parts(cases.cases(), atOnce)) {
                running.add(threads.submit(() -> bench.run(cluster, together)));
            }
            for (Future<List<CaseResult>> each : running) {
                for (CaseResult result : each.get()) {
                    results.add(result);
                    progress.accept(result);
                }
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
        return new Report(results, cases.problems());
    }

    /** Few cases are spread over all threads. */
    private static List<List<RuleTestCase>> parts(List<RuleTestCase> cases, int atOnce) {
        int size = Math.max(1, Math.min(TOGETHER, cases.size() / atOnce));
        List<List<RuleTestCase>> parts = new ArrayList<>();
        for (int i = 0; i < cases.size(); i += size) {
            parts.add(cases.subList(i, Math.min(cases.size(), i + size)));
        }
        return parts;
    }
}
