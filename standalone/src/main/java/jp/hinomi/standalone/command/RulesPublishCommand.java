package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.live.Pack;
import jp.hinomi.correlation.live.RulePublisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi rules publish}: puts a pack in force in a running job, checked, tested and signed. */
@Command(name = "publish", mixinStandardHelpOptions = true)
final class RulesPublishCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private PublishOptions publishing = new PublishOptions();

    @Option(
            names = {"--bootstrap-servers", "--kafka"},
            required = true,
            paramLabel = "HOST:PORT")
    private String bootstrapServers;

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "")
    private String comment;

    @Option(names = "--withdraw")
    private boolean withdraw;

    @Option(names = "--remove-unsigned")
    private boolean removeUnsigned;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of();

    RulesPublishCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (withdraw ? !paths.isEmpty() || !publishing.hasName() : paths.isEmpty()) {
            throw publishing.usage(context, withdraw ? "publish.withdraw" : "publish.nothing");
        }
        Pack pack = publishing.pack(context, paths, removeUnsigned);
        RulePublisher.Outcome outcome = publishing.publish(context, bootstrapServers, pack, paths, comment);
        return publishing.print(context, outcome, bootstrapServers, json);
    }
}
