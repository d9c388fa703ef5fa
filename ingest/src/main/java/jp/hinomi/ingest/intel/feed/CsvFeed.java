package jp.hinomi.ingest.intel.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Observable;
import jp.hinomi.events.document.Location;

/**
 * Reads tables with a header ({@code value,type,valid_from,valid_until,confidence,tlp,name,description,reference,provider,
 * labels}; only {@code value} is necessary), and plain lists of one value per line. A line that cannot be used is reported;
 * the others are read. UTF-8, with or without a byte order mark; lines that begin with {@code #} are comments.
 */
public final class CsvFeed {
    private static final int LONGEST_LINE = 100_000;
    private static final int LONGEST_ID = 150;

    /** Columns, and what else feeds call them. */
    private enum Column {
        VALUE("value", "indicator", "ioc", "observable", "ip", "ip_address", "address", "domain", "url", "hash"),
        TYPE("type", "indicator_type", "ioc_type"),
        VALID_FROM("valid_from", "first_seen", "date"),
        VALID_UNTIL("valid_until", "expires", "expiration"),
        CONFIDENCE("confidence", "confidence_level"),
        TLP("tlp"),
        NAME("name", "title"),
        DESCRIPTION("description", "comment", "note"),
        REFERENCE("reference", "link"),
        PROVIDER("provider", "source", "reporter"),
        LABELS("labels", "tags");

        private final List<String> names;

        Column(String... names) {
            this.names = List.of(names);
        }

        static Optional<Column> of(String name) {
            String plain =
                    name.toLowerCase(Locale.ROOT).strip().replace(' ', '_').replace('-', '_');
            return Arrays.stream(values())
                    .filter(column -> column.names.contains(plain))
                    .findFirst();
        }
    }

    private final FeedInput input;
    private final FeedSink sink;
    private final Map<Column, Integer> columns = new EnumMap<>(Column.class);
    private char separator = ',';

    private CsvFeed(FeedInput input, FeedSink sink) {
        this.input = input;
        this.sink = sink;
    }

    /** @throws FeedFormatException if it is neither a table with a column of values nor a list of values */
    public static void read(FeedInput input, FeedSink sink) throws IOException {
        new CsvFeed(input, sink).read();
    }

