package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.hinomi.city.CityFiles;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hinomi city export}: the city's files, or its tables as CSV for spreadsheets. What lies in the folder besides is the city's. */
@Command(name = "export", mixinStandardHelpOptions = true)
final class CityExportCommand implements Callable<Integer> {
    private final Context context;
    private final Map<String, String> environment;

    @Option(names = "--city", paramLabel = "DIR")
    private Path folder = Installation.exampleCity();

    @Option(names = "--csv", paramLabel = "DIR")
    private Path tables;

    @Option(names = "--files", paramLabel = "DIR")
    private Path files;

    @Option(names = "--delete")
    private boolean delete;

    @Option(names = "--version-number", paramLabel = "NUMBER")
    private Long number;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Spec
    private CommandSpec spec;

    @Option(names = "--charset", paramLabel = "CHARSET")
    private Charset charset = StandardCharsets.UTF_8;

    CityExportCommand(Context context, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (tables == null && files == null) {
            throw new ParameterException(spec.commandLine(), context.texts().get("city.export.nothing"));
        }
        CityFiles city = number == null
                ? CityFiles.of(folder)
                : new RunningMap(api.open(context, System.getenv())).files(number);
        if (files != null) {
            List<String> others = city.othersIn(files);
            if (!others.isEmpty() && !delete) {
                context.terminal()
                        .err()
                        .println(context.texts().get("city.export.others", files, String.join(", ", others)));
                return 1;
            }
            city.writeTo(files);
            for (String name : others) {
                Files.delete(files.resolve(name));
            }
            city.texts().keySet().forEach(name -> context.terminal().out().println(files.resolve(name)));
        }
        if (tables != null) {
            Files.createDirectories(tables);
            for (Map.Entry<String, byte[]> table : city.tables(charset).entrySet()) {
                Path file = tables.resolve(table.getKey());
                Files.write(file, table.getValue());
                context.terminal().out().println(file);
            }
        }
        return 0;
    }
}
