package jp.hinomi.ingest.tail;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Files in the same folder whose name begins like a file's own: what rotation makes of it. */
final class Siblings {
    private Siblings() {}

    /** True if rotation may have made the other out of the file, by their names. */
    static boolean related(Path file, Path other) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.', 1);
        String stem = dot < 0 ? name : name.substring(0, dot);
        return file.getParent().equals(other.getParent())
                && other.getFileName().toString().startsWith(stem);
    }

    /** The file itself is one of them. {@code app.log} has {@code app.log.1}, {@code app.log-20260401.gz}, {@code app-1.log}. */
    static List<Path> of(Path file) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(file.getParent())) {
            for (Path path : all) {
                if (related(file, path)) {
                    found.add(path);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        Collections.sort(found);
        return found;
    }
}
