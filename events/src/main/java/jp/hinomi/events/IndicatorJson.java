package jp.hinomi.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Indicators as JSON: the values of the topic {@code threat-intel}, whose keys are the indicators' ids; a record without
 * value takes its indicator away. Keys are those of STIX 2.1 where it has one. Streaming in both directions, because a
 * job reads a million of them when it starts. Stateless and thread-safe.
 */
public final class IndicatorJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private IndicatorJson() {}

    /** UTF-8, keys in a fixed order, so equal indicators give equal bytes; what is not known has no key. */
    public static byte[] write(Indicator indicator) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", indicator.id());
            json.writeStringField("feed", indicator.feed());
            writeAbout(json, indicator.about());
            text(json, "pattern", indicator.pattern());
            if (!indicator.observables().isEmpty()) {
                json.writeArrayFieldStart("observables");
                for (Observable observable : indicator.observables()) {
                    json.writeStartObject();
                    json.writeStringField("type", observable.type().word());
                    json.writeStringField("value", observable.value());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            if (indicator.validFrom() != 0) {
                json.writeStringField("valid_from", EventJson.time(indicator.validFrom()));
            }
            if (indicator.validUntil() != Indicator.FOREVER) {
                json.writeStringField("valid_until", EventJson.time(indicator.validUntil()));
            }
            if (indicator.confidence() != Indicator.NO_CONFIDENCE) {
                json.writeNumberField("confidence", indicator.confidence());
            }
            json.writeStringField("tlp", indicator.tlp().word());
            if (indicator.revoked()) {
                json.writeBooleanField("revoked", true);
            }
            if (indicator.modified() != 0) {
                json.writeStringField("modified", EventJson.time(indicator.modified()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static void writeAbout(JsonGenerator json, Indicator.About about) throws IOException {
        text(json, "name", about.name());
        text(json, "description", about.description());
        text(json, "provider", about.provider());
        text(json, "reference", about.reference());
        words(json, "indicator_types", about.types());
        words(json, "labels", about.labels());
        words(json, "threats", about.threats());
        words(json, "kill_chain_phases", about.phases());
    }

    private static void text(JsonGenerator json, String key, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(key, value);
        }
    }

    private static void words(JsonGenerator json, String key, List<String> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(key);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** @throws EventFormatException if it is not what {@link #write} writes; the message names the key */
    public static Indicator read(byte[] bytes) {
        try (JsonParser json = FACTORY.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new EventFormatException("not a JSON object: an indicator is one", 0);
            }
            Indicator indicator = new Reader(json).indicator();
            if (json.nextToken() != null) {
                throw new EventFormatException(
                        "more text after the indicator",
                        json.currentTokenLocation().getByteOffset());
            }
            return indicator;
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
            throw new EventFormatException("not JSON: " + e.getOriginalMessage(), at);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory does not fail", e);
        } catch (IllegalArgumentException e) {
            throw new EventFormatException(e.getMessage(), 0);
        }
    }

    private static final class Reader {
        private final JsonParser json;
        private String id;
        private String feed;
        private String tlp;
        private String pattern = "";
        private final List<Observable> observables = new ArrayList<>(1);
        private long validFrom;
        private long validUntil = Indicator.FOREVER;
        private int confidence = Indicator.NO_CONFIDENCE;
        private boolean revoked;
        private long modified;
        private String name = "";
        private String description = "";
        private String provider = "";
        private String reference = "";
        private List<String> types = List.of();
        private List<String> labels = List.of();
        private List<String> threats = List.of();
        private List<String> phases = List.of();

        Reader(JsonParser json) {
            this.json = json;
        }

        Indicator indicator() throws IOException {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                json.nextToken();
                value(key);
            }
            if (tlp == null) {
                throw wrong("an indicator needs the key 'tlp'");
            }
            return new Indicator(
                    id,
                    feed,
                    new Indicator.About(name, description, provider, reference, types, labels, threats, phases),
                    pattern,
                    observables,
                    validFrom,
                    validUntil,
                    confidence,
                    Tlp.ofWord(tlp),
                    revoked,
                    modified);
        }

        private void value(String key) throws IOException {
            switch (key) {
                case "id" -> id = text(key);
                case "feed" -> feed = text(key);
                case "name" -> name = text(key);
                case "description" -> description = text(key);
                case "provider" -> provider = text(key);
                case "reference" -> reference = text(key);
                case "indicator_types" -> types = words(key);
                case "labels" -> labels = words(key);
                case "threats" -> threats = words(key);
                case "kill_chain_phases" -> phases = words(key);
                case "pattern" -> pattern = text(key);
                case "observables" -> observables(key);
                case "valid_from" -> validFrom = time(key);
                case "valid_until" -> validUntil = time(key);
                case "confidence" -> confidence = number(key);
                case "tlp" -> tlp = text(key);
                case "revoked" -> revoked = flag(key);
                case "modified" -> modified = time(key);
                default -> throw wrong("an indicator has no key '" + key + "'");
            }
        }

        private String text(String key) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw wrong("'" + key + "' of an indicator is a text");
            }
            return json.getText();
        }

        private long time(String key) throws IOException {
            String text = text(key);
            try {
                return Instant.parse(text).toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw wrong("'" + key + "' is '" + text + "': use RFC 3339 in UTC, such as 2026-04-01T01:02:03.004Z");
            }
        }

        private int number(String key) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw wrong("'" + key + "' of an indicator is an integer");
            }
            return json.getIntValue();
        }

        private boolean flag(String key) {
            return switch (json.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> throw wrong("'" + key + "' of an indicator is true or false");
            };
        }

        private List<String> words(String key) throws IOException {
            array(key);
            List<String> words = new ArrayList<>(2);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                words.add(text(key));
            }
            return words;
        }

        private void observables(String key) throws IOException {
            array(key);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw wrong("an element of '" + key + "' is an object with 'type' and 'value'");
                }
                String type = null;
                String value = null;
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String inner = json.currentName();
                    json.nextToken();
                    switch (inner) {
                        case "type" -> type = text(inner);
                        case "value" -> value = text(inner);
                        default -> throw wrong("an observable has no key '" + inner + "'");
                    }
                }
                if (type == null || value == null) {
                    throw wrong("an observable needs 'type' and 'value'");
                }
                observables.add(new Observable(Observable.Type.ofWord(type), value));
            }
        }

        private void array(String key) {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw wrong("'" + key + "' of an indicator is an array");
            }
        }

        private EventFormatException wrong(String message) {
            return new EventFormatException(message, json.currentTokenLocation().getByteOffset());
        }
    }
}
