package jp.hinomi.ingest.intel.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Fetches a MISP feed from a web server: its manifest, and the events that changed since an earlier time. */
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
     * @param newest time of the newest event of the manifest, in seconds since the epoch, as text; where to go on next time
     */
    public record Collected(List<FeedInput> events, Optional<String> newest) {}

    /**
     * @param address of the folder in which {@code manifest.json} lies, or of that file
     * @param after seconds since the epoch; empty for every event
     * @param progress hears the number of events fetched
     */
    public Collected collect(URI address, Optional<String> after, IntConsumer progress) throws IOException {
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
        long since = after.filter(value -> value.matches("[0-9]{1,11}"))
                .map(Long::parseLong)
                .orElse(-1L);
        long newest = since;
        List<FeedInput> inputs = new ArrayList<>();
        Iterator<Map.Entry<String, JsonNode>> entries = events.fields();
        while (entries.hasNext() && inputs.size() < MOST_EVENTS) {
            Map.Entry<String, JsonNode> entry = entries.next();
            long changed = entry.getValue().path("timestamp").asLong(0);
            newest = Math.max(newest, changed);
            // A name from outside becomes a name of a file: only what UUIDs are made of.
            if (changed > since && entry.getKey().matches("[0-9A-Fa-f-]{1,40}")) {
                URI event = base.resolve(entry.getKey() + ".json");
                Path kept = folder.resolve(entry.getKey() + ".json");
                source.fetch(event, JSON, kept);
                inputs.add(new FeedInput(event.toString(), () -> Files.newInputStream(kept)));
                progress.accept(inputs.size());
            }
        }
        return new Collected(inputs, newest < 0 ? Optional.empty() : Optional.of(Long.toString(newest)));
    }
}
