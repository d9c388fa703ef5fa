package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jp.hinomi.events.signing.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi rules key new}: makes a key to sign publications with. */
@Command(name = "new", mixinStandardHelpOptions = true)
final class RulesKeyNewCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--owner", paramLabel = "ID", defaultValue = "OWNER")
    private String owner;

    @Parameters(paramLabel = "FILE")
    private Path file;

    RulesKeyNewCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        SigningKey key = SigningKey.make();
        try {
            key.write(file);
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(spec.commandLine(), context.texts().get("key.exists", file), e);
        }
        context.terminal()
                .err()
                .println(context.texts().get("key.made", file, key.verifying().id()));
        context.terminal().out().println(RulesKeyShowCommand.line(owner, key.verifying()));
        return 0;
    }
}
