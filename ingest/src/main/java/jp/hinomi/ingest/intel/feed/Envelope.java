package jp.hinomi.ingest.intel.feed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a page of TAXII says besides its objects.
 *
 * @param next where to go on, as the server words it
 */
record Envelope(boolean more, Optional<String> next, boolean hasObjects) {
    /** Reads a page without keeping its objects. */
    static Envelope of(URI uri, Path file) throws IOException {
        boolean more = false;
        Optional<String> next = Optional.empty();
        boolean objects = false;
        try (JsonParser json = Jsons.MAPPER.createParser(file.toFile())) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return new Envelope(false, Optional.empty(), false);
            }
            if (first != JsonToken.START_OBJECT) {
                throw new FeedFormatException(uri + " does not answer with an envelope: is it a TAXII 2.1 server?");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String key = json.currentName();
                JsonToken token = json.nextToken();
                switch (key) {
                    case "more" -> more = token == JsonToken.VALUE_TRUE;
                    case "next" ->
                        next = Optional.ofNullable(json.getValueAsString()).filter(text -> !text.isEmpty());
                    case "objects" -> {
                        objects = token == JsonToken.START_ARRAY && json.nextToken() != JsonToken.END_ARRAY;
                        if (objects) {
                            json.skipChildren();
                            while (json.nextToken() != JsonToken.END_ARRAY) {
                                json.skipChildren();
                            }
                        }
                    }
                    default -> json.skipChildren();
                }
            }
            return new Envelope(more, next, objects);
        } catch (JsonProcessingException e) {
            throw new FeedFormatException(uri + " does not answer in JSON: " + e.getOriginalMessage(), e);
        }
    }
}
