package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi city check}: gaps, overlaps and mistakes in a city's files. */
@Command(name = "check", mixinStandardHelpOptions = true)
final class CityCheckCommand implements Callable<Integer> {
    private final Context context;
    private final Map<String, String> environment;

    @Option(names = "--json")
    private boolean json;

    /** The day to look from; findings about time are those of this day and the 30 after it. */
    @Option(names = "--at", paramLabel = "DAY")
    private LocalDate at;

    /** Ask a Hinomi that runs who was reached and never answered. */
    @Option(names = "--running")
    private boolean running;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Parameters(arity = "0..1", paramLabel = "DIR")
    private Path folder = Installation.exampleCity();

    CityCheckCommand(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        try {
            City city = CityFolder.read(folder, reported -> {});
            LocalDate today = at == null ? LocalDate.now(Clock.system(city.zone())) : at;
            List<Problem> findings = new ArrayList<>(CityFolder.check(folder, today));
            if (running) {
                findings.addAll(neverAnswered(city));
            }
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
            if (!running) {
                context.terminal().err().println(context.texts().get("city.not-checked"));
            }
            return findings.isEmpty() ? 0 : 1;
        } catch (ProblemsException e) {
            Problems.print(context, e.problems(), json);
            context.terminal()
                    .err()
                    .println(context.texts().get("city.unusable", e.problems().size()));
            return 1;
        }
    }

    /** Contacts of this city that messages have reached, and that never answered one. */
    private List<Problem> neverAnswered(City city) throws IOException {
        List<Problem> findings = new ArrayList<>();
        for (JsonNode silent : new RunningMap(api.open(context, System.getenv())).neverAnswered()) {
            String contact = silent.path("contact").asText();
            if (city.contact(contact).isPresent()) {
                findings.add(Problem.warning(
                        Location.ofFile(folder.resolve("stakeholders.yaml").toString()),
                        "never-answered",
                        context.texts()
                                .get(
                                        "city.never-answered",
                                        contact,
                                        silent.path("reached").asText()),
                        context.texts().get("city.never-answered.remedy")));
            }
        }
        return findings;
    }
}
