package jp.hinomi.standalone.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.live.NeededSources;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.Dialect;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.standalone.CityFolder;
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

    @Option(names = "--strict-sigma")
    private boolean strictSigma;

    /** For what rules say about a city's sources. */
    @Option(names = "--city", paramLabel = "DIR")
    private Path city;

    @Parameters(arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of(Installation.shippedRules());

    RulesCheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Dialect dialect = strictSigma ? Dialect.STRICT_SIGMA : Dialect.HINOMI;
        RuleReader.Result result = RuleReader.read(paths, Placeholders.NONE, dialect);
        List<Problem> problems = new ArrayList<>(result.problems());
        // Whether correlations can run, and whether their EPL may, is for the engine to say.
        problems.addAll(new Correlations(result.rules()).problems());
        if (city != null) {
            problems.addAll(NeededSources.check(result.rules(), CityFolder.read(city, problem -> {})));
        }
        int code = Problems.print(context, problems, json);
        context.terminal()
                .err()
                .println(context.texts()
                        .get(
                                "rules.checked",
                                result.rules().detections().size(),
                                result.rules().correlations().size(),
                                problems.size()));
        return code;
    }
}
