package jp.hinomi.ingest.tail;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Up to where a file is in Kafka.
 *
 * @param key what the file system calls the file, whatever its name: device and inode
 * @param path the name under which it was first followed
 * @param mark the end of the last line that Kafka has
 */
record Position(String key, Path path, Mark mark, State state) {
    /** What is to be done with a file. */
    enum State {
        /** It is followed. */
        FOLLOWED,
        /** It was rotated away and read to its end. */
        DONE,
        /** It is a copy of a followed one, of interest only if that one is emptied. */
        COPY
    }

    Position {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(mark, "mark");
        Objects.requireNonNull(state, "state");
    }
}
