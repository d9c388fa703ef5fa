package jp.hinomi.alerting.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Layer;
import jp.hinomi.city.Resource;

/**
 * The map as a drawing: each layer a lane with its resources, on the right whoever answers, each in the middle of what it answers
 * for. Positions only; the page draws them.
 */
public record MapGraph(int width, int height, List<Band> bands, List<Box> boxes, List<Box> parties, List<Line> lines) {
    private static final int LANE_X = 8;
    private static final int BOX_X = 130;
    private static final int PARTY_X = 720;
    private static final int BOX_WIDTH = 250;
    private static final int BOX_HEIGHT = 40;
    private static final int STEP = 50;
    private static final int GAP = 18;

    /** A lane. */
    public record Band(Layer layer, int y, int height) {}

    /** @param covered whether somebody answers for it; of a party always */
    public record Box(String id, int x, int y, boolean covered) {
        public int middle() {
            return y + BOX_HEIGHT / 2;
        }
    }

    public record Line(Duty duty, String resource, String party, String path) {}

    /** @param table what is drawn; only what is valid on its day */
    static MapGraph of(MapTable table) {
        List<Band> bands = new ArrayList<>();
        Map<String, Box> boxes = new LinkedHashMap<>();
        int y = 8;
        for (MapTable.Lane lane : table.lanes()) {
            int top = y;
            y += GAP / 2;
            for (MapTable.Row row : lane.rows()) {
                Resource resource = row.resource();
                boxes.put(resource.id(), new Box(resource.id(), BOX_X, y, row.covered()));
                y += STEP;
            }
            bands.add(new Band(lane.layer(), top, y - top));
            y += GAP / 2;
        }
        Map<String, Box> parties = parties(table, boxes, y);
        List<Line> lines = new ArrayList<>();
        for (MapTable.Lane lane : table.lanes()) {
            for (MapTable.Row row : lane.rows()) {
                row.entries().stream()
                        .filter(entry -> entry.when() == MapTable.When.VALID)
                        .forEach(entry -> lines.add(line(
                                entry.of().duty(),
                                boxes.get(row.resource().id()),
                                parties.get(entry.of().stakeholder()))));
            }
        }
        int height =
                Math.max(y, parties.values().stream().mapToInt(Box::y).max().orElse(0) + BOX_HEIGHT + GAP);
        return new MapGraph(
                PARTY_X + BOX_WIDTH + LANE_X,
                height,
                bands,
                List.copyOf(boxes.values()),
                List.copyOf(parties.values()),
                lines);
    }

    /** Each as near as can be to the middle of what it answers for, without covering another. */
    private static Map<String, Box> parties(MapTable table, Map<String, Box> boxes, int height) {
        Map<String, List<Integer>> at = new LinkedHashMap<>();
        table.lanes().stream()
                .flatMap(lane -> lane.rows().stream())
                .forEach(row -> row.entries().stream()
                        .filter(entry -> entry.when() == MapTable.When.VALID)
                        .forEach(entry -> at.computeIfAbsent(entry.of().stakeholder(), any -> new ArrayList<>())
                                .add(boxes.get(row.resource().id()).y())));
        Map<String, Double> middles = new LinkedHashMap<>();
        at.forEach((id, ys) -> middles.put(
                id, ys.stream().mapToInt(Integer::intValue).average().orElse(0)));
        List<String> order = middles.keySet().stream()
                .sorted(Comparator.comparing((String id) -> middles.get(id)).thenComparing(id -> id))
                .toList();
        double step = Math.max(STEP, Math.min(STEP * 2.0, (double) height / Math.max(1, order.size())));
        Map<String, Box> parties = new LinkedHashMap<>();
        double next = GAP;
        for (int i = 0; i < order.size(); i++) {
            double last = height - step * (order.size() - i);
            double y = Math.max(next, Math.min(middles.get(order.get(i)), last));
            parties.put(order.get(i), new Box(order.get(i), PARTY_X, (int) y, true));
            next = y + STEP;
        }
        return parties;
    }

    private static Line line(Duty duty, Box from, Box to) {
        int left = BOX_X + BOX_WIDTH;
        // Lines of different duties between the same two lie beside each other.
        int shift = (duty.ordinal() - 2) * 5;
        int bend = (left + PARTY_X) / 2;
        return new Line(
                duty,
                from.id(),
                to.id(),
                String.format(
                        Locale.ROOT,
                        "M%d %dC%d %d %d %d %d %d",
                        left,
                        from.middle() + shift,
                        bend,
                        from.middle() + shift,
                        bend,
                        to.middle() + shift,
                        PARTY_X,
                        to.middle() + shift));
    }
}
