package jp.hinomi.alerting.incident.axis;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A timeline as shapes: a histogram over lanes over a scale. Across, places are parts of a thousand, so that it fits any width; down,
 * they are pixels, so that words and dots are as large on a telephone as at a desk. Its size depends on the number of lanes
 * and columns, never on how much happened. Immutable.
 */
public record Drawing(
        int height, List<Bar> bars, List<Lane> lanes, List<Mark> marks, List<Tick> ticks, List<Column> columns) {
    /** What logs say, below everything that people and Hinomi did. */
    public static final String EVENTS = "~events";

    public static final int WIDTH = 1000;
    public static final int COLUMNS = 100;

    private static final int COLUMN = WIDTH / COLUMNS;
    private static final int HISTOGRAM = 70;
    /** Words above, and what happened below, where it never covers them. */
    private static final int LANE = 64;

    private static final int LINE = 50;
    private static final int SCALE = 26;
    private static final int STACK = 9;

    /** As many columns as a finger covers on a telephone. */
    private static final int FINGER = 10;

    /** A part of the histogram. */
    public record Bar(String kind, int x, int y, int width, int height) {
        public String percent() {
            return Drawing.percent(x);
        }
    }

    /** @param y of its line */
    public record Lane(String id, int top, int y) {}

    /** @param count how many it stands for */
    public record Mark(String lane, String kind, int x, int y, int radius, int count, long entry) {
        public String percent() {
            return Drawing.percent(x);
        }
    }

    public record Tick(int x, String label, String anchor) {
        public String percent() {
            return Drawing.percent(x);
        }
    }

    /** To zoom into: a single column, or for fingers ten together. */
    public record Column(int x, int width, int count, Window window, boolean wide) {
        public String percent() {
            return Drawing.percent(x);
        }
    }

    private static String percent(int x) {
        return x / 10 + "." + x % 10 + "%";
    }

    /** @param lanes from top to bottom; what is in others is not drawn */
    public static Drawing of(Window window, ZoneId zone, List<String> lanes, Collection<Cell> cells) {
        int height = HISTOGRAM + lanes.size() * LANE + SCALE;
        List<Lane> drawn = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            int top = HISTOGRAM + i * LANE;
            drawn.add(new Lane(lanes.get(i), top, top + LINE));
        }
        List<Tick> ticks = Ticks.of(window, zone).stream()
                .map(tick -> {
                    int x = (int) Math.round(window.place(tick.at()) * WIDTH);
                    return new Tick(x, tick.label(), x < 50 ? "start" : x > WIDTH - 50 ? "end" : "middle");
                })
                .toList();
        Map<Integer, Map<String, Integer>> sums = new TreeMap<>();
        for (Cell cell : cells) {
            if (!cell.kind().equals(AxisFilter.EVENT)) {
                sums.computeIfAbsent(cell.column(), any -> new TreeMap<>())
                        .merge(cell.kind(), cell.count(), Integer::sum);
            }
        }
        return new Drawing(height, bars(sums), drawn, marks(drawn, cells), ticks, columns(window, sums));
    }

    private static List<Bar> bars(Map<Integer, Map<String, Integer>> sums) {
        int most = sums.values().stream().mapToInt(Drawing::sum).max().orElse(1);
        List<Bar> bars = new ArrayList<>();
        sums.forEach((column, kinds) -> {
            int y = HISTOGRAM - 6;
            for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
                // Even one of thousands is seen.
                int height = Math.max(2, (int) ((long) kind.getValue() * (HISTOGRAM - 16) / most));
                y -= height;
                bars.add(new Bar(kind.getKey(), column * COLUMN + 1, Math.max(0, y), COLUMN - 2, height));
            }
        });
        return bars;
    }

    private static int sum(Map<String, Integer> kinds) {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static List<Mark> marks(List<Lane> lanes, Collection<Cell> cells) {
        Map<String, Integer> lines = new TreeMap<>();
        lanes.forEach(lane -> lines.put(lane.id(), lane.y()));
        // Of one moment, several kinds stand above each other, the first on the line.
        Map<String, Integer> stacked = new HashMap<>();
        List<Mark> marks = new ArrayList<>();
        for (Cell cell : cells) {
            Integer y = lines.get(cell.lane());
            if (y != null) {
                int above = stacked.merge(cell.lane() + "|" + cell.column(), 1, Integer::sum) - 1;
                int radius = Math.min(9, 4 + (int) (Math.log10(Math.max(1, cell.count())) * 2.5));
                marks.add(new Mark(
                        cell.lane(),
                        cell.kind(),
                        cell.column() * COLUMN + COLUMN / 2,
                        y - STACK * Math.min(above, 2),
                        radius,
                        cell.count(),
                        cell.entry()));
            }
        }
        return marks;
    }

    private static List<Column> columns(Window window, Map<Integer, Map<String, Integer>> sums) {
        List<Column> columns = new ArrayList<>();
        // A little more than the column, so that its neighbours are seen.
        sums.forEach((column, kinds) -> part(window, column - 2, column + 3)
                .ifPresent(each -> columns.add(new Column(column * COLUMN, COLUMN, sum(kinds), each, false))));
        for (int first = 0; first < COLUMNS; first += FINGER) {
            int from = first;
            int count = sums.entrySet().stream()
                    .filter(each -> each.getKey() >= from && each.getKey() < from + FINGER)
                    .mapToInt(each -> sum(each.getValue()))
                    .sum();
            if (count > 0) {
                part(window, from, from + FINGER)
                        .ifPresent(each -> columns.add(new Column(from * COLUMN, FINGER * COLUMN, count, each, true)));
            }
        }
        return columns;
    }

    private static Optional<Window> part(Window window, int from, int to) {
        return Window.of(
                window.at(Math.max(0, from), COLUMNS).toString(),
                window.at(Math.min(COLUMNS, to), COLUMNS).toString());
    }
}
