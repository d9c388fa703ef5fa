package jp.hinomi.standalone.backtest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import jp.hinomi.city.City;
import jp.hinomi.correlation.cluster.PassingCluster;
import jp.hinomi.correlation.detect.DetectSettings.RejectedLine;
import jp.hinomi.correlation.detect.FileDetection;
import jp.hinomi.correlation.detect.FileRun;
import jp.hinomi.correlation.detect.LogFile;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.job.Workspace;
import jp.hinomi.ingest.intel.IntelIndex;
import jp.hinomi.rules.CorrelationRule;
import jp.hinomi.rules.RuleSet;

/** Runs one or two sets of rules over the same logs, decoded once, with the job's own operators and alerting's own router. */
public final class Backtest {
    private Backtest() {}

    /**
     * @param before rules to compare with
     * @param geoip databases of addresses; may be none
     * @param mostExamples of each rule and fate
     */
    public record Settings(
            City city,
            Optional<RuleSet> before,
            RuleSet after,
            List<LogFile> files,
            List<Path> geoip,
            IntelIndex indicators,
            LogSpan span,
            Duration outOfOrder,
            int parallelism,
            int mostExamples,
            Consumer<RejectedLine> rejects) {}

    /**
     * @param use takes the report while its examples can be read
     * @throws IllegalStateException if the logs cannot be read to their end; the message names the cause
     */
    public static void run(Settings settings, Consumer<BacktestReport> use) throws IOException, InterruptedException {
        try (Ledger was = new Ledger(new Audiences(settings.city()));
                Ledger is = new Ledger(new Audiences(settings.city()))) {
            Optional<City> city = Optional.of(settings.city());
            List<FileRun.Detecting> detections = new ArrayList<>();
            detections.add(new FileRun.Detecting(Workspace.of(city, settings.after()), is));
            settings.before().ifPresent(rules -> detections.add(new FileRun.Detecting(Workspace.of(city, rules), was)));
            FileRun run = new FileRun(
                    settings.files(),
                    settings.geoip(),
                    settings.indicators(),
                    settings.span(),
                    settings.rejects(),
                    detections);
            FileDetection.Counts counts;
            try (PassingCluster cluster = PassingCluster.start(settings.parallelism())) {
                counts = FileDetection.run(cluster, run, settings.outOfOrder(), settings.parallelism());
            }
            use.accept(BacktestReport.of(
                    settings.before(),
                    settings.after(),
                    notRun(settings.after()),
                    settings.span(),
                    counts.events(),
                    counts.rejected(),
                    was,
                    is,
                    settings.mostExamples()));
        }
    }

    /** Correlations that the engine refuses. */
    private static Set<String> notRun(RuleSet rules) {
        Set<String> run = new HashSet<>();
        new Correlations(rules).all().forEach(each -> run.add(each.info().name()));
        Set<String> refused = new HashSet<>();
        for (CorrelationRule rule : rules.correlations()) {
            if (!run.contains(rule.info().name())) {
                refused.add(rule.info().name());
            }
        }
        return refused;
    }
}
