package jp.hinomi.correlation.engine.epl;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.configuration.Configuration;
import java.util.Map;
import java.util.Objects;

/**
 * A statement that was checked and compiled; may run in any number of runtimes. Immutable and thread-safe. Its {@link
 * #toString} is what decides the state of the rule: a changed statement starts afresh.
 */
public final class EplProgram {
    private final String source;
    private final EPCompiled compiled;
    private final Map<String, Map<String, Object>> types;
    private final boolean timers;

    EplProgram(String source, EPCompiled compiled, Map<String, Map<String, Object>> types, boolean timers) {
        this.source = Objects.requireNonNull(source, "source");
        this.compiled = Objects.requireNonNull(compiled, "compiled");
        this.types = Map.copyOf(types);
        this.timers = timers;
    }

    /** What it reads of the events of a listed rule. */
    public EventShape shape(String stream) {
        return EventShape.of(types.get(stream), "");
    }

    public EPCompiled compiled() {
        return compiled;
    }

    /** For a runtime that is to run it. Each call makes a new one. */
    public Configuration configuration() {
        return EplConfiguration.of(types);
    }

    /** True if it may fire when time passes, and not only at a match. */
    public boolean hasTimers() {
        return timers;
    }

    /** The name of the event that ends a group, with the group under {@link #cell()}. */
    public static String over() {
        return EplConfiguration.OVER;
    }

    /** The property of every event by which the engine groups. */
    public static String cell() {
        return EventFields.CELL;
    }

    /** As {@code hinomi rules explain} shows it: the statement as it runs. */
    public String source() {
        return source;
    }

    @Override
    public String toString() {
        return source;
    }
}
