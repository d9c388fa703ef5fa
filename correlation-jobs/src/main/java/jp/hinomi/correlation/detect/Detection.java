package jp.hinomi.correlation.detect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jp.hinomi.city.City;
import jp.hinomi.city.CityReader;
import jp.hinomi.correlation.cluster.PassingCluster;
import jp.hinomi.correlation.job.Workspace;
import jp.hinomi.correlation.state.Suppressed;
import jp.hinomi.events.Alert;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;

/** Detection over log files, with the job's own operators. */
public final class Detection {
    private Detection() {}

    /**
     * Runs to the end of the files. The event time is the clock; it stops at the last event, so windows still open then
     * are not judged.
     *
     * @param alerts receives each alert once, at its last revision, in order of time, rule, group; called from this thread
     * @throws ProblemsException if the city cannot be used or no rule can
     * @throws IllegalArgumentException if there is no such format
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Summary run(DetectSettings settings, Consumer<Alert> alerts) {
        List<Problem> problems = new ArrayList<>();
        Optional<City> city = settings.city().map(folder -> CityReader.read(folder, problems::add));
        RuleReader.Result rules = RuleReader.read(settings.rules(), Placeholders.NONE, settings.dialect());
        problems.addAll(rules.problems());
        Workspace workspace = Workspace.of(city, rules.rules());
        problems.addAll(workspace.correlations().problems());
        if (workspace.rules().byName().isEmpty()) {
            problems.add(Problem.error(
                    Location.ofFile(""),
                    "no-rules",
                    "there is no rule to run in " + settings.rules(),
                    "name a folder with Sigma rules, and see the problems above"));
            throw new ProblemsException(problems);
        }
        Decoder decoder = Decoders.of(settings.format(), settings.zone(), settings.charset());
        settings.files().forEach(Detection::checkReadable);
        List<LogFile> files =
                settings.files().stream().map(file -> LogFile.of(file, decoder)).toList();
        try (PassingCluster cluster = PassingCluster.start(settings.parallelism())) {
            NewestAlerts newest = new NewestAlerts();
            SuppressedInAll suppressed = new SuppressedInAll();
            FileRun run = new FileRun(
                    files,
                    settings.geoip(),
                    settings.indicators(),
                    any -> true,
                    settings.rejects(),
                    List.of(new FileRun.Detecting(workspace, newest, Optional.of(suppressed::add))));
            FileDetection.Counts counts =
                    FileDetection.run(cluster, run, settings.outOfOrder(), settings.parallelism());
            List<Alert> found = newest.inOrder();
            found.forEach(alerts);
            return new Summary(
                    counts.events(),
                    counts.rejected(),
                    found.size(),
                    suppressed.inOrder(),
                    workspace.rules(),
                    problems);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while detecting", e);
        }
    }

    private static void checkReadable(Path file) {
        if (!file.toString().equals("-") && (!Files.isReadable(file) || Files.isDirectory(file))) {
            throw new UncheckedIOException(
                    new IOException("cannot read " + file + ": check that it exists, is a file and may be read"));
        }
    }

    /**
     * @param events lines that were decoded
     * @param rejected lines that were not
     * @param alerts how many alerts there are
     * @param suppressed what exceptions kept from being matches, by rule and exception
     * @param rules that ran
     * @param problems what is wrong with single rules, which were left out
     */
    public record Summary(
            long events,
            long rejected,
            long alerts,
            List<Suppressed> suppressed,
            RuleSet rules,
            List<Problem> problems) {
        public Summary {
            suppressed = List.copyOf(suppressed);
            problems = List.copyOf(problems);
        }
    }
}