    private void read() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(input.open(), StandardCharsets.UTF_8), 1 << 16)) {
            int number = 0;
            for (String line = line(lines); line != null; line = line(lines)) {
                number++;
                if (number == 1 && line.startsWith("\uFEFF")) {
                    line = line.substring(1);
                }
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (columns.isEmpty() && header(line, number)) {
                    continue;
                }
                row(line, number);
            }
            if (columns.isEmpty()) {
                throw new FeedFormatException(input.name() + " has no lines: is it the right file?");
            }
        }
    }

    /** A line, of which not more than the limit is kept: a file without line ends must not fill the memory. */
    private static String line(BufferedReader lines) throws IOException {
        int c = lines.read();
        if (c < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (; c >= 0 && c != '\n'; c = lines.read()) {
            if (line.length() <= LONGEST_LINE && c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Learns the columns; false if the line is a value itself, so that the file is a list. */
    private boolean header(String line, int number) throws FeedFormatException {
        separator = CsvRow.separator(line);
        List<String> names = CsvRow.cells(line, separator);
        Map<Column, Integer> found = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            int at = i;
            Column.of(names.get(i)).ifPresent(column -> found.putIfAbsent(column, at));
        }
        if (found.containsKey(Column.VALUE)) {
            columns.putAll(found);
            return true;
        }
        if (Values.guess(names.get(0)).isPresent()) {
            columns.put(Column.VALUE, 0);
            return false;
        }
        throw new FeedFormatException(input.name() + ":" + number
                + ": no column 'value' in '" + (line.length() > 100 ? line.substring(0, 100) + "…" : line)
                + "': begin the table with a header such as value,type,valid_until,confidence,tlp,description");
    }

    private void row(String line, int number) {
        Location at = new Location(input.name(), number, 1);
        try {
            if (line.length() > LONGEST_LINE) {
                throw new IllegalArgumentException("longer than " + LONGEST_LINE + " characters: split it");
            }
            List<String> cells = CsvRow.cells(line, separator);
            Observable observable = observable(cells);
            Indicator.Builder draft = Indicator.builder(
                            id(observable), sink.settings().feed())
                    .observables(List.of(observable))
                    .about(about(cells));
            String tlp = cell(cells, Column.TLP);
            if (!tlp.isEmpty()) {
                draft.tlp(TlpMarkings.ofWord(tlp)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + tlp + "' is not a TLP label: write CLEAR, GREEN, AMBER, AMBER+STRICT or RED")));
            }
            String confidence = cell(cells, Column.CONFIDENCE);
            if (!confidence.isEmpty()) {
                draft.confidence(confidence(confidence));
            }
            String from = cell(cells, Column.VALID_FROM);
            if (!from.isEmpty()) {
                draft.validFrom(time(from, "valid_from"));
            }
            String until = cell(cells, Column.VALID_UNTIL);
            if (!until.isEmpty()) {
                draft.validUntil(time(until, "valid_until"));
            }
            sink.take(draft, !tlp.isEmpty(), at, "");
        } catch (IllegalArgumentException e) {
            sink.refuse(at, "unusable-line", e.getMessage());
        }
    }

    private Observable observable(List<String> cells) {
        String value = Values.refanged(cell(cells, Column.VALUE));
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "the column 'value' is empty: write an address, a name, a URL or a hash");
        }
        String type = cell(cells, Column.TYPE);
        Optional<Observable.Type> known = Values.ofWord(type);
        if (known.isPresent()) {
            return new Observable(known.get(), value);
        }
        // Words such as 'ip' or 'botnet_cc' leave the type to the value.
        return Values.guess(value)
                .orElseThrow(() -> new IllegalArgumentException("'" + value
                        + "' is no address, name, URL, hash or e-mail address: write one, or its type into the column"
                        + " 'type'"));
    }

    /** The same value of the same feed is the same indicator, whenever it is imported. */
    private String id(Observable observable) {
        return id(sink.settings().feed(), observable);
    }

    static String id(String feed, Observable observable) {
        String canonical = observable.value().toLowerCase(Locale.ROOT);
        if (observable.type() == Observable.Type.URL) {
            canonical = observable.value();
        }
        String id = observable.type().word() + ":" + canonical;
        return feed + ":"
                + (id.length() > LONGEST_ID ? observable.type().word() + ":" + Digests.sha256(canonical) : id);
    }

    private Indicator.About about(List<String> cells) {
        String labels = cell(cells, Column.LABELS);
        return new Indicator.About(
                cell(cells, Column.NAME),
                cell(cells, Column.DESCRIPTION),
                cell(cells, Column.PROVIDER),
                cell(cells, Column.REFERENCE),
                List.of(),
                labels.isEmpty()
                        ? List.of()
                        : Arrays.stream(labels.split("[;| ,]+"))
                                .filter(label -> !label.isEmpty())
                                .toList(),
                List.of(),
                List.of());
    }

    private String cell(List<String> cells, Column column) {
        Integer at = columns.get(column);
        return at == null || at >= cells.size() ? "" : cells.get(at);
    }

    private static int confidence(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "none" -> 0;
            case "low" -> 15;
            case "medium", "med" -> 50;
            case "high" -> 85;
            default -> {
                if (!word.matches("[0-9]{1,3}%?")) {
                    throw new IllegalArgumentException(
                            "'" + text + "' is no confidence: write 0 to 100, or none, low, medium or high");
                }
                yield Integer.parseInt(word.replace("%", ""));
            }
        };
    }

    /** RFC 3339, a day, or {@code 2026-04-01 12:00:00}, which is taken to be UTC. */
    private static long time(String text, String key) {
        String plain = text.replace(" UTC", "Z").replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) (\\d)", "$1T$2");
        try {
            if (plain.length() == 10) {
                return LocalDate.parse(plain)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + key + "' is '" + text + "': write 2026-04-01 or RFC 3339");
        }
        boolean zoned = plain.matches(".*(Z|z|[+-]\\d{2}:\\d{2})");
        return Jsons.time(zoned ? plain : plain + "Z", key);
    }
}
