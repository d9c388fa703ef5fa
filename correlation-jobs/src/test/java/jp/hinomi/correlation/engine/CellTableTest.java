package jp.hinomi.correlation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Compared with a map. Seen to fail without moving cells up behind a gap, and with cells moved up that are where they
 * belong.
 */
class CellTableTest {
    @Test
    void findsWhatAMapFinds() {
        Random random = new Random(7);
        CellTable table = new CellTable();
        Map<GroupKey, Cell> map = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // Grows, shrinks and grows again.
            boolean grows = i / 40_000 % 2 == 0;
            GroupKey key = new GroupKey(
                    "c" + random.nextInt(3), List.of("203.0." + random.nextInt(20) + "." + random.nextInt(250)));
            Cell known = map.get(key);
            assertThat(table.get(key)).isSameAs(known);
            if (known == null && (grows || random.nextInt(10) == 0)) {
                Cell cell = new Cell(key, null);
                table.put(cell);
                map.put(key, cell);
            } else if (known != null && (!grows || random.nextInt(3) == 0)) {
                table.remove(known);
                map.remove(key);
            }
            if (i % 70_000 == 69_999) {
                table.drop(
                        Set.of("c1"), cell -> assertThat(map.remove(cell.key())).isSameAs(cell));
                assertThat(map.keySet()).noneMatch(left -> left.correlation().equals("c1"));
            }
            assertThat(table.size()).isEqualTo(map.size());
        }
        Set<Cell> all = new HashSet<>();
        table.forEach(all::add);
        assertThat(all).isEqualTo(new HashSet<>(map.values()));
    }

    /** A cell of that key, but another one: it was dropped and made again. */
    @Test
    void takesOutNoOther() {
        CellTable table = new CellTable();
        GroupKey key = new GroupKey("c", List.of());
        Cell there = new Cell(key, null);
        table.put(there);
        table.remove(new Cell(key, null));
        assertThat(table.get(key)).isSameAs(there);
    }
}
