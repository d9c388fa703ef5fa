package jp.hinomi.rules.route;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * What an event says about where it comes from; all that routing looks at. Absent parts are null.
 *
 * @param category {@code String}, or a list of several
 */
public record EventKind(Object dataset, Object module, Object category, Object os, Object process) {
    private static final Field OS = Fields.of("host.os.type");

    /** A process that no entry of the table lists; no process has this name. */
    static final String OTHER_PROCESS = "";

    public static EventKind of(SecurityEvent event) {
        return of(event, event.get(Fields.PROCESS_NAME));
    }

    static EventKind of(SecurityEvent event, Object process) {
        return new EventKind(
                event.get(Fields.EVENT_DATASET),
                event.get(Fields.EVENT_MODULE),
                event.get(Fields.EVENT_CATEGORY),
                event.get(OS),
                process);
    }

    /** The values of a part: none, one or several. */
    static List<?> values(Object part) {
        return part == null ? List.of() : part instanceof List<?> list ? list : List.of(part);
    }
}
