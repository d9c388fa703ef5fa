package jp.hinomi.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.hinomi.correlation.engine.StateChange;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.DetectionRule;
import jp.hinomi.rules.Rule;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.diff.Aspect;
import jp.hinomi.rules.diff.Difference;
import jp.hinomi.rules.diff.RuleChange;
import jp.hinomi.rules.diff.RuleSetDiff;
import jp.hinomi.standalone.Installation;
import jp.hinomi.standalone.git.GitException;
import jp.hinomi.standalone.git.GitFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi rules diff}: what another version of rules means, for alerts and for what a running job remembers. */
@Command(name = "diff", mixinStandardHelpOptions = true)
final class RulesDiffCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Characters of a value that are shown to people; JSON has all. */
    private static final int LONGEST = 120;

    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--git", paramLabel = "REV")
    private String revision;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..2", paramLabel = "DIR")
    private List<Path> paths = List.of();

    RulesDiffCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        paths.forEach(this::checkThere);
        if (revision == null) {
            if (paths.size() != 2) {
                throw usage("diff.two", paths.size());
            }
            return compare(paths.get(0), paths.get(1));
        }
        if (paths.size() > 1) {
            throw usage("diff.one", paths.size());
        }
        Path folder = paths.isEmpty() ? Installation.shippedRules() : paths.get(0);
        try (GitFolder before = GitFolder.at(folder, revision)) {
            return compare(before.folder(), folder);
        } catch (GitException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void checkThere(Path path) {
        if (!Files.isReadable(path)) {
            throw usage("diff.unreadable", path);
        }
    }

    private ParameterException usage(String key, Object value) {
        return new ParameterException(spec.commandLine(), context.texts().get(key, value));
    }

    private int compare(Path before, Path after) {
        RuleReader.Result was = RuleReader.read(List.of(before));
        RuleReader.Result is = RuleReader.read(List.of(after));
        List<Problem> errors = new ArrayList<>();
        was.problems().stream().filter(Problem::isError).forEach(errors::add);
        is.problems().stream().filter(Problem::isError).forEach(errors::add);
        errors.forEach(problem -> context.terminal().err().println(problem));
        RuleSetDiff diff = RuleSetDiff.of(List.of(before), was.rules(), List.of(after), is.rules());
        Map<String, StateChange> states = StateChange.of(was.rules(), is.rules());
        for (RuleChange change : diff.changes()) {
            StateChange state = states.get(change.name());
            if (json) {
                print(json(change, state));
            } else {
                print(change, state);
            }
        }
        context.terminal().err().println(summary(diff, was, is, errors.size()));
        return diff.isEmpty() && errors.isEmpty() ? 0 : 1;
    }

    private String summary(RuleSetDiff diff, RuleReader.Result was, RuleReader.Result is, int errors) {
        Map<RuleChange.Kind, Long> counts = new EnumMap<>(RuleChange.Kind.class);
        diff.changes().forEach(change -> counts.merge(change.kind(), 1L, Long::sum));
        String summary = context.texts()
                .get(
                        "diff.summary",
                        was.rules().byName().size(),
                        is.rules().byName().size(),
                        counts.getOrDefault(RuleChange.Kind.ADDED, 0L),
                        counts.getOrDefault(RuleChange.Kind.REMOVED, 0L),
                        counts.getOrDefault(RuleChange.Kind.RENAMED, 0L),
                        counts.getOrDefault(RuleChange.Kind.CHANGED, 0L),
                        counts.getOrDefault(RuleChange.Kind.TOUCHED, 0L));
        return errors == 0 ? summary : summary + "\n" + context.texts().get("diff.errors", errors);
    }

    private void print(RuleChange change, StateChange state) {
        PrintStream out = context.terminal().out();
        Rule rule = change.rule();
        String kind = context.texts().get("diff." + change.kind().word());
        String line = switch (change.kind()) {
            case ADDED -> context.terminal().green("+ " + kind + " " + change.name());
            case REMOVED -> context.terminal().red("- " + kind + " " + change.name());
            case RENAMED ->
                context.terminal()
                        .yellow("> " + kind + " "
                                + change.before().orElseThrow().info().name() + " → " + change.name());
            case CHANGED -> context.terminal().yellow("* " + kind + " " + change.name());
            case TOUCHED -> "~ " + kind + " " + change.name();
        };
        out.println(line + "  "
                + context.terminal()
                        .dim("(" + rule.info().level().word() + ") "
                                + rule.info()
                                        .forAlert()
                                        .title(context.texts().locale().getLanguage())));
        for (Difference difference : change.differences()) {
            if (difference.aspect() != Aspect.NAME) {
                print(difference, out);
            }
        }
        if (!change.touchedBy().isEmpty()) {
            out.println("    " + context.texts().get("diff.touched-by", String.join(", ", change.touchedBy())));
        }
        if (state != null) {
            out.println("    " + state(state));
        }
    }

    private String state(StateChange state) {
        String text = context.texts().get("diff.state." + state.kind().word(), DurationConverter.words(state.warmUp()));
        return state.kind() == StateChange.Kind.ANEW ? context.terminal().yellow(text) : text;
    }

    private void print(Difference difference, PrintStream out) {
        String label = context.texts().get("diff.aspect." + difference.aspect().word())
                + (difference.where().isEmpty() ? "" : " " + difference.where());
        boolean single = difference.before().size() == 1 && difference.after().size() == 1;
        if (single && difference.aspect() != Aspect.TEXT) {
            out.println("    " + label + ": " + context.terminal().red(shown(difference.before())) + " → "
                    + context.terminal().green(shown(difference.after())));
            return;
        }
        out.println("    " + label + (difference.aspect() == Aspect.TEXT ? "" : ":"));
        if (difference.aspect() == Aspect.TEXT) {
            return; // what is only read is read in the file
        }
        if (!difference.before().isEmpty()) {
            out.println("      " + context.terminal().red("- " + shown(difference.before())));
        }
        if (!difference.after().isEmpty()) {
            out.println("      " + context.terminal().green("+ " + shown(difference.after())));
        }
    }

    private static String shown(List<String> values) {
        String text = String.join(", ", values).replaceAll("\\s+", " ");
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }

    private static ObjectNode json(RuleChange change, StateChange state) {
        ObjectNode line = MAPPER.createObjectNode()
                .put("kind", change.kind().word())
                .put("name", change.name())
                .put("id", change.rule().info().id())
                .put("type", change.rule() instanceof DetectionRule ? "detection" : "correlation")
                .put("changes_alerts", change.changesAlerts());
        change.before().ifPresent(rule -> line.set("before", version(rule)));
        change.after().ifPresent(rule -> line.set("after", version(rule)));
        var differences = line.putArray("differences");
        for (Difference difference : change.differences()) {
            ObjectNode each =
                    differences.addObject().put("aspect", difference.aspect().word());
            if (!difference.where().isEmpty()) {
                each.put("where", difference.where());
            }
            difference.before().forEach(each.putArray("before")::add);
            difference.after().forEach(each.putArray("after")::add);
        }
        change.touchedBy().forEach(line.putArray("touched_by")::add);
        if (state != null) {
            line.put("state", state.kind().word());
            if (!state.warmUp().equals(Duration.ZERO)) {
                line.put("complete_after_seconds", state.warmUp().toSeconds());
            }
        }
        return line;
    }

    private static ObjectNode version(Rule rule) {
        return MAPPER.createObjectNode()
                .put("name", rule.info().name())
                .put("version", rule.info().version())
                .put("level", rule.info().level().name().toLowerCase(Locale.ROOT));
    }

    private void print(ObjectNode line) {
        try {
            context.terminal().out().println(MAPPER.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}
