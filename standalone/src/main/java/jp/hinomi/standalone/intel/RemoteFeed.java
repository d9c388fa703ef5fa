package jp.hinomi.standalone.intel;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import jp.hinomi.events.files.WholeFile;
import jp.hinomi.ingest.intel.feed.FeedFormat;
import jp.hinomi.ingest.intel.feed.FeedSink;
import jp.hinomi.ingest.intel.feed.HttpSource;
import jp.hinomi.ingest.intel.feed.MispServer;
import jp.hinomi.ingest.intel.feed.TaxiiClient;

/**
 * Imports from a server what is new since the last import, and remembers where it stopped in a file of the data folder. It
 * remembers only after everything is in the topic, so an import that is cut off is done again. Not thread-safe.
 */
public final class RemoteFeed {
    /** Under this name stands of which address the rest speaks. */
    private static final String PLACE = "place";

    private final HttpSource source;
    private final Path stateFile;
    private final boolean everything;

    /**
     * @param data where the state is kept, in {@code intel/FEED.properties}
     * @param everything whether to begin anew
     */
    public RemoteFeed(HttpSource source, Path data, String feed, boolean everything) {
        this.source = source;
        // Names of feeds are free; names of files are not.
        String name = feed.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + Integer.toHexString(feed.hashCode());
        this.stateFile = data.resolve("intel").resolve(name + ".properties");
        this.everything = everything;
    }

    /**
     * @param settle called when all is read: returns when the topic has it
     * @param progress hears the number of pages
     * @return whether everything was read, rather than what is new
     */
    public boolean taxii(
            URI address,
            Optional<String> collection,
            int pageSize,
            FeedSink sink,
            boolean dryRun,
            Runnable settle,
            LongConsumer progress)
            throws IOException {
        String place = address + " " + collection.orElse("");
        Optional<String> after = Optional.ofNullable(state(place).get("after"));
        Path folder = Files.createTempDirectory("hinomi-taxii");
        try {
            TaxiiClient.Collected collected =
                    new TaxiiClient(source, folder).collect(address, collection, after, pageSize, progress::accept);
            if (!collected.pages().isEmpty()) {
                FeedFormat.STIX.read(collected.pages(), sink);
            }
            finish(
                    place,
                    collected.lastAdded().map(last -> Map.of("after", last)).orElse(Map.of()),
                    dryRun,
                    settle);
            return after.isEmpty();
        } finally {
            remove(folder);
        }
    }

    /** As {@link #taxii}, for the folder of a MISP feed. */
    public boolean misp(URI address, FeedSink sink, boolean dryRun, Runnable settle, LongConsumer progress)
            throws IOException {
        String place = address.toString();
        Map<String, String> known = state(place);
        Path folder = Files.createTempDirectory("hinomi-misp");
        try {
            MispServer.Collected collected = new MispServer(source, folder).collect(address, known, progress::accept);
            FeedFormat.MISP.read(collected.events(), sink);
            finish(place, collected.versions(), dryRun, settle);
            return known.isEmpty();
        } finally {
            remove(folder);
        }
    }

    /** What was remembered of the place; empty if nothing was. */
    private Map<String, String> state(String place) throws IOException {
        if (everything || !Files.exists(stateFile)) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(stateFile)) {
            properties.load(in);
        }
        // Another address is another feed, even under the same name.
        if (!place.equals(properties.remove(PLACE))) {
            return Map.of();
        }
        Map<String, String> state = new HashMap<>();
        properties.forEach((key, value) -> state.put((String) key, (String) value));
        return state;
    }

    private void finish(String place, Map<String, String> state, boolean dryRun, Runnable settle) throws IOException {
        settle.run();
        if (dryRun || state.isEmpty()) {
            return;
        }
        Properties properties = new Properties();
        properties.putAll(state);
        properties.setProperty(PLACE, place);
        Files.createDirectories(stateFile.getParent());
        StringWriter text = new StringWriter();
        properties.store(text, "where the last import of this feed stopped");
        WholeFile.replace(stateFile, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
