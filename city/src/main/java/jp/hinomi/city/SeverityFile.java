package jp.hinomi.city;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Severity;

/** Reads {@code severity.yaml}. */
final class SeverityFile {
    static final String NAME = "severity.yaml";

    private final Reading reading;

    SeverityFile(Reading reading) {
        this.reading = reading;
    }

    /** The matrix, if no cell is missing or wrong. */
    Optional<SeverityMatrix> read() {
        Optional<Form> matrix = reading.root(NAME, "severity").flatMap(node -> Form.of(node, "'severity'", reading));
        if (matrix.isEmpty()) {
            return Optional.empty();
        }
        Map<Severity, Map<Criticality, Severity>> cells = new EnumMap<>(Severity.class);
        int read = 0;
        try (Form rows = matrix.get()) {
            for (Severity level : Severity.values()) {
                Map<Criticality, Severity> row = new EnumMap<>(Criticality.class);
                Optional<Form> columns = rows.form(level.word(), true, "the row '" + level.word() + "'");
                if (columns.isPresent()) {
                    try (Form form = columns.get()) {
                        for (Criticality criticality : Criticality.values()) {
                            form.required(
                                            criticality.word(),
                                            Formats.word("severity", Severity.values(), Severity::word))
                                    .ifPresent(severity -> row.put(criticality, severity));
                        }
                    }
                }
                read += row.size();
                cells.put(level, row);
            }
        }
        return read == Severity.values().length * Criticality.values().length
                ? Optional.of(new SeverityMatrix(cells))
                : Optional.empty();
    }
}
