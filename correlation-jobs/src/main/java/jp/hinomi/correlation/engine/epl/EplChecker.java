package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.module.Module;
import com.espertech.esper.common.client.module.ModuleItem;
import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.EplText;
import jp.hinomi.rules.ProblemCode;

/**
 * Decides whether a rule may run its statement, and compiles it. Four doors, one behind the other: the words are bounded and
 * cleaned before anything parses them; the parsed statement is walked with a list of what is allowed; what is compiled is
 * the walked statement and not its text; and it is compiled where no class can be reached. Nothing here executes any part of
 * a statement. Stateless but for a cache, and thread-safe.
 */
public final class EplChecker {
    /** Bytes: enough for the deepest statement that {@link Tokens} lets through, whatever thread asks. */
    private static final long STACK = 16L << 20;

    private static final int MOST_CACHED = 1_000;

    private static final Map<String, EplProgram> DONE = new ConcurrentHashMap<>();

    private EplChecker() {}

    /**
     * @param program empty if there is an error among the problems
     * @param problems errors and warnings, each with its place in the rule file
     */
    public record Result(Optional<EplProgram> program, List<Problem> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Checks a statement.
     *
     * @param streams the listed rules in order, at least one
     * @param timespan how much of the past is fed again after a restart
     */
    public static Result check(EplText text, List<EplStream> streams, Duration timespan) {
        Findings findings = new Findings();
        Result[] result = {new Result(Optional.empty(), List.of())};
        Thread thread = new Thread(
                null, () -> result[0] = checked(text, streams, timespan, findings), "hinomi-epl-check", STACK);
        thread.setDaemon(true);
        thread.setContextClassLoader(EplChecker.class.getClassLoader());
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result[0];
    }

    private static Result checked(EplText text, List<EplStream> streams, Duration timespan, Findings findings) {
        Optional<EplProgram> program = Optional.empty();
        try {
            program = program(text, streams, timespan, findings);
        } catch (Refused e) {
            // The findings say why.
        } catch (StackOverflowError e) {
            findings.error(
                    ProblemCode.EPL_TOO_DEEP,
                    text.at(0),
                    "the statement is too complicated to be read",
                    "split it into a chain of correlations");
        } catch (RuntimeException e) {
            findings.error(
                    ProblemCode.EPL_MEANING,
                    text.at(0),
                    "Esper fails over the statement: " + e,
                    "write it in another way");
        }
        return new Result(findings.hasErrors() ? Optional.empty() : program, findings.list());
    }

    private static Optional<EplProgram> program(
            EplText text, List<EplStream> streams, Duration timespan, Findings findings) {
        Map<String, EplStream> byName = new LinkedHashMap<>();
        for (EplStream stream : streams) {
            byName.put(stream.name(), stream);
            name(stream, text, findings);
        }
        List<Token> tokens = Tokens.of(text, findings);
        if (findings.hasErrors()) {
            return Optional.empty();
        }
        Places places = new Places(text, tokens);
        EplParser parser = new EplParser(text, places, findings);
        EPStatementObjectModel model = parser.parse(tokens);
        Inspection inspection = new Inspection(byName, new EventFields(streams), places, findings, timespan.toMillis());
        StatementCheck check = new StatementCheck(inspection);
        check.check(model);
        if (findings.hasErrors()) {
            return Optional.empty();
        }
        return Optional.ofNullable(compile(model, inspection, check.hasTimers(), parser));
    }

    private static void name(EplStream stream, EplText text, Findings findings) {
        if (!stream.name().matches("[A-Za-z_][A-Za-z0-9_]*") || Tokens.RESERVED.contains(stream.name())) {
            findings.error(
                    ProblemCode.EPL_RULE_NAME,
                    text.at(0),
                    "the listed rule '" + stream.name() + "' has no name that EPL can say",
                    "give that rule a 'name' of letters, digits and '_', and list it by that name");
        }
    }

    private static EplProgram compile(
            EPStatementObjectModel model, Inspection inspection, boolean timers, EplParser parser) {
        Map<String, Map<String, Object>> types = inspection.fields().types();
        String source = model.toEPL();
        String key = source + '\n' + types;
        EplProgram done = DONE.get(key);
        if (done != null) {
            return done;
        }
        model.setContextName("hinomi_groups");
        Module module = new Module();
        module.getItems().add(new ModuleItem(groups(types)));
        module.getItems().add(new ModuleItem(model));
        try {
            EPCompiled compiled =
                    EPCompilerProvider.getCompiler().compile(module, new CompilerArguments(EplConfiguration.of(types)));
            EplProgram program = new EplProgram(source, compiled, types, timers);
            if (DONE.size() >= MOST_CACHED) {
                DONE.clear();
            }
            DONE.put(key, program);
            return program;
        } catch (EPCompileException e) {
            parser.report(e, ProblemCode.EPL_MEANING);
            return null;
        }
    }

    /** One instance of the statement for each group, from its first event until the engine says that it is over. */
    private static String groups(Map<String, Map<String, Object>> types) {
        String cell = EventFields.CELL;
        String from = types.keySet().stream()
                .map(stream -> cell + " from `" + stream + "`")
                .collect(Collectors.joining(", "));
        String started =
                types.keySet().stream().map(stream -> "`" + stream + "`").collect(Collectors.joining(", "));
        return "create context hinomi_groups partition by " + from + ", " + cell + " from " + EplConfiguration.OVER
                + " initiated by " + started + " terminated by " + EplConfiguration.OVER;
    }
}
