package jp.hinomi.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.job.JobSettings;
import jp.hinomi.correlation.live.RulePublisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi rules publish}: makes the rules of a running job those of some files. */
@Command(name = "publish", mixinStandardHelpOptions = true)
final class RulesPublishCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--bootstrap-servers", required = true, paramLabel = "HOST:PORT")
    private String bootstrapServers;

    @Option(names = "--levels", defaultValue = "" + JobSettings.USUAL_LEVELS, paramLabel = "N")
    private int levels;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "DIR")
    private List<Path> paths;

    RulesPublishCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        RulePublisher.Outcome outcome = RulePublisher.publish(
                bootstrapServers,
                paths,
                levels,
                dryRun ? RulePublisher.Mode.COMPARE : RulePublisher.Mode.ALL_OR_NOTHING);
        int code = Problems.print(context, outcome.problems(), json);
        if (!outcome.hasErrors()) {
            outcome.written().forEach(key -> context.terminal().out().println("+ " + key));
            outcome.removed().forEach(key -> context.terminal().out().println("- " + key));
        }
        String summary = outcome.hasErrors() ? "rules.not-published" : dryRun ? "rules.compared" : "rules.published";
        context.terminal()
                .err()
                .println(context.texts()
                        .get(
                                summary,
                                outcome.written().size(),
                                outcome.removed().size(),
                                outcome.unchanged(),
                                bootstrapServers));
        return code;
    }
}
