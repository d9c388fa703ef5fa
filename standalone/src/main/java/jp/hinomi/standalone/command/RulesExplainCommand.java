package jp.hinomi.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.engine.Correlation;
import jp.hinomi.correlation.engine.Correlations;
import jp.hinomi.correlation.engine.Explanation;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.RuleFilter;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.terminal.Columns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hinomi rules explain}: how rules run, what they remember and for how long. */
@Command(name = "explain", mixinStandardHelpOptions = true)
final class RulesExplainCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LABEL = 22;

    private final Context context;

    @Option(names = "--rule", paramLabel = "NAME")
    private List<String> wanted = List.of();

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of(Installation.shippedRules());

    RulesExplainCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        RuleReader.Result read = RuleReader.read(paths);
        Correlations correlations = new Correlations(read.rules());
        List<Problem> problems = new ArrayList<>(read.problems());
        problems.addAll(correlations.problems());
        problems.stream()
                .filter(Problem::isError)
                .forEach(problem -> context.terminal().err().println(problem));
        boolean found = true;
        for (String name : wanted) {
            if (!read.rules().byName().containsKey(name)) {
                found = false;
                context.terminal()
                        .err()
                        .println(context.texts()
                                .get(
                                        "rules.unknown",
                                        name,
                                        Suggestion.nearest(
                                                        name,
                                                        new TreeSet<>(read.rules()
                                                                .byName()
                                                                .keySet()))
                                                .orElse("…")));
            }
        }
        for (DetectionRule rule : read.rules().detections()) {
            if (isWanted(rule.info().name())) {
                print(rule, correlations.alertsAtOnce(rule));
            }
        }
        for (Correlation correlation : correlations.all()) {
            if (isWanted(correlation.info().name())) {
                print(Explanation.of(correlation));
            }
        }
        return found && problems.stream().noneMatch(Problem::isError) ? 0 : 1;
    }

    private boolean isWanted(String rule) {
        return wanted.isEmpty() || wanted.contains(rule);
    }

    private void print(DetectionRule rule, boolean alerts) {
        if (json) {
            ObjectNode node = MAPPER.createObjectNode()
                    .put("rule", rule.info().name())
                    .put("kind", "detection")
                    .put("logsource", rule.logsource().toString())
                    .put("alerts", alerts);
            rule.filters().forEach(filter -> node.withArray("exceptions").add(filter.name()));
            line(node);
            return;
        }
        title(rule.info().name(), "explain.detection");
        row("explain.logsource", rule.logsource().toString());
        for (RuleFilter filter : rule.filters()) {
            row(
                    "explain.exception",
                    filter.name()
                            + filter.terms()
                                    .map(terms -> context.texts()
                                            .get("detect.suppressed.terms", terms.owner(), terms.expires()))
                                    .orElse(""));
        }
        row("explain.alerts", context.texts().get(alerts ? "explain.alerts.each" : "explain.alerts.none"));
        context.terminal().out().println();
    }

    private void print(Explanation explanation) {
        Correlation correlation = explanation.correlation();
        if (json) {
            line(toJson(explanation));
            return;
        }
        title(correlation.info().name(), "explain.correlation");
        row("explain.type", explanation.type());
        row(
                "explain.judged",
                context.texts().get(explanation.judgedAtTime() ? "explain.judged.at-time" : "explain.judged.at-match"));
        for (Explanation.Key key : explanation.key()) {
            row(
                    "explain.key",
                    key.fields().isEmpty()
                            ? context.texts().get("explain.key.none")
                            : key.rule() + ": " + String.join(", ", key.fields()));
        }
        row("explain.horizon", DurationConverter.words(explanation.horizon()));
        row("explain.warm-up", DurationConverter.words(explanation.warmUp()));
        row("explain.suppress", DurationConverter.words(explanation.suppress()));
        row(
                "explain.state",
                context.texts()
                        .get(
                                "explain.state.bound",
                                explanation.matches(),
                                explanation.numbers(),
                                explanation.evidence()));
        row("explain.chain", Integer.toString(correlation.level()));
        row(
                "explain.alerts",
                context.texts().get(correlation.alerts() ? "explain.alerts.correlation" : "explain.alerts.none"));
        explanation.epl().ifPresent(epl -> {
            row("explain.epl", "");
            epl.strip().lines().forEach(text -> context.terminal().out().println("      " + text));
        });
        context.terminal().out().println();
    }

    private static ObjectNode toJson(Explanation explanation) {
        Correlation correlation = explanation.correlation();
        ObjectNode node = MAPPER.createObjectNode()
                .put("rule", correlation.info().name())
                .put("kind", "correlation")
                .put("type", explanation.type())
                .put("judged", explanation.judgedAtTime() ? "at-time" : "at-match");
        ObjectNode key = node.putObject("key");
        explanation.key().forEach(of -> of.fields().forEach(key.withArray(of.rule())::add));
        node.put("horizon_ms", explanation.horizon().toMillis())
                .put("warm_up_ms", explanation.warmUp().toMillis())
                .put("suppress_ms", explanation.suppress().toMillis())
                .put("max_matches_per_group", explanation.matches())
                .put("max_numbers_per_group", explanation.numbers())
                .put("max_evidence_per_group", explanation.evidence())
                .put("chain_level", correlation.level())
                .put("alerts", correlation.alerts());
        explanation.epl().ifPresent(epl -> node.put("epl", epl.strip()));
        return node;
    }

    private void line(ObjectNode node) {
        try {
            context.terminal().out().println(MAPPER.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private void title(String rule, String kind) {
        context.terminal().out().println(rule + "  (" + context.texts().get(kind) + ")");
    }

    private void row(String label, String value) {
        context.terminal().out().println("  " + Columns.padded(context.texts().get(label), LABEL) + value);
    }
}
