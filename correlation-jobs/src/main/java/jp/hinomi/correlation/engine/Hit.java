package jp.hinomi.correlation.engine;

import java.util.List;
import java.util.Objects;

/**
 * A correlation fired. To be used before the next match is evaluated: the matches are those of the living state.
 *
 * @param time when: that of the completing match, or the end of the window
 * @param completingId of the match that completed it; for types judged at the end of a window, of the one that opened it
 * @param matches what it rests on, newest first, as far as it is kept; at least one
 * @param held how many matches it rests on; 0 if those in {@code matches} are all
 * @param fresh how many of these came since it fired last; 0 if those in {@code matches} are all
 */
public record Hit(long time, String completingId, Iterable<Match> matches, long held, long fresh) {
    public Hit {
        Objects.requireNonNull(completingId, "completing id");
    }

    /** At the completing match, on nothing but {@code matches}. */
    static Hit of(Match completing, Iterable<Match> matches) {
        return new Hit(completing.time(), completing.completingId(), matches, 0, 0);
    }

    static Hit of(Match completing, List<Match> matches) {
        return of(completing, (Iterable<Match>) matches);
    }
}
