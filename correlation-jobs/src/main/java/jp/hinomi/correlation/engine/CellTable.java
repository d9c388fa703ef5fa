package jp.hinomi.correlation.engine;

import java.util.Set;
import java.util.function.Consumer;

/**
 * Cells by their key: a hash table without an object per entry, and with a hash that spreads. That of a {@link GroupKey},
 * which also says where Flink keeps its state and has to stay what it is, is made of texts that look alike, and lets so many
 * addresses fall together that a {@code HashMap} grows trees. Not thread-safe.
 */
final class CellTable {
    private static final int SMALLEST = 16;

    /** Linear probing; its length is a power of two, at most two thirds are in use. */
    private Cell[] cells = new Cell[SMALLEST];

    private int size;

    int size() {
        return size;
    }

    /** Null if there is none. */
    Cell get(GroupKey key) {
        int mask = cells.length - 1;
        for (int at = spread(key) & mask; ; at = at + 1 & mask) {
            Cell cell = cells[at];
            if (cell == null || cell.key().equals(key)) {
                return cell;
            }
        }
    }

    /** @param cell of a key that is not there */
    void put(Cell cell) {
        if (3 * (size + 1) > 2 * cells.length) {
            resize(2 * cells.length);
        }
        size++;
        insert(cell);
    }

    private void insert(Cell cell) {
        int mask = cells.length - 1;
        int at = spread(cell.key()) & mask;
        while (cells[at] != null) {
            at = at + 1 & mask;
        }
        cells[at] = cell;
    }

    private void resize(int length) {
        Cell[] before = cells;
        cells = new Cell[length];
        for (Cell cell : before) {
            if (cell != null) {
                insert(cell);
            }
        }
    }

    /** Takes the cell out; those behind it move up, so that none is lost behind a gap. */
    void remove(Cell cell) {
        int mask = cells.length - 1;
        int at = spread(cell.key()) & mask;
        while (cells[at] != cell) {
            if (cells[at] == null) {
                return;
            }
            at = at + 1 & mask;
        }
        int gap = at;
        for (int next = gap + 1 & mask; cells[next] != null; next = next + 1 & mask) {
            int home = spread(cells[next].key()) & mask;
            if ((next - home & mask) >= (next - gap & mask)) {
                cells[gap] = cells[next];
                gap = next;
            }
        }
        cells[gap] = null;
        size--;
        if (cells.length > SMALLEST && 8 * size < cells.length) {
            resize(cells.length / 2);
        }
    }

    /** Takes the cells of these correlations out. */
    void drop(Set<String> correlations, Consumer<Cell> dropped) {
        Cell[] before = cells;
        cells = new Cell[before.length];
        size = 0;
        for (Cell cell : before) {
            if (cell != null && correlations.contains(cell.key().correlation())) {
                dropped.accept(cell);
            } else if (cell != null) {
                put(cell);
            }
        }
    }

    /** Not while cells are put or taken out. */
    void forEach(Consumer<Cell> visitor) {
        for (Cell cell : cells) {
            if (cell != null) {
                visitor.accept(cell);
            }
        }
    }

    /** The finalizer of MurmurHash3: every bit of the hash decides about every bit of the place. */
    private static int spread(GroupKey key) {
        int hash = key.hashCode();
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }
}
