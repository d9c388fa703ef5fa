package jp.hinomi.correlation.engine;

import java.util.List;
import java.util.Map;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * An event and the detections that hold for it.
 *
 * @param due when its turn is: its time, or later for one that was appended more than the bound after it happened
 */
public record Happening(String id, long time, List<String> matched, Map<String, String> fields, long due) {
    public Happening(String id, long time, List<String> matched, Map<String, String> fields) {
        this(id, time, matched, fields, time);
    }

    public boolean isLate() {
        return due > time;
    }

    public SecurityEvent event() {
        SecurityEvent.Builder event = new SecurityEvent.Builder(id, time);
        fields.forEach((name, value) -> event.put(Fields.of(name), value));
        return event.build();
    }
}
