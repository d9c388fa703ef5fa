package jp.hinomi.standalone.command;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi city check}: gaps, overlaps and mistakes in a city's files. */
@Command(name = "check", mixinStandardHelpOptions = true)
final class CityCheckCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--json")
    private boolean json;

    /** The day to look from; findings about time are those of this day and the 30 after it. */
    @Option(names = "--at", paramLabel = "DAY")
    private LocalDate at;

    @Parameters(arity = "0..1", paramLabel = "DIR")
    private Path folder = Installation.exampleCity();

    CityCheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            City city = CityFolder.read(folder, reported -> {});
            LocalDate today = at == null ? LocalDate.now(Clock.system(city.zone())) : at;
            List<Problem> findings = CityFolder.check(folder, today);
            Problems.print(context, findings, json);
            context.terminal()
                    .err()
                    .println(context.texts()
                            .get(
                                    "city.checked",
                                    city.stakeholders().size(),
                                    city.resources().size(),
                                    city.sources().size(),
                                    city.responsibilities().size(),
                                    findings.size()));
            context.terminal().err().println(context.texts().get("city.not-checked"));
            return findings.isEmpty() ? 0 : 1;
        } catch (ProblemsException e) {
            Problems.print(context, e.problems(), json);
            context.terminal()
                    .err()
                    .println(context.texts().get("city.unusable", e.problems().size()));
            return 1;
        }
    }
}
