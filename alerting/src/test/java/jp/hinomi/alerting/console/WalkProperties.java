package jp.hinomi.alerting.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class WalkProperties {
    private static final long TOP = 100_000;

    record Row(int level, long seq) {}

    private long clock;
    private int pieces;

    /** Every look takes some time, which is the longer the more there is to look at. */
    private List<Row> piece(List<Row> rows, long perAlert, OptionalInt level, long from, long below, int most) {
        pieces++;
        clock += 1 + perAlert * (below - from);
        return rows.stream()
                .filter(row -> level.isEmpty() || row.level() == level.getAsInt())
                .filter(row -> row.seq() >= from && row.seq() < below)
                .sorted(Comparator.comparing(Row::seq).reversed())
                .limit(most)
                .toList();
    }

    private static List<Row> rows(List<Long> seqs) {
        return seqs.stream()
                .distinct()
                .map(seq -> new Row((int) (seq * 7919 % 5), seq))
                .toList();
    }

    @Property(tries = 200)
    void whoeverGoesOnSeesEveryRowOnceInOrderHoweverLittleTimeThereIs(
            @ForAll @Size(max = 60) List<@LongRange(min = 1, max = TOP - 1) Long> seqs,
            @ForAll boolean byLevel,
            @ForAll @IntRange(min = 1, max = 70) int most,
            @ForAll @LongRange(min = 0, max = 2_000_000) long budget,
            @ForAll @LongRange(min = 0, max = 50) long perAlert) {
        List<Row> rows = rows(seqs);
        Walk<Row> walk = new Walk<>(
                () -> clock, (level, from, below, limit) -> piece(rows, perAlert, level, from, below, limit));
        List<Row> seen = new ArrayList<>();
        int level = 4;
        long below = TOP;
        while (true) {
            int top = level;
            List<OptionalInt> levels = byLevel
                    ? IntStream.iterate(top, each -> each >= 0, each -> each - 1)
                            .mapToObj(OptionalInt::of)
                            .toList()
                    : List.of(OptionalInt.empty());
            Walk.Found<Row> found = walk.read(levels, below, TOP, most, budget);
            seen.addAll(found.rows());
            if (found.goesOn().isPresent()) {
                level = found.goesOn().get().level();
                below = found.goesOn().get().below();
            } else if (found.rows().size() == most) {
                level = seen.get(seen.size() - 1).level();
                below = seen.get(seen.size() - 1).seq();
            } else {
                break;
            }
        }
        Comparator<Row> order = Comparator.comparing(Row::seq).reversed();
        assertThat(seen)
                .isEqualTo(Stream.of(rows)
                        .flatMap(List::stream)
                        .sorted(
                                byLevel
                                        ? Comparator.comparing(Row::level)
                                                .reversed()
                                                .thenComparing(order)
                                        : order)
                        .toList());
    }

    @Property(tries = 50)
    void whatIsQuickToFindIsLookedForInFewPieces(@ForAll @LongRange(min = 1, max = 5_000_000) long top) {
        pieces = 0;
        clock = 0;
        new Walk<Row>(() -> clock, (level, from, below, most) -> piece(List.of(), 0, level, from, below, most))
                .read(List.of(OptionalInt.empty()), top, top, 50, 1000);
        assertThat(pieces).isLessThanOrEqualTo(4);
    }

    @Property(tries = 50)
    void aLookEndsSoonAfterItsTimeHoweverMuchThereIs(@ForAll @LongRange(min = 1, max = 30) long perAlert) {
        clock = 0;
        long budget = 2 * Walk.FIRST * perAlert;
        new Walk<Row>(() -> clock, (level, from, below, most) -> piece(List.of(), perAlert, level, from, below, most))
                .read(List.of(OptionalInt.empty()), Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, 50, budget);
        assertThat(clock).isLessThanOrEqualTo(2 * budget);
    }
}
