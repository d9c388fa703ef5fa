package jp.hinomi.ingest.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file that is there now.
 *
 * @param key what the file system calls it, whatever its name: device and inode
 * @param size in bytes
 * @param modified when it was last written, in milliseconds
 */
record Present(String key, Path path, long size, long modified) {
    // Clocks of file systems tick every few milliseconds. Of files that are equally old the longer name is the rotated
    // one.
    private static final Comparator<Present> OLDEST_FIRST = Comparator.comparingLong(Present::modified)
            .thenComparingInt(file -> -file.path().toString().length())
            .thenComparing(Present::path);

    /** By key, the oldest first. */
    static Map<String, Present> all(Collection<Path> paths) {
        Map<String, Present> byKey = new LinkedHashMap<>();
        paths.stream()
                .flatMap(path -> of(path).stream())
                .sorted(OLDEST_FIRST)
                .forEach(file -> byKey.putIfAbsent(file.key(), file));
        return byKey;
    }

    /** Empty if there is no such file, or no ordinary one. */
    private static Optional<Present> of(Path path) {
        try {
            BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
            String key = is.fileKey() == null ? path.toString() : is.fileKey().toString();
            return is.isRegularFile()
                    ? Optional.of(new Present(
                            key, path, is.size(), is.lastModifiedTime().toMillis()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
