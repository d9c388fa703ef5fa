package jp.hinomi.ingest.decode;

import java.util.HashMap;
import java.util.Map;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;
import jp.hinomi.events.document.Suggestion;

/**
 * Decodes records of all of a city's sources: finds the source, its format, zone and charset, and decodes.
 * Events carry the source's id as {@code city.source}. A record of a source that the city does not know and that names no format is rejected. Not thread-safe:
 * one per operator.
 */
public final class RecordDecoder {
    private static final String NAME = "source";

    /** How many sources and formats that the city does not list are remembered; forged names must not fill memory. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final int MAX_NAME = 100;

    private final City city;
    private final Map<String, Decoder> bySource = new HashMap<>();
    private final Map<String, Decoder> byFormat = new HashMap<>();

    public RecordDecoder(City city) {
        this.city = city;
    }

    public Decoding decode(LogRecord record) {
        Source source = record.sourceId() == null ? null : city.sources().get(record.sourceId());
        Decoder decoder;
        try {
            if (record.format() != null) {
                decoder = inFormat(record.format(), source);
            } else if (source != null) {
                decoder = ofSource(source);
            } else {
                return new Decoding.Rejected(NAME, unknown(record.sourceId()), 0);
            }
        } catch (IllegalArgumentException e) {
            return new Decoding.Rejected(
                    NAME, e.getMessage() + ": correct it in sources.yaml or in the header 'format'", 0);
        }
        return decoder.decode(record);
    }

    private Decoder ofSource(Source source) {
        Decoder decoder = bySource.get(source.id());
        if (decoder == null) {
            decoder = Decoders.of(source.format(), city.formats(), source.zone(), source.charset());
            bySource.put(source.id(), decoder);
        }
        return decoder;
    }

    /** A source that the city does not know is read in the city's own zone, as UTF-8. */
    private Decoder inFormat(String format, Source source) {
        String key = format + '\n' + (source == null ? "" : source.id());
        Decoder decoder = byFormat.get(key);
        if (decoder == null) {
            decoder = source == null
                    ? Decoders.of(format, city.formats(), city.zone(), java.nio.charset.StandardCharsets.UTF_8)
                    : Decoders.of(format, city.formats(), source.zone(), source.charset());
            if (byFormat.size() < MAX_REMEMBERED) {
                byFormat.put(key, decoder);
            }
        }
        return decoder;
    }

    private String unknown(String id) {
        if (id == null) {
            return "nobody knows who sent this: the record has no header 'source', no key and no header 'format';"
                    + " set the source's id as the key";
        }
        String name = id.length() > MAX_NAME ? id.substring(0, MAX_NAME) : id;
        return "unknown source '" + name + "': "
                + Suggestion.nearest(name, city.sources().keySet())
                        .map(nearest -> "did you mean '" + nearest + "'? Else ")
                        .orElse("")
                + "add it to sources.yaml, or name the format in the header 'format'";
    }
}
