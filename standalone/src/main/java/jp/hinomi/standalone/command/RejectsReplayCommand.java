package jp.hinomi.standalone.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jp.hinomi.ingest.rejects.RejectReplay;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hinomi rejects replay}: sends rejected records again, each once. */
@Command(name = "replay", mixinStandardHelpOptions = true)
final class RejectsReplayCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private RejectOptions options = new RejectOptions();

    @Option(names = "--city", paramLabel = "DIR")
    private Path city = Installation.exampleCity();

    @Option(names = "--limit", defaultValue = "100000", paramLabel = "N")
    private int limit;

    @Option(names = "--yes")
    private boolean yes;

    RejectsReplayCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        var known = CityFolder.read(city, problem -> {});
        try (RejectReplay replay = new RejectReplay(options.servers(), known, Clock.systemUTC())) {
            RejectReplay.Plan plan = replay.plan(options.filter(Instant.now(), context.texts()), limit);
            plan.skipped()
                    .forEach((why, count) -> say("rejects.skip." + why.name().toLowerCase(Locale.ROOT), count));
            if (plan.rejects().isEmpty()) {
                say("rejects.nothing");
                return 0;
            }
            say(
                    "rejects.plan",
                    plan.rejects().size(),
                    plan.topics().entrySet().stream()
                            .map(topic -> topic.getKey() + " " + topic.getValue())
                            .collect(Collectors.joining(", ")));
            if (!yes && !confirmed()) {
                say("rejects.not-sent");
                return 1;
            }
            int sent = replay.send(plan, (done, total) -> {
                if (context.terminal().errIsTty()) {
                    context.terminal().err().print("\r\u001b[K" + done + " / " + total);
                    context.terminal().err().flush();
                }
            });
            if (context.terminal().errIsTty()) {
                context.terminal().err().println();
            }
            say("rejects.sent", sent);
            return 0;
        }
    }

    /** Only a person can be asked. */
    private boolean confirmed() throws IOException {
        if (!context.terminal().errIsTty() || System.console() == null) {
            say("rejects.yes");
            return false;
        }
        context.terminal().err().print(context.texts().get("rejects.ask"));
        context.terminal().err().flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }

    private void say(String key, Object... values) {
        context.terminal().err().println(context.texts().get(key, values));
    }
}
