package jp.hinomi.ingest.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells a copy of a followed file, finished or still being made, from a log of its own. A copy holds what the other holds,
 * as far as it goes; once the other has been emptied, what was read of it. Time is passed in. Not thread-safe.
 */
final class Copies {
    /** What is a beginning of another file, and has not grown for so long, is no copy that is being made. */
    private static final long COPYING_MILLIS = 5_000;

    private final Map<String, Unfinished> unfinished = new HashMap<>();

    /** @param since when it had this size first */
    private record Unfinished(long since, long size) {}

    /** What a file is. */
    enum Kind {
        COPY,
        /** It is to be looked at again. */
        PERHAPS,
        OWN
    }

    /** @param content all that the file holds */
    record Verdict(Kind kind, Mark content) {}

    Verdict of(Present file, Collection<FollowedFile> followed, long now) throws IOException {
        try (FileChannel channel = FileChannel.open(file.path())) {
            Mark content = Mark.of(channel, channel.size());
            Kind kind = Kind.OWN;
            for (FollowedFile other : followed) {
                if (content.offset() > 0 && mayHaveCopy(other, file) && holdsTheSame(other, channel, content)) {
                    kind = kind(other, content, file, now);
                }
                if (kind != Kind.OWN) {
                    break;
                }
            }
            if (kind != Kind.PERHAPS) {
                unfinished.remove(file.key());
            }
            return new Verdict(kind, content);
        }
    }

    /** What comes under the name that the other had follows it, however alike they begin. */
    private static boolean mayHaveCopy(FollowedFile other, Present file) {
        return !other.isCompressed()
                && Siblings.related(other.family(), file.path())
                && !file.path().equals(other.family())
                && !file.path().equals(other.path());
    }

    private static boolean holdsTheSame(FollowedFile other, FileChannel channel, Mark content) throws IOException {
        return other.matches(other.seen())
                ? other.matches(content)
                : other.seen().matches(channel);
    }

    private Kind kind(FollowedFile other, Mark content, Present file, long now) {
        if (other.seen().offset() == 0) {
            // Nothing of the other has been read; if it is emptied before, this is the only one to read.
            return Kind.PERHAPS;
        }
        if (content.offset() >= other.seen().offset()) {
            return Kind.COPY;
        }
        Unfinished before = unfinished.get(file.key());
        if (before == null || before.size() != content.offset()) {
            before = new Unfinished(now, content.offset());
            unfinished.put(file.key(), before);
        }
        return now - before.since() < COPYING_MILLIS ? Kind.PERHAPS : Kind.OWN;
    }

    /** Forgets files that are gone: their inodes are given out again soon. */
    void keepOnly(Set<String> keys) {
        unfinished.keySet().retainAll(keys);
    }
}
