package jp.hinomi.city;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Severity;

/** The city's own scale (CPS.AE-5): rule level × criticality of the touched resource → severity of the alert. Immutable. */
public final class SeverityMatrix {
    private final Map<Severity, Map<Criticality, Severity>> cells = new EnumMap<>(Severity.class);

    /** @throws IllegalArgumentException if a cell is missing */
    public SeverityMatrix(Map<Severity, Map<Criticality, Severity>> cells) {
        for (Severity level : Severity.values()) {
            for (Criticality criticality : Criticality.values()) {
                Severity severity = cells.getOrDefault(level, Map.of()).get(criticality);
                if (severity == null) {
                    throw new IllegalArgumentException("no severity for a rule of level " + level.word()
                            + " on a resource of criticality " + criticality.word());
                }
                this.cells
                        .computeIfAbsent(level, any -> new EnumMap<>(Criticality.class))
                        .put(criticality, severity);
            }
        }
    }

    /** Severity of an alert that touches no known resource is the level of its rule. */
    public Severity severity(Severity level, Optional<Criticality> criticality) {
        return criticality.map(known -> cells.get(level).get(known)).orElse(level);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeverityMatrix matrix && cells.equals(matrix.cells);
    }

    @Override
    public int hashCode() {
        return cells.hashCode();
    }
}
