package jp.hinomi.ingest.intel.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Fetches a MISP feed from a web server: its manifest, and the events that are not as they were the last time. An event that
 * was written long ago may be published today, so its time alone says nothing.
 */
public final class MispServer {
    private static final String JSON = "application/json";
    private static final int MOST_EVENTS = 1_000_000;

    private final HttpSource source;
    private final Path folder;

    /** @param folder for the events; the caller removes it */
    public MispServer(HttpSource source, Path folder) {
        this.source = source;
        this.folder = folder;
    }

    /**
     * @param events that are new or have changed
     * @param versions of all events of the manifest, by id; to be given back the next time
     */
    public record Collected(List<FeedInput> events, Map<String, String> versions) {}

    /**
     * @param address of the folder in which {@code manifest.json} lies, or of that file
     * @param known the versions of the last time; empty for every event
     * @param progress hears the number of events fetched
     */
    public Collected collect(URI address, Map<String, String> known, IntConsumer progress) throws IOException {
        String text = address.toString();
        URI base = text.endsWith("manifest.json") || text.endsWith("/") ? address : URI.create(text + "/");
        URI manifest = base.resolve("manifest.json");
        Path file = folder.resolve("manifest.json");
        source.fetch(manifest, JSON, file);
        JsonNode events;
        try {
            events = Jsons.MAPPER.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new FeedFormatException(manifest + " is not JSON: is that the folder of a MISP feed?", e);
        }
        Map<String, String> versions = new HashMap<>();
        List<FeedInput> inputs = new ArrayList<>();
        Iterator<Map.Entry<String, JsonNode>> entries = events.fields();
        while (entries.hasNext() && inputs.size() < MOST_EVENTS) {
            Map.Entry<String, JsonNode> entry = entries.next();
            String version = version(entry.getValue());
            // A name from outside becomes a name of a file: only what UUIDs are made of.
            if (!entry.getKey().matches("[0-9A-Fa-f-]{1,40}")) {
                continue;
            }
            versions.put(entry.getKey(), version);
            if (!version.equals(known.get(entry.getKey()))) {
                URI event = base.resolve(entry.getKey() + ".json");
                Path kept = folder.resolve(entry.getKey() + ".json");
                source.fetch(event, JSON, kept);
                inputs.add(new FeedInput(event.toString(), () -> Files.newInputStream(kept)));
                progress.accept(inputs.size());
            }
        }
        return new Collected(inputs, versions);
    }

    /** When it was changed, and when it was published, if the manifest says so. */
    private static String version(JsonNode entry) {
        return entry.path("timestamp").asLong(0) + "/"
                + entry.path("publish_timestamp").asLong(0);
    }
}
