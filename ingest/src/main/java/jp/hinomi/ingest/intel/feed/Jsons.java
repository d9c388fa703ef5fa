package jp.hinomi.ingest.intel.feed;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.document.Location;

/** What the readers of JSON feeds have in common: one object at a time, whatever the size of the document. */
final class Jsons {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Jsons() {}

    /** Hears every object of a list, and where it begins. */
    interface Visitor {
        void visit(JsonNode object, Location at) throws IOException;
    }

    /**
     * Visits the elements of the list that stands under one of the keys of the document, of a document that is a list
     * itself, or of several documents one after the other; an object without such a key is visited as a whole.
     *
     * @return how many were visited
     * @throws FeedFormatException if it is not JSON
     */
    static long forEach(FeedInput input, Set<String> keys, Visitor visitor) throws IOException {
        try (InputStream in = input.open();
                JsonParser json = MAPPER.createParser(in)) {
            long count = 0;
            JsonToken token = json.nextToken();
            if (token == null) {
                throw new FeedFormatException(input.name() + " is empty: is it the right file?");
            }
            for (; token != null; token = json.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    count += list(input, json, visitor);
                } else if (token == JsonToken.START_OBJECT) {
                    count += object(input, json, keys, visitor);
                } else {
                    throw new FeedFormatException(place(input, json.currentTokenLocation()) + ": '" + json.getText()
                            + "' where an object belongs: is it the right file?");
                }
            }
            return count;
        } catch (JsonProcessingException e) {
            throw new FeedFormatException(
                    place(input, e.getLocation()) + ": not JSON: " + e.getOriginalMessage()
                            + ": see whether the file is whole",
                    e);
        }
    }

    private static long object(FeedInput input, JsonParser json, Set<String> keys, Visitor visitor) throws IOException {
        Location at = location(input, json.currentTokenLocation());
        var rest = MAPPER.createObjectNode();
        long count = 0;
        boolean isList = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (keys.contains(key) && token == JsonToken.START_ARRAY) {
                isList = true;
                count += list(input, json, visitor);
            } else {
                rest.set(key, MAPPER.readTree(json));
            }
        }
        if (!isList) {
            visitor.visit(rest, at);
            count++;
        }
        return count;
    }

    private static long list(FeedInput input, JsonParser json, Visitor visitor) throws IOException {
        long count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            Location at = location(input, json.currentTokenLocation());
            visitor.visit(MAPPER.readTree(json), at);
            count++;
        }
        return count;
    }

    private static Location location(FeedInput input, JsonLocation at) {
        return new Location(input.name(), at.getLineNr(), Math.max(1, at.getColumnNr()));
    }

    private static String place(FeedInput input, JsonLocation at) {
        return at == null ? input.name() : input.name() + ":" + at.getLineNr() + ":" + at.getColumnNr();
    }

    /** A text, or empty. */
    static String text(JsonNode object, String key) {
        JsonNode value = object.get(key);
        return value == null || value.isNull() || value.isContainerNode() ? "" : value.asText();
    }

    static List<String> texts(JsonNode object, String key) {
        List<String> texts = new ArrayList<>();
        JsonNode list = object.get(key);
        if (list != null && list.isArray()) {
            list.forEach(element -> {
                if (element.isTextual()) {
                    texts.add(element.textValue());
                }
            });
        }
        return texts;
    }

    /**
     * Milliseconds since the epoch of RFC 3339 text.
     *
     * @throws IllegalArgumentException if it is none
     */
    static long time(String text, String key) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + key + "' is '" + text + "': write RFC 3339, such as 2026-04-01T00:00:00Z");
        }
    }
}
