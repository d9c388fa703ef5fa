package jp.hinomi.ingest.decode.mapped;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.decode.json.JsonObject;

/** RFC 4180: quotes around a column hide separators, a doubled quote is one. Columns beyond the named ones are left out. */
final class CsvParts implements PartReader {
    private final char separator;
    private final List<String> columns;

    CsvParts(char separator, List<String> columns) {
        this.separator = separator;
        this.columns = List.copyOf(columns);
    }

    @Override
    public JsonObject read(String message) throws Unreadable {
        Map<String, Object> values = new LinkedHashMap<>();
        int at = 0;
        int column = 0;
        while (column < columns.size() && at <= message.length()) {
            int end;
            String value;
            if (at < message.length() && message.charAt(at) == '"') {
                StringBuilder text = new StringBuilder();
                end = quoted(message, at + 1, text);
                value = text.toString();
            } else {
                end = message.indexOf(separator, at);
                end = end < 0 ? message.length() : end;
                value = message.substring(at, end);
            }
            String name = columns.get(column++);
            if (!name.equals("-") && !value.isEmpty()) {
                values.put(name, value);
            }
            at = end + 1;
        }
        if (column < columns.size()) {
            throw new Unreadable(
                    "the line has " + column + " columns and the format " + columns.size()
                            + ": check the format's separator and columns",
                    message.length());
        }
        return JsonObject.of(values);
    }

    /** @return the index of the separator after the closing quote, or the message's end */
    private int quoted(String message, int from, StringBuilder text) throws Unreadable {
        int at = from;
        while (true) {
            int quote = message.indexOf('"', at);
            if (quote < 0) {
                throw new Unreadable(
                        "the quote does not end: the sender cut the line; raise its maximum message size", from - 1);
            }
            text.append(message, at, quote);
            if (quote + 1 < message.length() && message.charAt(quote + 1) == '"') {
                text.append('"');
                at = quote + 2;
            } else if (quote + 1 == message.length() || message.charAt(quote + 1) == separator) {
                return quote + 1;
            } else {
                throw new Unreadable("text behind the closing quote: a quote inside a column is doubled", quote + 1);
            }
        }
    }
}
