package jp.hinomi.correlation.live;

import java.nio.file.Path;
import java.util.List;

/**
 * Rules that are published as one.
 *
 * @param paths files and folders of its documents; none = the pack is withdrawn
 * @param alone true if documents of no pack go away: nobody answers for them
 */
public record Pack(String name, List<Path> paths, boolean alone) {
    /** @throws IllegalArgumentException if a pack cannot be called so */
    public Pack {
        if (!Publication.isPackName(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be the name of a pack: use letters, digits, '.', '_' and '-', at most 100");
        }
        paths = List.copyOf(paths);
    }
}
