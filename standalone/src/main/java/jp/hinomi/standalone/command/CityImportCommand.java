package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import jp.hinomi.city.CityTables;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.ingest.decode.Decoders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hinomi city import}: takes tables from a spreadsheet over into the city's files, all of them or none. */
@Command(name = "import", mixinStandardHelpOptions = true)
final class CityImportCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--city", required = true, paramLabel = "DIR")
    private Path folder;

    @Option(names = "--csv", required = true, paramLabel = "DIR")
    private Path tables;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--json")
    private boolean json;

    CityImportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> files;
        try {
            files = CityTables.read(tables, folder, Set.copyOf(Decoders.formats()), warning -> {});
        } catch (ProblemsException e) {
            Problems.print(context, e.problems(), json);
            context.terminal()
                    .err()
                    .println(context.texts().get("city.unusable", e.problems().size()));
            return 1;
        }
        if (!dryRun) {
            write(files);
        }
        files.keySet().forEach(file -> context.terminal().out().println(folder.resolve(file)));
        return 0;
    }

    /** All are on the disk before the first takes its place. */
    private void write(Map<String, String> files) throws IOException {
        Map<Path, Path> ready = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Path beside = folder.resolve(file.getKey() + ".new");
            Files.writeString(beside, file.getValue());
            ready.put(beside, target);
        }
        for (Map.Entry<Path, Path> move : ready.entrySet()) {
            Files.move(move.getKey(), move.getValue(), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
