package jp.hinomi.ingest.clock;

import java.util.Objects;
import jp.hinomi.events.SourceHealth.State;

/**
 * Something that is wrong with a source, from its beginning on.
 *
 * @param state what is wrong; never {@code OK}
 * @param begin in append time, milliseconds since the epoch
 * @param said up to when somebody was told
 * @param revision of what was said last, from 1
 * @param measure when it began: the clock's offset in milliseconds, the share of rejects in thousandths, or how long the
 *     silence may last in milliseconds
 */
public record Episode(State state, long begin, long said, int revision, long measure) {
    public Episode {
        Objects.requireNonNull(state, "state");
        if (state == State.OK || said < begin || revision < 1) {
            throw new IllegalArgumentException("no episode: " + state + " from " + begin + " to " + said);
        }
    }

    Episode next(long time) {
        return new Episode(state, begin, Math.max(said, time), revision + 1, measure);
    }
}
