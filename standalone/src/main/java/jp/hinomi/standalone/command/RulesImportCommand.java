package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.taxonomy.ImportReport;
import jp.hinomi.rules.taxonomy.ImportedFile;
import jp.hinomi.rules.taxonomy.ImportedFile.Outcome;
import jp.hinomi.rules.taxonomy.SigmaImport;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi rules import}: takes the rules of Sigma repositories, and says of each what became of it. */
@Command(name = "import", mixinStandardHelpOptions = true)
final class RulesImportCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Context context;

    @Option(names = "--out", required = true, paramLabel = "DIR")
    private Path out;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "DIR")
    private List<Path> paths;

    RulesImportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        ImportReport report = SigmaImport.run(paths, out, rules -> new Correlations(rules).problems());
        if (json) {
            context.terminal().out().println(MAPPER.writeValueAsString(toJson(report)));
        } else {
            print(report);
        }
        context.terminal()
                .err()
                .println(context.texts()
                        .get(
                                "import.summary",
                                report.rules(Outcome.TAKEN),
                                report.rules(Outcome.NOTED),
                                report.rules(Outcome.REFUSED),
                                out,
                                report.remembered(),
                                report.removed().size()));
        return report.complete() ? 0 : 1;
    }

    private void print(ImportReport report) {
        Map<String, int[]> counts = new TreeMap<>();
        report.files()
                .forEach(file ->
                        counts.computeIfAbsent(file.logsource(), logsource -> new int[Outcome.values().length])[
                                        file.outcome().ordinal()] +=
                                file.rules());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(context.texts().get("import.columns").split("\\|")));
        counts.forEach((logsource, count) -> rows.add(List.of(
                Integer.toString(count[0]), Integer.toString(count[1]), Integer.toString(count[2]), logsource)));
        Table.print(rows, context.terminal().out());
        notes(report);
        report.problems().forEach(problem -> context.terminal().out().println(problem));
        report.files().stream()
                .filter(file -> file.outcome() == Outcome.REFUSED)
                .flatMap(file -> file.problems().stream())
                .filter(Problem::isError)
                .forEach(problem -> context.terminal().out().println(problem));
    }

    /** Of notes, which many rules share, how many there are of each kind, and one of them. */
    private void notes(ImportReport report) {
        Map<String, List<Problem>> notes = new TreeMap<>();
        report.files().stream()
                .filter(file -> file.outcome() == Outcome.NOTED)
                .flatMap(file -> file.problems().stream())
                .forEach(problem -> notes.computeIfAbsent(problem.code(), code -> new ArrayList<>())
                        .add(problem));
        notes.forEach((code, problems) -> context.terminal()
                .out()
                .println(context.texts()
                        .get(
                                "import.note",
                                problems.size(),
                                ProblemCode.ofWord(code)
                                        .map(known -> known.meaning(
                                                context.texts().locale().getLanguage()))
                                        .orElse(code),
                                problems.get(0).message())));
    }

    private static ObjectNode toJson(ImportReport report) {
        ObjectNode node = MAPPER.createObjectNode();
        for (Outcome outcome : Outcome.values()) {
            node.put(word(outcome), report.rules(outcome));
        }
        node.put("remembered", report.remembered());
        report.removed().forEach(node.putArray("removed")::add);
        ArrayNode files = node.putArray("files");
        for (ImportedFile file : report.files()) {
            ObjectNode each = files.addObject()
                    .put("source", file.source())
                    .put("target", file.target())
                    .put("outcome", word(file.outcome()))
                    .put("rules", file.rules())
                    .put("logsource", file.logsource());
            problems(each.putArray("problems"), file.problems());
        }
        problems(node.putArray("problems"), report.problems());
        return node;
    }

    private static void problems(ArrayNode array, List<Problem> problems) {
        problems.forEach(problem -> array.add(Problems.json(problem)));
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
