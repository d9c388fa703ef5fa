package jp.hinomi.ingest.decode.cef;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Ascii;

/** From 0 to 10, the most severe, or a word for a part of that scale. Stateless. */
final class Severity {
    private static final Field LOG_LEVEL = Fields.of("log.level");

    private Severity() {}

    static void put(String text, EventDraft event) {
        if (text == null || text.isEmpty()) {
            return;
        }
        long number = Numbers.parse(text);
        if (number >= 0 && number <= 10) {
            event.number(Fields.EVENT_SEVERITY, number);
            return;
        }
        event.text(LOG_LEVEL, Ascii.lower(text));
        switch (Ascii.lower(text)) {
            case "low" -> event.number(Fields.EVENT_SEVERITY, 0);
            case "medium" -> event.number(Fields.EVENT_SEVERITY, 4);
            case "high" -> event.number(Fields.EVENT_SEVERITY, 7);
            case "very-high", "critical" -> event.number(Fields.EVENT_SEVERITY, 9);
            default -> {
                // "Unknown" and the vendor's own words say no number.
            }
        }
    }
}
