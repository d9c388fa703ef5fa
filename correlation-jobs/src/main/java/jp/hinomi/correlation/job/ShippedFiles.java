package jp.hinomi.correlation.job;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files and folders with their content, so that they can travel with a job to machines that do not have them. Immutable
 * and thread-safe.
 */
final class ShippedFiles implements Serializable {
    private static final long serialVersionUID = 1;

    /** Rules and city files are kilobytes; something that is much larger was not meant. */
    private static final long MOST_BYTES = 64L << 20;

    private final ArrayList<LinkedHashMap<String, byte[]>> roots = new ArrayList<>();

    /**
     * @param paths files, or folders of which every {@code .yml} and {@code .yaml} is taken
     * @throws UncheckedIOException if one cannot be read
     */
    ShippedFiles(List<Path> paths) {
        long size = 0;
        for (Path path : paths) {
            LinkedHashMap<String, byte[]> files = new LinkedHashMap<>();
            for (Path file : files(path)) {
                byte[] content = read(file);
                size += content.length;
                if (size > MOST_BYTES) {
                    throw new IllegalArgumentException(
                            "more than 64 MiB of rules and city files under " + paths + ": name a smaller folder");
                }
                String name = file.equals(path)
                        ? path.getFileName().toString()
                        : path.relativize(file).toString().replace('\\', '/');
                files.put(name, content);
            }
            roots.add(files);
        }
    }

    private static List<Path> files(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path, 20, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yml") || file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": check that it exists and may be read", e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": check that it may be read", e);
        }
    }

    /** Writes each root into a folder of its own below {@code folder}; returns these, in the order of the paths. */
    List<Path> unpack(Path folder) throws IOException {
        List<Path> unpacked = new ArrayList<>();
        for (Map<String, byte[]> files : roots) {
            Path root = Files.createDirectories(folder.resolve("root-" + unpacked.size()));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path target = root.resolve(file.getKey()).normalize();
                if (!target.startsWith(root)) {
                    throw new IOException("the file name '" + file.getKey() + "' leads out of its folder");
                }
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
            unpacked.add(root);
        }
        return unpacked;
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
