package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jp.hinomi.events.signing.SigningKey;
import jp.hinomi.events.signing.VerifyingKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi rules key show}: the public half of a key, as the city's files take it. */
@Command(name = "show", mixinStandardHelpOptions = true)
final class RulesKeyShowCommand implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Option(names = "--owner", paramLabel = "ID", defaultValue = "OWNER")
    private String owner;

    @Parameters(paramLabel = "FILE")
    private Path file;

    RulesKeyShowCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try {
            context.terminal().out().println(line(owner, SigningKey.read(file).verifying()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return 0;
    }

    /** An entry of {@code rule-keys} in {@code city.yaml}. */
    static String line(String owner, VerifyingKey key) {
        return "- {owner: " + owner + ", key: " + key.text() + "}";
    }
}
