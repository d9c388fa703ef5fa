package jp.hinomi.standalone.up;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.hinomi.correlation.cluster.RunningJob;
import jp.hinomi.correlation.live.RulePublisher;
import jp.hinomi.ingest.receive.TlsSettings;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.Logging;
import jp.hinomi.standalone.command.Context;
import jp.hinomi.standalone.terminal.Columns;
import jp.hinomi.standalone.terminal.StopSignal;
import jp.hinomi.standalone.terminal.Terminal;
import jp.hinomi.standalone.terminal.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a {@link Watchtower}, tells the user about it, and runs it until somebody wants it to stop. */
public final class UpProgram {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private static final int LABEL_COLUMNS = 12;

    private final Terminal terminal;
    private final Texts texts;

    /** Something that runs beside the watchtower, such as a demonstration. */
    public interface Companion {
        /** Called once, when everything is ready; must return soon. Closing what it returns stops it. */
        AutoCloseable begin(Watchtower watchtower) throws IOException;
    }

    public UpProgram(Context context) {
        this.terminal = context.terminal();
        this.texts = context.texts();
    }

    /** @return the exit code: 0 after a wanted stop, 1 if detection ended by itself */
    public int run(UpSettings settings, Companion companion) throws Exception {
        Logging.toFolder(settings.logFolder());
        Terminal.silenceLibraries();
        StopSignal stop = StopSignal.install();
        long began = System.nanoTime();
        terminal.out().println(terminal.bold(texts.get("up.title")));
        Watchtower watchtower;
        try {
            watchtower = start(settings, stop);
        } catch (RuntimeException | IOException e) {
            LoggerFactory.getLogger(UpProgram.class).error("cannot start", e);
            if (stop.isWanted()) {
                terminal.out().println(texts.get("up.stopped"));
                return 0;
            }
            throw e;
        }
        try {
            tellReady(watchtower, began);
            try (AutoCloseable beside = companion.begin(watchtower)) {
                return watch(watchtower, stop);
            }
        } finally {
            terminal.out().println();
            terminal.out().println(texts.get("up.stopping"));
            long stopping = System.nanoTime();
            Addresses.remove(settings.data());
            watchtower.close();
            terminal.out().println(texts.get("up.stopped-after", (System.nanoTime() - stopping) / 1e9));
        }
    }

    private Watchtower start(UpSettings settings, StopSignal stop) throws IOException {
        if (terminal.outIsTty()) {
            try (LiveProgress progress = new LiveProgress(terminal, texts)) {
                return WatchtowerStart.start(settings, texts, progress, stop::isWanted);
            }
        }
        return WatchtowerStart.start(settings, texts, new PlainProgress(terminal, texts), stop::isWanted);
    }

    private void tellReady(Watchtower watchtower, long began) {
        Addresses at = watchtower.addresses();
        terminal.out().println();
        terminal.out()
                .println(terminal.green(
                        texts.get("up.ready", String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9))));
        terminal.out().println();
        row("up.console", terminal.bold(at.console().toString()));
        watchtower.initialAdminPassword().ifPresent(password -> {
            row("up.login", texts.get("up.password", terminal.bold(password)));
            terminal.out().flush();
            watchtower.initialAdminPasswordShown();
        });
        row("up.syslog", texts.get("up.syslog-ports", at.syslogUdp(), at.syslogTcp()));
        if (at.syslogTls() >= 0) {
            row("", texts.get("up.tls-port", at.syslogTls()));
        }
        if (at.relp() >= 0) {
            row("", texts.get("up.relp-port", at.relp()));
        }
        if (at.relpTls() >= 0) {
            row("", texts.get("up.relp-tls-port", at.relpTls()));
        }
        row(
                "up.http",
                texts.get(
                        "up.http-post",
                        at.http(),
                        tokenPlace(watchtower.settings()),
                        watchtower
                                        .settings()
                                        .receivers()
                                        .tls()
                                        .filter(TlsSettings::http)
                                        .isPresent()
                                ? "https"
                                : "http"));
        row("up.kafka", at.kafka());
        row("up.flink", at.flink().toString());
        row("up.data", Installation.shown(watchtower.settings().data()));
        row("up.log", Installation.shown(watchtower.settings().logFolder().resolve("hinomi.log")));
        watchtower.job().resumedFrom().ifPresent(checkpoint -> row("up.resumed", checkpoint));
        if (watchtower.beganWithoutRules()) {
            terminal.out().println();
            terminal.out().println(terminal.yellow(texts.get("up.no-rules", rulePlaces(watchtower.settings()))));
        }
        if (watchtower.settings().smtp().isEmpty()
                && watchtower.settings().environment().get("HINOMI_SMTP_HOST") == null) {
            terminal.out().println();
            terminal.out().println(terminal.yellow(texts.get("up.no-mail")));
        } else if (watchtower.settings().lacksPublicUrl()) {
            terminal.out().println();
            terminal.out().println(terminal.yellow(texts.get("up.no-public-url", at.console())));
        }
        terminal.out().println();
        terminal.out().println(terminal.dim(texts.get("up.how-to-stop")));
        terminal.out().flush();
    }

    private static String rulePlaces(UpSettings settings) {
        return settings.rules().stream().map(Installation::shown).collect(Collectors.joining(", "));
    }

    /** Where the token of {@code POST /ingest} is. The token itself would stay in every journal that keeps this output. */
    private String tokenPlace(UpSettings settings) {
        return settings.ingestToken()
                .map(token -> "$" + UpSettings.INGEST_TOKEN)
                .orElseGet(() -> "$(cat " + Installation.shown(settings.secret("ingest-token")) + ")");
    }

    private void row(String label, String value) {
        terminal.out().println("  " + Columns.padded(label.isEmpty() ? "" : texts.get(label), LABEL_COLUMNS) + value);
    }

    private void tellRules(RulePublisher.Outcome outcome) {
        outcome.problems().forEach(problem -> {
            String line = texts.get(problem.isError() ? "up.rules-refused" : "up.rules-odd", problem);
            terminal.out().println(problem.isError() ? terminal.red(line) : terminal.yellow(line));
        });
        if (!outcome.written().isEmpty() || !outcome.removed().isEmpty()) {
            terminal.out()
                    .println(texts.get(
                            "up.rules-changed",
                            outcome.written().size(),
                            outcome.removed().size(),
                            outcome.unchanged()));
        }
        terminal.out().flush();
    }

    private int watch(Watchtower watchtower, StopSignal stop) throws InterruptedException {
        Logger log = LoggerFactory.getLogger(UpProgram.class);
        RunningJob job = watchtower.job();
        Optional<String> toldFailure = Optional.empty();
        while (!stop.await(LOOK_EVERY)) {
            watchtower.ruleNews().ifPresent(this::tellRules);
            Optional<String> failure = job.failure();
            if (failure.isPresent() && !failure.equals(toldFailure)) {
                log.error("detection failed: {}", failure.get());
                terminal.out().println(terminal.red(texts.get("up.detection-failed", failure.get())));
                toldFailure = failure;
            }
            if (job.state() == RunningJob.State.FAILED || job.state() == RunningJob.State.ENDED) {
                terminal.out().println(terminal.red(texts.get("up.detection-ended")));
                return 1;
            }
        }
        return 0;
    }
}
