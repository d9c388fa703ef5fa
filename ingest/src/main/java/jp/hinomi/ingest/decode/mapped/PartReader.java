package jp.hinomi.ingest.decode.mapped;

import jp.hinomi.city.LogFormat;
import jp.hinomi.ingest.decode.json.JsonObject;

/** Takes a message apart. Thread-safe. */
interface PartReader {
    /** @throws Unreadable if the message is not of this shape */
    JsonObject read(String message) throws Unreadable;

    static PartReader of(LogFormat.Shape shape) {
        if (shape instanceof LogFormat.Shape.KeyValue pairs) {
            return new KeyValueParts(pairs.separator(), pairs.assignment());
        }
        if (shape instanceof LogFormat.Shape.Csv csv) {
            return new CsvParts(csv.separator(), csv.columns());
        }
        if (shape instanceof LogFormat.Shape.Regex regex) {
            return new RegexParts(regex.pattern());
        }
        return new JsonParts();
    }

    /** Where a message stops being what it should be. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final int index;

        /** @param index of the character in the message */
        Unreadable(String reason, int index) {
            super(reason, null, false, false);
            this.index = index;
        }

        int index() {
            return index;
        }
    }
}
