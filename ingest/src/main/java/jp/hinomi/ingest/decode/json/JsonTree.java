package jp.hinomi.ingest.decode.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.JsonScalar;

/** Reads one JSON object into memory, leaving out what nobody will ask for. Bounded in depth. Thread-safe. */
public final class JsonTree {
    /** Deeper nesting is an attack on the stack, not a log. */
    public static final int MAX_DEPTH = 64;

    /** For all decoders: names are not interned, because hostile ones would stay for ever. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(16 * 1024 * 1024)
                    .build())
            .build();

    private final Set<String> skipped;

    /** @param skipped members of the outermost object that are read over */
    public JsonTree(Set<String> skipped) {
        this.skipped = Set.copyOf(skipped);
    }

    /**
     * @throws com.fasterxml.jackson.core.JacksonException if the text is not JSON
     * @return null if it is JSON and not one object
     */
    public JsonObject read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        Map<String, Object> members = new HashMap<>(32);
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken token = parser.nextToken();
            if (skipped.contains(name)) {
                parser.skipChildren();
            } else {
                put(members, name, value(parser, token));
            }
        }
        return parser.nextToken() == null ? new JsonObject(members) : null;
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new HashMap<>(16);
                String name;
                while ((name = parser.nextFieldName()) != null) {
                    put(members, name, value(parser, parser.nextToken()));
                }
                yield new JsonObject(members);
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                JsonToken next;
                while ((next = parser.nextToken()) != JsonToken.END_ARRAY) {
                    Object element = value(parser, next);
                    if (element != null) {
                        elements.add(element);
                    }
                }
                yield elements;
            }
            default -> JsonScalar.of(parser);
        };
    }

    private static void put(Map<String, Object> members, String name, Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
