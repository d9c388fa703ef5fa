package jp.hinomi.city;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jp.hinomi.events.document.Location;

/** A folder of a city in which each YAML file is one thing. Stateless. */
final class YamlFolder {
    private YamlFolder() {}

    /** Its YAML files by name; none if there is no such folder. One that cannot be listed is a mistake. */
    static List<Path> files(Path folder, Reading reading) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            reading.error(
                    Location.ofFile(folder.toString()),
                    "unreadable",
                    "cannot list the folder: " + e.getMessage(),
                    "check its permissions");
            return List.of();
        }
    }
}
