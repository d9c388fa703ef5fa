package jp.hinomi.ingest.decode.mapped;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;

/** One JSON object. */
final class JsonParts implements PartReader {
    private static final JsonTree TREE = new JsonTree(Set.of());

    @Override
    public JsonObject read(String message) throws Unreadable {
        try (JsonParser parser = JsonTree.FACTORY.createParser(message)) {
            JsonObject object = TREE.read(parser);
            if (object == null) {
                throw new Unreadable("not one JSON object: one object per line", 0);
            }
            return object;
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
            throw new Unreadable(
                    "not JSON: " + shortened(e.getOriginalMessage()) + ": one complete object per line",
                    (int) Math.min(message.length(), Math.max(0, at)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static String shortened(String message) {
        return message.length() > 200 ? message.substring(0, 200) + "…" : message;
    }
}
