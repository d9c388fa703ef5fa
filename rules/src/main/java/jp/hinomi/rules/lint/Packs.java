package jp.hinomi.rules.lint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.read.Vocabulary;

/**
 * The folders that hold rules. One is ours, and is asked for style, as soon as one rule in it carries a tag {@code cps.*} or a
 * key that only this product has; others were taken from elsewhere, and their authors write as they like.
 */
final class Packs {
    private final Map<Path, List<Node>> documents;
    private final Set<Path> own = new TreeSet<>();

    /** @param documents by file */
    Packs(Map<Path, List<Node>> documents) {
        this.documents = documents;
        documents.forEach((file, nodes) -> {
            if (nodes.stream().anyMatch(Packs::isOurs)) {
                own.add(folder(file));
            }
        });
    }

    boolean isOwn(Path file) {
        return own.contains(folder(file));
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }

    private static boolean isOurs(Node node) {
        if (!(node instanceof Node.Mapping document)) {
            return false;
        }
        Set<String> keys = Vocabulary.ownKeys();
        return document.names().stream().anyMatch(keys::contains)
                || FieldCheck.scalars(document.get("tags")).stream()
                        .anyMatch(tag -> tag.text().startsWith("cps."));
    }

    /** Packs of ours that have the same path below the folders that were named. */
    void duplicates(Collection<Path> roots, Findings findings) {
        Map<String, Path> byName = new TreeMap<>();
        Map<String, Location> first = new TreeMap<>();
        for (Path root : roots) {
            for (Path file : documents.keySet()) {
                if (Files.isDirectory(root) && isOwn(file) && file.startsWith(root)) {
                    String below = root.relativize(file.getParent() == null ? file : file.getParent())
                            .toString();
                    String name = below.isEmpty()
                            ? String.valueOf(root.toAbsolutePath().normalize().getFileName())
                            : below;
                    Path other = byName.putIfAbsent(name, folder(file));
                    first.putIfAbsent(name, Location.ofFile(String.valueOf(file.getParent())));
                    if (other != null && !other.equals(folder(file))) {
                        byName.put(name, folder(file));
                        findings.add(
                                ProblemCode.DUPLICATE_PACK,
                                Location.ofFile(String.valueOf(file.getParent())),
                                "the pack '" + name + "' is also "
                                        + first.get(name).file(),
                                "rename one of the two folders: a pack is known by its name");
                    }
                }
            }
        }
    }
}
