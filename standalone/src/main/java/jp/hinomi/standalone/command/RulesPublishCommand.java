package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import jp.hinomi.city.City;
import jp.hinomi.correlation.job.JobSettings;
import jp.hinomi.correlation.live.Author;
import jp.hinomi.correlation.live.Pack;
import jp.hinomi.correlation.live.Publication;
import jp.hinomi.correlation.live.RulePublisher;
import jp.hinomi.events.signing.SigningKey;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi rules publish}: puts a pack in force in a running job, checked, tested and signed. */
@Command(name = "publish", mixinStandardHelpOptions = true)
final class RulesPublishCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"--bootstrap-servers", "--kafka"},
            required = true,
            paramLabel = "HOST:PORT")
    private String bootstrapServers;

    @Option(names = "--key", paramLabel = "FILE")
    private Path key;

    @Option(names = "--unsigned")
    private boolean unsigned;

    @Option(names = "--name", paramLabel = "NAME")
    private String name;

    @Option(names = "--city", paramLabel = "DIR")
    private Path city = Installation.exampleCity();

    @Option(names = "--by", paramLabel = "NAME")
    private String by = System.getProperty("user.name", "");

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "")
    private String comment;

    @Option(names = "--levels", defaultValue = "" + JobSettings.USUAL_LEVELS, paramLabel = "N")
    private int levels;

    @Option(names = "--withdraw")
    private boolean withdraw;

    @Option(names = "--remove-unsigned")
    private boolean removeUnsigned;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--json")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "DIR")
    private List<Path> paths = List.of();

    RulesPublishCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        City known = CityFolder.read(city, problem -> {});
        Pack pack = pack();
        Author author = author(known, pack);
        RulePublisher.Outcome outcome = RulePublisher.publish(
                bootstrapServers,
                pack,
                levels,
                dryRun ? RulePublisher.Mode.COMPARE : RulePublisher.Mode.ALL_OR_NOTHING,
                author,
                new PublishGate(paths, known));
        int code = Problems.print(context, outcome.problems(), json);
        if (!outcome.hasErrors()) {
            outcome.written().forEach(each -> context.terminal().out().println("+ " + each));
            outcome.removed().forEach(each -> context.terminal().out().println("- " + each));
        }
        context.terminal().err().println(summary(outcome));
        return code;
    }

    private Pack pack() {
        if (withdraw ? !paths.isEmpty() || name == null : paths.isEmpty()) {
            throw usage(withdraw ? "publish.withdraw" : "publish.nothing");
        }
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                throw usage("publish.no-folder", path);
            }
        }
        if (name == null && paths.size() > 1) {
            throw usage("publish.no-name");
        }
        String called = name != null
                ? name
                : String.valueOf(paths.get(0).toAbsolutePath().normalize().getFileName());
        if (!Publication.isPackName(called)) {
            throw usage("publish.bad-name", called);
        }
        return new Pack(called, paths, removeUnsigned);
    }

    private Author author(City known, Pack pack) throws IOException {
        if (unsigned == (key != null)) {
            throw usage("publish.no-key");
        }
        Optional<SigningKey> signing = Optional.empty();
        if (key != null) {
            try {
                signing = Optional.of(SigningKey.read(key));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
            if (SigningKey.isOpenToOthers(key)) {
                context.terminal().err().println(context.texts().get("publish.open-key", key));
            }
        }
        if (!known.ruleKeys().isEmpty()) {
            String id = signing.map(mine -> mine.verifying().id()).orElse("-");
            if (known.ruleKeys().stream()
                    .noneMatch(each -> each.key().id().equals(id) && each.mayPublish(pack.name()))) {
                throw usage("publish.not-trusted", id, pack.name(), city);
            }
        }
        return new Author(by, Version.number(), signing, known.ruleKeys(), comment);
    }

    private String summary(RulePublisher.Outcome outcome) {
        if (outcome.hasErrors()) {
            return context.texts().get("rules.not-published");
        }
        if (outcome.publication().isEmpty()) {
            return context.texts().get("publish.same", outcome.unchanged(), bootstrapServers);
        }
        Publication publication = outcome.publication().get();
        return context.texts()
                .get(
                        dryRun ? "rules.compared" : "rules.published",
                        outcome.written().size(),
                        outcome.removed().size(),
                        outcome.unchanged(),
                        bootstrapServers,
                        publication.label(),
                        publication.tested().cases());
    }

    private ParameterException usage(String text, Object... values) {
        return new ParameterException(spec.commandLine(), context.texts().get(text, values));
    }
}
