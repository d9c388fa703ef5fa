package jp.hinomi.correlation.engine;

import java.util.Objects;

/** The event type that EPL sees: a match and whose it is. Public because the code that Esper generates calls it. */
public final class GroupMatch {
    private final Cell cell;
    private final Match match;
    private RuntimeException failure;

    GroupMatch(Cell cell, Match match) {
        this.cell = Objects.requireNonNull(cell, "cell");
        this.match = Objects.requireNonNull(match, "match");
    }

    /** What EPL groups by. */
    public Cell getCell() {
        return cell;
    }

    Match match() {
        return match;
    }

    /**
     * Shows the match to what its group remembers. A failure is kept and not thrown: on its way through Esper it would leave
     * behind what the next match of another rule stumbles over.
     *
     * @return the hit if the correlation fires, else null
     */
    Hit evaluate() {
        try {
            return cell.accumulator().add(match);
        } catch (RuntimeException e) {
            failure = e;
            return null;
        }
    }

    /** Null if all went well. */
    RuntimeException failure() {
        return failure;
    }
}
