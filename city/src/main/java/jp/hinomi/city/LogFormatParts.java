package jp.hinomi.city;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Suggestion;

/** How one format's records are taken apart, and which parts there can be. Not thread-safe: one per file. */
final class LogFormatParts {
    private static final int MOST_COLUMNS = 256;

    private final Form form;
    private final Reading reading;
    private final String kind;

    /** Null where any name may occur, or none could be read. */
    private Set<String> known;

    LogFormatParts(Form form, Reading reading, String kind) {
        this.form = form;
        this.reading = reading;
        this.kind = kind;
    }

    /** Asks for the keys of the kind only, so that those of another are reported as unknown. */
    Optional<LogFormat.Shape> shape() {
        return switch (kind) {
            case "json" -> Optional.of(new LogFormat.Shape.Json());
            case "key-value" -> {
                char separator =
                        form.optional("separator", LogFormatParts::character).orElse(' ');
                char assignment =
                        form.optional("assignment", LogFormatParts::character).orElse('=');
                if (separator == assignment) {
                    reading.error(
                            form.at("assignment"),
                            "bad-separator",
                            "separator and assignment are the same character",
                            "separator stands between pairs, assignment between key and value");
                }
                yield Optional.of(new LogFormat.Shape.KeyValue(separator, assignment));
            }
            case "csv" -> csv();
            case "regex" -> form.required("pattern", this::pattern).map(LogFormat.Shape.Regex::new);
            default -> Optional.empty();
        };
    }

    private Optional<LogFormat.Shape> csv() {
        char separator = form.optional("separator", LogFormatParts::character).orElse(',');
        List<String> columns = new ArrayList<>(form.values("columns", Formats::text));
        if (columns.isEmpty() || columns.size() > MOST_COLUMNS) {
            reading.error(
                    form.at("columns"),
                    "bad-columns",
                    "a csv format has from 1 to " + MOST_COLUMNS + " columns",
                    "list their names in order, such as columns: [time, gate, result]; '-' for one that is not needed");
            return Optional.empty();
        }
        known = new TreeSet<>();
        for (String column : columns) {
            if (!column.equals("-") && !known.add(column)) {
                reading.error(
                        form.at("columns"),
                        "duplicate-column",
                        "two columns are called '" + column + "'",
                        "give one another name; '-' for one that is not needed");
            }
        }
        return Optional.of(new LogFormat.Shape.Csv(separator, columns));
    }

    private String pattern(String text) {
        try {
            Pattern compiled = Pattern.compile(text);
            if (compiled.namedGroups().isEmpty()) {
                throw new Mistake(
                        "no-groups", "the expression has no named group", "name what you need: (?P<user>[^ ]+)");
            }
            known = new TreeSet<>(compiled.namedGroups().keySet());
            return text;
        } catch (PatternSyntaxException e) {
            throw new Mistake(
                    "bad-pattern",
                    "not an expression of RE2: " + e.getDescription()
                            + (e.getPattern() == null ? "" : " at '" + e.getPattern() + "'"),
                    "RE2 has no look-around and no back-references, and writes named groups (?P<name>…)");
        }
    }

    /** Reports a part that cannot occur. */
    void check(String part, Location at) {
        if (known != null && !known.contains(part)) {
            reading.error(
                    at,
                    "unknown-part",
                    "there is no " + (kind.equals("csv") ? "column" : "group") + " '" + part + "'",
                    Suggestion.remedy(part, known));
        }
    }

    private static Character character(String text) {
        if (text.equals("tab") || text.equals("\t")) {
            return '\t';
        }
        if (text.equals("space") || text.equals(" ")) {
            return ' ';
        }
        if (text.length() != 1 || text.charAt(0) == '"') {
            throw new Mistake(
                    "bad-separator", "'" + text + "' is not one character", "write one, such as ';', or tab or space");
        }
        return text.charAt(0);
    }
}
