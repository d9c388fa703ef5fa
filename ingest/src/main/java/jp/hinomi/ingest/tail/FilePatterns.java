package jp.hinomi.ingest.tail;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Files by name or by glob ({@code *}, {@code ?}, {@code **}, {@code [a-z]}, {@code {a,b}}). What is compressed is left out. */
final class FilePatterns {
    private static final Set<String> COMPRESSED = Set.of("gz", "bz2", "xz", "zst", "lz4", "zip");
    private static final int DEEPEST = 32;

    private final List<Pattern> patterns = new ArrayList<>();

    private record Pattern(Path base, int depth, PathMatcher matcher) {}

    FilePatterns(List<String> texts) {
        for (String text : texts) {
            Path absolute = Path.of("").toAbsolutePath();
            String whole = text.startsWith("/") ? text : absolute + "/" + text;
            int wild = firstWild(whole);
            Path base = wild < 0
                    ? Path.of(whole).normalize()
                    : Path.of(whole.substring(0, whole.lastIndexOf('/', wild) + 1))
                            .normalize();
            String rest = wild < 0 ? "" : whole.substring(whole.lastIndexOf('/', wild) + 1);
            int depth = wild < 0 ? 0 : rest.contains("**") ? DEEPEST : rest.split("/").length;
            patterns.add(new Pattern(
                    base,
                    depth,
                    wild < 0 ? null : FileSystems.getDefault().getPathMatcher("glob:" + base + "/" + rest)));
        }
    }

    private static int firstWild(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[{".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Those that are there now, each once. A folder that may not be read has none. */
    Set<Path> files() {
        Set<Path> found = new TreeSet<>();
        for (Pattern pattern : patterns) {
            if (pattern.matcher() == null) {
                if (Files.isRegularFile(pattern.base()) && !isCompressed(pattern.base())) {
                    found.add(pattern.base());
                }
                continue;
            }
            try (Stream<Path> all = Files.walk(pattern.base(), pattern.depth())) {
                all.filter(path -> pattern.matcher().matches(path) && !isCompressed(path) && Files.isRegularFile(path))
                        .forEach(found::add);
            } catch (IOException | java.io.UncheckedIOException e) {
                // It may come later.
                continue;
            }
        }
        return found;
    }

    static boolean isCompressed(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot >= 0 && COMPRESSED.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
