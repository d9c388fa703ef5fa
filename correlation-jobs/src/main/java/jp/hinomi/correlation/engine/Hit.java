package jp.hinomi.correlation.engine;

import java.util.List;
import java.util.Objects;

/**
 * A correlation fired.
 *
 * @param time when: that of the completing match, or the end of the window
 * @param completingId id of the match that completed it; for types judged at the end of a window, of the one that opened it
 * @param matches what it rests on, newest first
 * @param uncounted how many distinct matches of the window are not in {@code matches} because the window overflowed
 */
public record Hit(long time, String completingId, List<Match> matches, long uncounted) {
    public Hit {
        Objects.requireNonNull(completingId, "completing id");
        matches = List.copyOf(matches);
    }
}
