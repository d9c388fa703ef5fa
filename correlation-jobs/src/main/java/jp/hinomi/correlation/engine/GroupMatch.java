package jp.hinomi.correlation.engine;

import java.util.Objects;

/** The event type that EPL sees: a match and whose it is. Public because the code that Esper generates calls it. */
public final class GroupMatch {
    private final Cell cell;
    private final Match match;

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
}
