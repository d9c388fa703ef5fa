package jp.hinomi.standalone.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi rules check}: what is wrong with rules. */
@Command(name = "check", mixinStandardHelpOptions = true)
final class RulesCheckCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of(Installation.shippedRules());

    RulesCheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        RuleReader.Result result = RuleReader.read(paths);
        int code = Problems.print(context, result.problems(), json);
        context.terminal()
                .err()
                .println(context.texts()
                        .get(
                                "rules.checked",
                                result.rules().detections().size(),
                                result.rules().correlations().size(),
                                result.problems().size()));
        return code;
    }
}
