package jp.hinomi.city;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.Suggestion;

/** Reads a city's folder, strictly. Stateless and thread-safe. */
public final class CityReader {
    static final List<String> FILES = List.of(
            CityFile.NAME,
            StakeholdersFile.NAME,
            ResourcesFile.NAME,
            ResponsibilitiesFile.NAME,
            EscalationsFile.NAME,
            SchedulesFile.NAME,
            SourcesFile.NAME,
            SeverityFile.NAME,
            NotificationFile.NAME);

    private CityReader() {}

    /**
     * Reads {@code city.yaml stakeholders.yaml resources.yaml responsibilities.yaml escalations.yaml sources.yaml
     * severity.yaml}, {@code schedules.yaml} and {@code notification.yaml} if they are there, and the files of the folders {@code formats} and {@code reports}. Names of formats are not checked; who can decode passes them to {@link #read(Path, Set, Consumer)}.
     *
     * @param warnings receives what is odd but usable
     * @throws ProblemsException with every error of every file at once
     */
    public static City read(Path folder, Consumer<Problem> warnings) {
        return read(folder, Set.of(), warnings);
    }

    /**
     * The same, and every source's format must be one of {@code formats}.
     *
     * @param formats names of the formats that can be decoded; empty = any name will do
     * @throws ProblemsException with every error of every file at once
     */
    public static City read(Path folder, Set<String> formats, Consumer<Problem> warnings) {
        return readWithPlaces(folder, formats, warnings).city();
    }

    /** A city and where its parts stand. */
    record Located(City city, Places places) {}

    static Located readWithPlaces(Path folder, Set<String> formats, Consumer<Problem> warnings) {
        return readWithPlaces(folder, formats, warnings, Map.of());
    }

    /** @param given what stands in some of the files, by name, in place of what the folder has */
    static Located readWithPlaces(
            Path folder, Set<String> formats, Consumer<Problem> warnings, Map<String, Node> given) {
        Reading reading = new Reading(folder, given);
        if (!Files.isDirectory(folder)) {
            throw new ProblemsException(List.of(Problem.error(
                    Location.ofFile(folder.toString()),
                    "no-city",
                    "there is no folder of that name",
                    "name a city's folder, such as examples/city")));
        }
        // The city comes first: others take its zone where they name none.
        Optional<CityFile.Head> head = new CityFile(reading).read();
        List<Stakeholder> stakeholders = new StakeholdersFile(reading).read();
        List<Resource> resources = new ResourcesFile(reading).read();
        List<Responsibility> responsibilities = new ResponsibilitiesFile(reading).read();
        List<Escalation> escalations = new EscalationsFile(reading).read();
        List<Schedule> schedules = new SchedulesFile(reading).read();
        LogFormatFiles formatFiles = new LogFormatFiles(folder, reading, formats);
        Map<String, LogFormat> ownFormats = formatFiles.read();
        List<Source> sources = new SourcesFile(reading, formats, formatFiles.declared()).read();
        Optional<SeverityMatrix> severity = new SeverityFile(reading).read();
        Notification notification = new NotificationFile(reading).read();
        Map<String, ReportForm> reportForms = new ReportFormFiles(reading).read(folder);
        Map<String, String> templates = templates(folder, reading);
        reading.references().check();
        warnOfOtherFiles(folder, reading);

        List<Problem> errors = reading.problems().stream()
                .filter(Problem::isError)
                .sorted(Comparator.comparing((Problem problem) -> order(folder, problem))
                        .thenComparing(Problem::line)
                        .thenComparing(Problem::column))
                .toList();
        reading.problems().stream().filter(problem -> !problem.isError()).forEach(warnings);
        if (!errors.isEmpty()) {
            throw new ProblemsException(errors);
        }
        City city = new City(
                head.orElseThrow().id(),
                head.orElseThrow().name(),
                head.orElseThrow().zone(),
                City.byId(stakeholders, Stakeholder::id),
                City.byId(resources, Resource::id),
                responsibilities,
                City.byId(escalations, Escalation::id),
                City.byId(sources, Source::id),
                severity.orElseThrow(),
                ownFormats,
                head.orElseThrow().ruleAuthors(),
                City.byId(schedules, Schedule::id),
                notification,
                head.orElseThrow().ruleKeys(),
                reportForms,
                templates);
        return new Located(city, reading.places());
    }

    /** As text: what may stand in them is checked where messages are written. */
    private static Map<String, String> templates(Path folder, Reading reading) {
        Map<String, String> templates = new TreeMap<>();
        Path inner = folder.resolve("templates");
        if (!Files.isDirectory(inner)) {
            return templates;
        }
        try (Stream<Path> files = Files.list(inner)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = file.getFileName().toString();
                if (CityFiles.isOfACity(CityFiles.TEMPLATES + name)) {
                    templates.put(name, Files.readString(file));
                }
            }
        } catch (IOException e) {
            reading.error(
                    Location.ofFile(inner.toString()),
                    "unreadable",
                    "cannot be read as UTF-8: " + e.getMessage(),
                    "check its permissions and its encoding");
        }
        return templates;
    }

    /** Files in the order in which a person writes them. */
    private static int order(Path folder, Problem problem) {
        for (int i = 0; i < FILES.size(); i++) {
            if (folder.resolve(FILES.get(i)).toString().equals(problem.file())) {
                return i;
            }
        }
        return FILES.size();
    }

    /** A file of a wrong name would silently be ignored. Folders are left alone: a city may bring its own rules. */
    private static void warnOfOtherFiles(Path folder, Reading reading) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .filter(file -> !FILES.contains(file.getFileName().toString()))
                    .sorted()
                    .forEach(file -> reading.accept(Problem.warning(
                            Location.ofFile(file.toString()),
                            "unknown-file",
                            "this file is not read",
                            Suggestion.remedy(file.getFileName().toString(), FILES))));
        } catch (IOException e) {
            reading.error(
                    Location.ofFile(folder.toString()),
                    "unreadable",
                    "cannot list the folder: " + e.getMessage(),
                    "check its permissions");
        }
    }
}
