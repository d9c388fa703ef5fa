package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.correlation.job.JobSettings;
import jp.hinomi.correlation.live.Author;
import jp.hinomi.correlation.live.Pack;
import jp.hinomi.correlation.live.Publication;
import jp.hinomi.correlation.live.RulePublisher;
import jp.hinomi.events.signing.SigningKey;
import jp.hinomi.standalone.CityFolder;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who publishes a pack with which key, for whichever command does. */
final class PublishOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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

    @Option(names = "--levels", defaultValue = "" + JobSettings.USUAL_LEVELS, paramLabel = "N")
    private int levels;

    @Option(names = "--dry-run")
    private boolean dryRun;

    boolean dryRun() {
        return dryRun;
    }

    boolean hasName() {
        return name != null;
    }

    /** @param paths none = the pack is taken out of force */
    Pack pack(Context context, List<Path> paths, boolean removeUnsigned) {
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                throw usage(context, "publish.no-folder", path);
            }
        }
        if (name == null && paths.size() > 1) {
            throw usage(context, "publish.no-name");
        }
        String called = name != null
                ? name
                : String.valueOf(paths.get(0).toAbsolutePath().normalize().getFileName());
        if (!Publication.isPackName(called)) {
            throw usage(context, "publish.bad-name", called);
        }
        return new Pack(called, paths, removeUnsigned);
    }

    /** Checked, tested and signed, or nothing is written. */
    RulePublisher.Outcome publish(Context context, String servers, Pack pack, List<Path> paths, String comment)
            throws IOException {
        City known = CityFolder.read(city, problem -> {});
        return RulePublisher.publish(
                servers,
                pack,
                levels,
                dryRun ? RulePublisher.Mode.COMPARE : RulePublisher.Mode.ALL_OR_NOTHING,
                author(context, known, pack, comment),
                new PublishGate(paths, known));
    }

    private Author author(Context context, City known, Pack pack, String comment) throws IOException {
        if (unsigned == (key != null)) {
            throw usage(context, "publish.no-key");
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
                throw usage(context, "publish.not-trusted", id, pack.name(), city);
            }
        }
        return new Author(by, Version.number(), signing, known.ruleKeys(), comment);
    }

    /** Prints what differs. @return 0, or 1 if nothing was published because of errors */
    int print(Context context, RulePublisher.Outcome outcome, String servers, boolean json) {
        int code = Problems.print(context, outcome.problems(), json);
        if (!outcome.hasErrors()) {
            outcome.written().forEach(each -> context.terminal().out().println("+ " + each));
            outcome.removed().forEach(each -> context.terminal().out().println("- " + each));
        }
        context.terminal().err().println(summary(context, outcome, servers));
        return code;
    }

    private String summary(Context context, RulePublisher.Outcome outcome, String servers) {
        if (outcome.hasErrors()) {
            return context.texts().get("rules.not-published");
        }
        if (outcome.publication().isEmpty()) {
            return context.texts().get("publish.same", outcome.unchanged(), servers);
        }
        Publication publication = outcome.publication().get();
        return context.texts()
                .get(
                        dryRun ? "rules.compared" : "rules.published",
                        outcome.written().size(),
                        outcome.removed().size(),
                        outcome.unchanged(),
                        servers,
                        publication.label(),
                        publication.tested().cases());
    }

    ParameterException usage(Context context, String text, Object... values) {
        return new ParameterException(spec.commandLine(), context.texts().get(text, values));
    }
}
