package jp.hinomi.ingest.decode.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * Puts the members of a JSON object under a vendor's prefix: with the prefix {@code suricata.eve}, {@code
 * {"ssh":{"client":{"banner":"x"}}}} becomes {@code suricata.eve.ssh.client.banner}. Of an array of objects the values of
 * each member become one list, as ECS flattens them. Members that became ECS fields already are skipped, others can be
 * given another name. Spaces in names are left out, as Sigma leaves them out in rules. Thread-safe; one per format, in a
 * static final field.
 *
 * <p>Bounded, whatever a record contains: names that were seen are remembered up to a limit, so that usual events build no
 * strings; depth, length of names, fields per event and elements per array have limits, beyond which values are left out
 * ({@code event.original} has them).
 */
public final class VendorFields {
    private static final int MAX_REMEMBERED = 8_192;
    private static final int MAX_FIELDS = 512;
    private static final int MAX_ELEMENTS = 256;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 64;

    private final Set<String> skipped;
    private final Map<String, String> renamed;
    private final Node root;
    private final AtomicInteger remembered = new AtomicInteger();

    /**
     * @param prefix without the last dot
     * @param skipped dotted paths of members to leave out, with all that is inside them
     * @param renamed dotted paths of members, and the whole name of the field that each goes to
     */
    public VendorFields(String prefix, Set<String> skipped, Map<String, String> renamed) {
        this.skipped = Set.copyOf(skipped);
        this.renamed = Map.copyOf(renamed);
        this.root = new Node("", prefix);
    }

    public void put(JsonObject object, EventDraft event) {
        Walk walk = new Walk(event);
        walk.object(object, root, 1, false);
        walk.finish();
    }

    /** One member wherever it occurs: its path, and the field it goes to. */
    private final class Node {
        private final String path;
        private final Field field;
        private final boolean skip;
        private final Map<String, Node> children = new ConcurrentHashMap<>(4);

        Node(String path, String fieldName) {
            this.path = path;
            this.field = Fields.of(fieldName);
            this.skip = skipped.contains(path);
        }

        Node child(String name) {
            Node child = children.get(name);
            if (child != null) {
                return child;
            }
            if (!isName(name)) {
                return null;
            }
            String childPath = path.isEmpty() ? name : path + '.' + name;
            child = new Node(childPath, renamed.getOrDefault(childPath, field.name() + '.' + name.replace(" ", "")));
            if (remembered.get() < MAX_REMEMBERED && children.putIfAbsent(name, child) == null) {
                remembered.incrementAndGet();
            }
            return child;
        }

        private static boolean isName(String name) {
            for (int i = 0; i < name.length(); i++) {
                if (Character.isISOControl(name.charAt(i)) || Character.isSurrogate(name.charAt(i))) {
                    return false;
                }
            }
            return !name.isBlank() && name.length() <= MAX_NAME;
        }
    }

    /** One event's way through its object. */
    private static final class Walk {
        private final EventDraft event;
        private final Map<Field, List<Object>> columns = new HashMap<>(0);
        private int fields;

        Walk(EventDraft event) {
            this.event = event;
        }

        /** @param inArray true if members may come again, so that their values are collected */
        void object(JsonObject object, Node node, int depth, boolean inArray) {
            for (Map.Entry<String, Object> member : object.members().entrySet()) {
                Node child = node.child(member.getKey());
                if (child != null && !child.skip) {
                    value(member.getValue(), child, depth, inArray);
                }
            }
        }

        private void value(Object value, Node node, int depth, boolean inArray) {
            if (value instanceof JsonObject inner) {
                if (depth < MAX_DEPTH) {
                    object(inner, node, depth + 1, inArray);
                }
            } else if (value instanceof List<?> list) {
                int end = Math.min(list.size(), MAX_ELEMENTS);
                for (int i = 0; i < end && depth < MAX_DEPTH; i++) {
                    value(list.get(i), node, depth + 1, true);
                }
            } else if (!"".equals(value)) {
                if (inArray) {
                    column(node, value);
                } else if (fields++ < MAX_FIELDS) {
                    event.put(node.field, value);
                }
            }
        }

        private void column(Node node, Object value) {
            List<Object> column = columns.get(node.field);
            if (column == null) {
                if (fields++ >= MAX_FIELDS) {
                    return;
                }
                column = new ArrayList<>();
                columns.put(node.field, column);
            }
            if (column.size() < MAX_ELEMENTS) {
                column.add(value);
            }
        }

        void finish() {
            columns.forEach(event::put);
        }
    }
}
