package jp.hinomi.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.Callable;
import jp.hinomi.rules.schema.RuleSchema;
import picocli.CommandLine.Command;

/** {@code hinomi rules schema}: the JSON Schema of rules, for editors. */
@Command(name = "schema", mixinStandardHelpOptions = true)
final class RulesSchemaCommand implements Callable<Integer> {
    private final Context context;

    RulesSchemaCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        context.terminal()
                .out()
                .println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(RuleSchema.schema()));
        return 0;
    }
}
