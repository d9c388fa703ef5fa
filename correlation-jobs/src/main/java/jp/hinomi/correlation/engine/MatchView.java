package jp.hinomi.correlation.engine;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jp.hinomi.correlation.engine.epl.EplProgram;
import jp.hinomi.correlation.engine.epl.EventShape;
import jp.hinomi.events.Field;
import jp.hinomi.events.SecurityEvent;

/**
 * A match as an event of a statement: a map, nested as the names of the fields are, that reads the log event when it is
 * asked and copies nothing. Compared by identity. The firing of a correlation has its alert's id, its time and the fields of
 * the group.
 */
final class MatchView extends AbstractMap<String, Object> {
    private final Cell cell;
    private final Match match;
    private final EventShape shape;

    MatchView(Cell cell, Match match, EventShape shape) {
        this.cell = Objects.requireNonNull(cell, "cell");
        this.match = Objects.requireNonNull(match, "match");
        this.shape = Objects.requireNonNull(shape, "shape");
    }

    Cell cell() {
        return cell;
    }

    Match match() {
        return match;
    }

    @Override
    public Object get(Object key) {
        if (EplProgram.cell().equals(key)) {
            return cell;
        }
        Object part = shape.part((String) key);
        if (part instanceof EventShape inner) {
            return new MatchView(cell, match, inner);
        }
        return part instanceof EventShape.Leaf leaf ? leaf.convert(value(leaf.field())) : null;
    }

    private Object value(Field field) {
        if (field.name().equals(SecurityEvent.ID)) {
            return match.id();
        }
        if (field.name().equals("timestamp")) {
            return match.time();
        }
        if (match.depth() > 0) {
            return cell.correlation().named(cell.key()).get(field.name());
        }
        return match.evidence().get(0).event().event().get(field);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    /** Statements ask for properties by name and never for all of them. */
    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return Set.of();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
