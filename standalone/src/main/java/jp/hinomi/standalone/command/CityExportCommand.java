package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import jp.hinomi.city.CityTables;
import jp.hinomi.standalone.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hinomi city export}: the city's tables as CSV, for spreadsheets. */
@Command(name = "export", mixinStandardHelpOptions = true)
final class CityExportCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--city", paramLabel = "DIR")
    private Path folder = Installation.exampleCity();

    @Option(names = "--csv", required = true, paramLabel = "DIR")
    private Path tables;

    @Option(names = "--charset", paramLabel = "CHARSET")
    private Charset charset = StandardCharsets.UTF_8;

    CityExportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> written = CityTables.write(folder, tables, charset);
        written.forEach(file -> context.terminal().out().println(file));
        return 0;
    }
}
