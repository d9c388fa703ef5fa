package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import jp.hinomi.alerting.routing.Router;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Source;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code hinomi city route}: name an address, an event or a log line, see who would be told, in what order, why, and what they
 * may see. Decides with alerting's own router.
 */
@Command(name = "route", mixinStandardHelpOptions = true)
final class CityRouteCommand implements Callable<Integer> {
    private final Context context;
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(names = "--city", paramLabel = "DIR")
    private Path folder = Installation.exampleCity();

    @Option(names = "--severity", defaultValue = "high", paramLabel = "LEVEL")
    private String severity;

    @Option(names = "--tlp", defaultValue = "AMBER", paramLabel = "LABEL")
    private String tlp;

    /** Of the rule that raises the alert: what experimental ones say is for their authors. */
    @Option(names = "--status", defaultValue = "stable", paramLabel = "STATUS")
    private String status;

    @Option(names = "--at", paramLabel = "TIME")
    private String at;

    @Option(names = "--as-of", paramLabel = "TIME")
    private String asOf;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(names = "--source", paramLabel = "ID")
    private String source;

    @Option(names = "--format", paramLabel = "FORMAT")
    private String format;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "EVENT")
    private List<String> asked = List.of();

    CityRouteCommand(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        City city = asOf == null ? CityFolder.read(folder, problem -> {}) : then();
        ResourceResolver resolver = new ResourceResolver(city);
        String when = at == null ? asOf : at;
        Instant now = when == null ? Instant.now() : checked(() -> time(when, city.zone()));
        RouteQuestion.Meaning meaning = new RouteQuestion.Meaning(
                city,
                resolver,
                checked(() -> Severity.ofWord(severity.toLowerCase(Locale.ROOT))),
                checked(() -> label(tlp)),
                status,
                now);
        Router router = new Router(city, resolver::resolve);
        RouteText text = new RouteText(context, city, now);
        boolean gaps = false;
        for (RouteQuestion question : questions(meaning)) {
            RouteAnswer answer = new RouteAnswer(question, router.decide(question.alert(), now), city, now);
            gaps |= !answer.decision().gaps().isEmpty();
            if (json) {
                out().println(answer.json());
            } else {
                text.print(answer, asked.size() > 1 || asked.get(0).equals("-"));
            }
        }
        return gaps ? 1 : 0;
    }

    /** The map that was in force then, of a Hinomi that runs; a time without an offset is meant in the zone of the city that is given. */
    private City then() throws IOException {
        RunningMap map = new RunningMap(api.open(context, System.getenv()));
        ZoneId zone = CityFolder.read(folder, problem -> {}).zone();
        JsonNode version = map.inForce(checked(() -> time(asOf, zone)));
        context.terminal()
                .err()
                .println(context.texts()
                        .get("city.route.by", version.path("number").asLong()));
        return map.files(version.path("number").asLong()).read(Set.copyOf(Decoders.formats()), problem -> {});
    }

    private List<RouteQuestion> questions(RouteQuestion.Meaning meaning) throws IOException {
        Optional<Source> of = Optional.ofNullable(source).map(id -> source(meaning.city(), id));
        List<RouteQuestion> questions = new ArrayList<>();
        for (String each : asked) {
            List<String> lines = each.equals("-")
                    ? RouteQuestion.lines(new String(System.in.readAllBytes(), StandardCharsets.UTF_8))
                            .toList()
                    : List.of(each);
            for (String line : lines) {
                if (source != null || format != null) {
                    questions.addAll(
                            checked(() -> RouteQuestion.ofLine(line, of, Optional.ofNullable(format), meaning)));
                } else if (RouteQuestion.isJson(line)) {
                    questions.addAll(checked(() -> RouteQuestion.ofJsonOrLine(line, meaning)));
                } else if (RouteQuestion.isLine(line, meaning)) {
                    questions.addAll(
                            checked(() -> RouteQuestion.ofLine(line, Optional.empty(), Optional.empty(), meaning)));
                } else {
                    questions.add(RouteQuestion.ofThing(line, meaning));
                }
            }
        }
        return questions;
    }

    private Source source(City city, String id) {
        Source known = city.sources().get(id);
        if (known == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    context.texts()
                            .get(
                                    "send.no-source",
                                    id,
                                    folder,
                                    String.join(", ", city.sources().keySet())));
        }
        return known;
    }

    private <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException | DateTimeException | EventFormatException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Tlp label(String text) {
        List<String> known = Arrays.stream(Tlp.values()).map(Tlp::word).toList();
        int index = known.indexOf(text.toUpperCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException("--tlp " + text + ": " + Suggestion.remedy(text, known));
        }
        return Tlp.values()[index];
    }

    /** With an offset, or else in the city's zone; a day alone is its beginning. */
    private static Instant time(String text, ZoneId zone) {
        if (text.length() == "2026-04-01".length()) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        String iso = text.replace(' ', 'T');
        return iso.endsWith("Z") || iso.matches(".*T.*[-+][0-9]{2}:?[0-9]{2}")
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).atZone(zone).toInstant();
    }

    private PrintStream out() {
        return context.terminal().out();
    }
}
