package jp.hinomi.ingest.decode.windows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * What an event id means by ECS.
 *
 * @param action or null
 * @param categories one text, or a list of several
 * @param types one text, or a list of several
 */
record Classification(String action, Object categories, Object types) {
    /** @param table lines {@code id[,id…] action categories types}; several are joined by commas, {@code -} is none */
    static Map<Long, Classification> table(String table) {
        Map<Long, Classification> out = new HashMap<>();
        table.lines().forEach(line -> {
            String[] columns = line.trim().split(" +");
            Classification meaning = new Classification(
                    columns[1].equals("-") ? null : columns[1], several(columns[2]), several(columns[3]));
            for (String id : columns[0].split(",")) {
                if (out.put(Long.valueOf(id), meaning) != null) {
                    throw new IllegalStateException("event " + id + " stands twice in the table");
                }
            }
        });
        return Map.copyOf(out);
    }

    private static Object several(String joined) {
        List<String> parts = List.of(joined.split(","));
        return parts.size() == 1 ? parts.get(0) : parts;
    }

    void put(EventDraft event) {
        event.action(action).classify(categories, types);
    }
}
