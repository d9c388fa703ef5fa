package jp.hinomi.ingest;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.Criticality;
import jp.hinomi.city.Notification;
import jp.hinomi.city.SeverityMatrix;
import jp.hinomi.city.Source;
import jp.hinomi.events.Severity;

/** Cities that have nothing but sources. */
public final class Cities {
    private Cities() {}

    public static City of(Source... sources) {
        Map<String, Source> byId = new LinkedHashMap<>();
        for (Source source : sources) {
            byId.put(source.id(), source);
        }
        return new City(
                "minato",
                Map.of("en", "Minato"),
                ZoneId.of("Asia/Tokyo"),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                byId,
                matrix(),
                Map.of(),
                List.of(),
                Map.of(),
                Notification.standard(),
                List.of(),
                Map.of(),
                Map.of());
    }

    public static Source source(String id, String topic, String format, String charset, String... senders) {
        return new Source(
                id,
                topic,
                format,
                ZoneId.of("Asia/Tokyo"),
                Charset.forName(charset),
                Optional.empty(),
                Optional.empty(),
                List.of(senders));
    }

    private static SeverityMatrix matrix() {
        Map<Severity, Map<Criticality, Severity>> cells = new EnumMap<>(Severity.class);
        for (Severity level : Severity.values()) {
            Map<Criticality, Severity> row = new EnumMap<>(Criticality.class);
            for (Criticality criticality : Criticality.values()) {
                row.put(criticality, level);
            }
            cells.put(level, row);
        }
        return new SeverityMatrix(cells);
    }
}
