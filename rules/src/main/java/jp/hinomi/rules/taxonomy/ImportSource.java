package jp.hinomi.rules.taxonomy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleReader;

/**
 * A file to import.
 *
 * @param root the path that the user gave, absolute, so that it is the same from wherever it is named
 * @param target where it goes, relative to the folder of the import, with {@code /} between names
 */
record ImportSource(Path file, String root, String target) {
    static String root(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /** All files below the paths; two that would go to the same place are reported, and the first is taken. */
    static List<ImportSource> of(List<Path> paths, Consumer<Problem> problems) {
        Map<String, ImportSource> byTarget = new LinkedHashMap<>();
        for (Path path : paths) {
            for (Path file : RuleReader.files(List.of(path), problems)) {
                Path relative = Files.isDirectory(path) ? path.relativize(file) : file.getFileName();
                String target = relative.toString().replace('\\', '/');
                ImportSource source = new ImportSource(file, root(path), target);
                ImportSource first = byTarget.putIfAbsent(target, source);
                if (first != null && !first.file().equals(file)) {
                    problems.accept(ProblemCode.PATH_TAKEN.error(
                            Location.ofFile(file.toString()),
                            "it would go to " + target + ", as would " + first.file(),
                            "import the folder above both, so that their paths differ"));
                }
            }
        }
        return new ArrayList<>(byTarget.values());
    }
}
