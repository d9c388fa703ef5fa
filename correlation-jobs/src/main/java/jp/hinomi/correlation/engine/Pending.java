package jp.hinomi.correlation.engine;

/**
 * A match that waits for its turn. In order of turns, then of {@link Match#ORDER}.
 *
 * @param due when its turn is, in milliseconds since the epoch
 */
record Pending(Match match, long due, Cell cell) implements Comparable<Pending> {
    boolean isLate() {
        return due > match.time();
    }

    @Override
    public int compareTo(Pending other) {
        return due != other.due ? Long.compare(due, other.due) : match.compareTo(other.match);
    }
}
