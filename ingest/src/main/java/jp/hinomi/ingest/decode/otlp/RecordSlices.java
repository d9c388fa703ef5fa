package jp.hinomi.ingest.decode.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.ingest.decode.json.JsonTree;

/** Where in the text of an export request each of its log records stands, so that every event keeps its own part of it. */
final class RecordSlices {
    private final String text;
    private final List<String> slices = new ArrayList<>();

    private RecordSlices(String text) {
        this.text = text;
    }

    /** @return the texts of the elements of all {@code logRecords}, in the order of the document */
    static List<String> of(String json) throws IOException {
        RecordSlices slices = new RecordSlices(json);
        try (JsonParser parser = JsonTree.FACTORY.createParser(json)) {
            JsonToken token;
            while ((token = parser.nextToken()) != null) {
                if (token == JsonToken.START_ARRAY && "logRecords".equals(parser.currentName())) {
                    slices.elements(parser);
                }
            }
        }
        return slices.slices;
    }

    private void elements(JsonParser parser) throws IOException {
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            int from = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            int to = (int) parser.currentLocation().getCharOffset();
            if (token == JsonToken.START_OBJECT) {
                slices.add(text.substring(from, Math.min(to, text.length())));
            }
        }
    }
}
