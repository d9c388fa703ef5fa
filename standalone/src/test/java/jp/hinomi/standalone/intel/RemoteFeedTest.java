package jp.hinomi.standalone.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.ingest.intel.feed.FeedSettings;
import jp.hinomi.ingest.intel.feed.FeedSink;
import jp.hinomi.ingest.intel.feed.HttpSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an import goes on, whatever ended the one before. */
class RemoteFeedTest {
    private static final String FIRST = "2026-04-01T00:00:00.000Z";
    private static final String SECOND = "2026-04-02T00:00:00.000Z";
    private static final String OBJECTS = "/api/collections/c/objects/";

    @TempDir
    Path data;

    private final Set<String> found = new TreeSet<>();
    private FeedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FeedServer();
        server.say("/api/collections/c/", 200, null, "{\"id\":\"c\",\"title\":\"c\",\"can_read\":true}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FeedSink sink() {
        return new FeedSink(FeedSettings.of("f", 0), indicator -> found.add(indicator.id()), problem -> {
            throw new AssertionError(problem.toString());
        });
    }

    private boolean taxii(boolean everything, boolean dryRun, Runnable settle) throws IOException {
        return new RemoteFeed(new HttpSource(Optional.empty(), false), data, "f", everything)
                .taxii(
                        server.address("/api/collections/c/"),
                        Optional.empty(),
                        100,
                        sink(),
                        dryRun,
                        settle,
                        pages -> {});
    }

    /** The queries for objects since the last time. */
    private List<String> asked() {
        List<String> asked = server.requests().stream()
                .filter(request -> request.startsWith(OBJECTS))
                .map(request -> request.substring(OBJECTS.length()))
                .toList();
        server.requests().clear();
        return asked;
    }

    @Test
    void asksForWhatWasAddedSinceTheLastImportThatWasFinished() throws IOException {
        server.say(OBJECTS, 200, FIRST, FeedServer.page(true, "203.0.113.1"));
        server.say(OBJECTS + "?limit=100&next", 500, null, "");
        assertThatThrownBy(() -> taxii(false, false, () -> {})).isInstanceOf(IOException.class);
        assertThat(asked()).hasSize(2);

        server.say(OBJECTS + "?limit=100&next", 200, SECOND, FeedServer.page(false, "203.0.113.2"));
        assertThat(taxii(false, false, () -> {}))
                .as("everything, as nothing was finished")
                .isTrue();
        assertThat(asked()).hasSize(2).noneMatch(query -> query.contains("added_after"));
        assertThat(found).containsExactly("indicator--203.0.113.1", "indicator--203.0.113.2");

        server.say(OBJECTS, 200, null, FeedServer.page(false));
        assertThat(taxii(false, false, () -> {})).as("only what is new").isFalse();
        assertThat(asked()).singleElement().satisfies(query -> assertThat(query).contains("added_after=2026-04-02T"));
        assertThat(taxii(false, false, () -> {})).isFalse();
        assertThat(asked())
                .as("a server that had nothing to say does not lose the place")
                .singleElement()
                .satisfies(query -> assertThat(query).contains("added_after=2026-04-02T"));
        assertThat(taxii(true, false, () -> {})).as("--full").isTrue();
        assertThat(asked()).singleElement().satisfies(query -> assertThat(query).doesNotContain("added_after"));
    }

    @Test
    void whatIsNotInTheTopicIsAskedForAgain() throws IOException {
        server.say(OBJECTS, 200, FIRST, FeedServer.page(false, "203.0.113.1"));
        assertThatThrownBy(() -> taxii(false, false, () -> {
                    throw new IllegalStateException("the broker is away");
                }))
                .hasMessage("the broker is away");
        assertThat(taxii(false, true, () -> {})).as("a dry run after that").isTrue();
        assertThat(taxii(false, false, () -> {})).isTrue();
        assertThat(asked()).hasSize(3).noneMatch(query -> query.contains("added_after"));
        assertThat(taxii(false, false, () -> {})).isFalse();
        assertThat(asked()).singleElement().satisfies(query -> assertThat(query).contains("added_after=2026-04-01T"));
    }

    @Test
    void ofAMispFeedOnlyWhatIsNewOrHasChangedIsFetchedHoweverOldItIs() throws IOException {
        server.say("/feed/manifest.json", 200, null, "{\"a\":{\"timestamp\":\"100\"},\"b\":{\"timestamp\":\"200\"}}");
        server.say("/feed/a.json", 200, null, event("a", "203.0.113.1"));
        assertThatThrownBy(() -> misp("/feed/")).as("b is missing").isInstanceOf(IOException.class);
        server.say("/feed/b.json", 200, null, event("b", "203.0.113.2"));
        server.requests().clear();
        assertThat(misp("/feed/")).isTrue();
        assertThat(server.requests()).containsExactly("/feed/manifest.json", "/feed/a.json", "/feed/b.json");
        assertThat(found).containsExactly("f:a", "f:b");

        server.say("/feed/manifest.json", 200, null, "{\"a\":{\"timestamp\":\"300\"},\"b\":{\"timestamp\":\"200\"}}");
        server.requests().clear();
        assertThat(misp("/feed/")).isFalse();
        assertThat(server.requests()).containsExactly("/feed/manifest.json", "/feed/a.json");

        server.say(
                "/feed/manifest.json",
                200,
                null,
                "{\"a\":{\"timestamp\":\"300\"},\"b\":{\"timestamp\":\"200\",\"publish_timestamp\":\"400\"},"
                        + "\"c\":{\"timestamp\":\"50\"}}");
        server.say("/feed/c.json", 200, null, event("c", "203.0.113.3"));
        server.requests().clear();
        assertThat(misp("/feed/")).isFalse();
        assertThat(server.requests())
                .as("written before what is known, published since")
                .containsExactly("/feed/manifest.json", "/feed/b.json", "/feed/c.json");
        assertThat(found).contains("f:c");

        server.say("/other/", 200, null, "{}");
        assertThat(misp("/other/")).as("another feed under the same name").isTrue();
    }

    private boolean misp(String path) throws IOException {
        return new RemoteFeed(new HttpSource(Optional.empty(), false), data, "f", false)
                .misp(server.address(path), sink(), false, () -> {}, events -> {});
    }

    private static String event(String uuid, String address) {
        return "{\"Event\":{\"uuid\":\"e-" + uuid + "\",\"published\":true,\"Attribute\":[{\"uuid\":\"" + uuid
                + "\",\"type\":\"ip-dst\",\"value\":\"" + address + "\",\"to_ids\":true}]}}";
    }
}
