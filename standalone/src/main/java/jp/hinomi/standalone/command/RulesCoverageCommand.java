package jp.hinomi.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.coverage.AttackCatalogue;
import jp.hinomi.rules.coverage.Coverage;
import jp.hinomi.rules.coverage.CoverageDrawing;
import jp.hinomi.rules.coverage.Guideline;
import jp.hinomi.rules.coverage.RiskEntry;
import jp.hinomi.rules.coverage.RiskFile;
import jp.hinomi.rules.coverage.RiskFileReader;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.terminal.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi rules coverage}: which controls, techniques and risks the rules watch for, and which they do not. */
@Command(name = "coverage", mixinStandardHelpOptions = true)
final class RulesCoverageCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Context context;

    /** The forms it can be had in. */
    enum Format {
        text,
        json,
        html,
        svg
    }

    @Option(names = "--format", defaultValue = "text", paramLabel = "text|json|html|svg")
    private Format format;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of(Installation.shippedRules());

    RulesCoverageCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        RuleReader.Result read = RuleReader.read(paths);
        jp.hinomi.rules.read.Problems found = new jp.hinomi.rules.read.Problems();
        RiskFile risks = RiskFileReader.read(paths, found);
        Coverage coverage = Coverage.of(read.rules(), risks);
        List<Problem> problems = new ArrayList<>(
                read.problems().stream().filter(Problem::isError).toList());
        problems.addAll(found.found());
        problems.addAll(coverage.problems());
        PrintStream out = context.terminal().out();
        boolean japanese = context.texts().locale().getLanguage().equals("ja");
        switch (json ? Format.json : format) {
            case text -> print(coverage, out);
            case json -> out.println(MAPPER.writeValueAsString(toJson(coverage, problems)));
            case html -> out.print(CoverageDrawing.html(coverage, japanese));
            case svg -> out.print(CoverageDrawing.svg(coverage, japanese));
        }
        problems.forEach(problem -> context.terminal().err().println(problem));
        summary(coverage);
        return problems.stream().anyMatch(Problem::isError) ? 1 : 0;
    }

    private void summary(Coverage coverage) {
        int all = Guideline.standard().risks().size();
        long covered = countRisks(coverage, entry -> !entry.rules().isEmpty());
        long unseen = countRisks(coverage, entry -> entry.rules().isEmpty());
        long controls =
                coverage.controls().size() - coverage.controlsWithoutRules().size();
        context.terminal()
                .err()
                .println(context.texts()
                        .get(
                                "coverage.summary",
                                coverage.rules(),
                                controls,
                                coverage.controls().size(),
                                coverage.techniques().size(),
                                covered,
                                unseen,
                                all - covered - unseen));
    }

    private static long countRisks(Coverage coverage, java.util.function.Predicate<RiskEntry> wanted) {
        return Guideline.standard().risks().stream()
                .map(risk -> coverage.risk(risk.number()))
                .flatMap(Optional::stream)
                .filter(wanted)
                .count();
    }

    private void print(Coverage coverage, PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(context.texts().get("coverage.controls").split("\\|")));
        coverage.controls().forEach((control, layers) -> {
            List<String> row = new ArrayList<>(List.of(control));
            Guideline.LAYERS.forEach(layer -> row.add(
                    !layers.containsKey(layer)
                            ? ""
                            : layers.get(layer).isEmpty()
                                    ? "-"
                                    : Integer.toString(layers.get(layer).size())));
            row.add(
                    !coverage.controlsWithoutRules().contains(control)
                            ? ""
                            : context.texts()
                                    .get(coverage.isNotInLogs(control) ? "coverage.not-in-logs" : "coverage.gap"));
            rows.add(row);
        });
        Table.print(rows, out);
        out.println();
        List<List<String>> attack = new ArrayList<>();
        attack.add(List.of(context.texts().get("coverage.attack").split("\\|")));
        AttackCatalogue.standard()
                .matrices()
                .forEach((matrix, tactics) -> tactics.forEach(tactic -> {
                    List<String> covered = coverage.covered(matrix, tactic);
                    int all = AttackCatalogue.standard()
                            .techniques(matrix, tactic)
                            .size();
                    attack.add(List.of(
                            matrix,
                            tactic,
                            covered.size() + "/" + all,
                            String.join(
                                    " ",
                                    covered.stream()
                                            .map(id -> id + "×"
                                                    + coverage.techniques()
                                                            .get(id)
                                                            .size())
                                            .toList())));
                }));
        Table.print(attack, out);
        unseen(coverage, out);
    }

    /** The risks that no log shows, with the reason; what is covered is in the other formats. */
    private void unseen(Coverage coverage, PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(context.texts().get("coverage.risks").split("\\|")));
        String language = context.texts().locale().getLanguage();
        for (RiskEntry entry : coverage.risks().entries()) {
            rows.add(List.of(
                    String.join(
                            " ",
                            entry.risks().stream()
                                    .map(number -> Integer.toString(number))
                                    .toList()),
                    entry.rules().isEmpty()
                            ? context.texts().get("coverage.not-in-logs") + ": "
                                    + entry.notInLogs().getOrDefault(language, "")
                            : String.join(
                                    " ",
                                    entry.rules().stream()
                                            .map(RiskEntry.Named::name)
                                            .toList())));
        }
        if (rows.size() > 1) {
            out.println();
            Table.print(rows, out);
        }
    }

    private static ObjectNode toJson(Coverage coverage, List<Problem> problems) {
        ObjectNode node = MAPPER.createObjectNode().put("rules", coverage.rules());
        ObjectNode controls = node.putObject("controls");
        coverage.controls().forEach((control, layers) -> {
            ObjectNode row = controls.putObject(control);
            layers.forEach((layer, rules) -> names(row.putArray(layer), rules));
        });
        names(node.putArray("controls_without_rules"), coverage.controlsWithoutRules());
        ObjectNode attack = node.putObject("attack");
        AttackCatalogue.standard().matrices().forEach((matrix, tactics) -> {
            ObjectNode inMatrix = attack.putObject(matrix);
            tactics.forEach(tactic -> {
                ObjectNode techniques = inMatrix.putObject(tactic);
                AttackCatalogue.standard()
                        .techniques(matrix, tactic)
                        .forEach(technique -> names(
                                techniques.putArray(technique.id()),
                                coverage.techniques().getOrDefault(technique.id(), List.of())));
            });
        });
        ObjectNode techniques = node.putObject("techniques");
        coverage.techniques().forEach((id, rules) -> names(techniques.putArray(id), rules));
        ArrayNode risks = node.putArray("risks");
        Guideline.standard().risks().forEach(risk -> risk(risks.addObject(), risk, coverage));
        ArrayNode found = node.putArray("problems");
        problems.forEach(problem -> found.add(Problems.json(problem)));
        return node;
    }

    private static void risk(ObjectNode node, Guideline.Risk risk, Coverage coverage) {
        node.put("risk", risk.number()).put("incident", risk.incident());
        names(node.putArray("controls"), risk.controls());
        coverage.risk(risk.number()).ifPresent(entry -> {
            texts(node.putObject("title"), entry.title());
            if (entry.rules().isEmpty()) {
                texts(node.putObject("not_in_logs"), entry.notInLogs());
            } else {
                names(
                        node.putArray("rules"),
                        entry.rules().stream().map(RiskEntry.Named::name).toList());
            }
        });
    }

    private static void texts(ObjectNode node, Map<String, String> texts) {
        texts.forEach(node::put);
    }

    private static void names(ArrayNode array, List<String> names) {
        names.forEach(array::add);
    }
}
