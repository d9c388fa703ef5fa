package jp.hinomi.ingest.intel.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Reads a collection of a TAXII 2.1 server (OASIS standard of 2021). Not thread-safe.
 *
 * <p>The address may be that of discovery, of an API root, or of a collection. Objects come in pages, told by {@code more}
 * and {@code next}; where a server says {@code more} without {@code next}, the date of the last object is the next
 * beginning. Pages are kept as files, because the objects of one may refer to those of another.
 */
public final class TaxiiClient {
    private static final String MEDIA_TYPE = "application/taxii+json;version=2.1";
    private static final String LAST = "x-taxii-date-added-last";

    /** More pages than these are a server that does not come to an end. */
    private static final int MOST_PAGES = 100_000;

    private final HttpSource source;
    private final Path folder;

    /** @param folder for pages; the caller removes it */
    public TaxiiClient(HttpSource source, Path folder) {
        this.source = source;
        this.folder = folder;
    }

    /**
     * What a collection had.
     *
     * @param pages in order, each an envelope of STIX objects
     * @param lastAdded when the server added the last object, as it says; where to go on next time. Empty if it did not say
     */
    public record Collected(List<FeedInput> pages, Optional<String> lastAdded) {}

    /**
     * @param collection id, alias or title; empty if the server has only one that can be read
     * @param addedAfter RFC 3339; empty for everything
     * @param pageSize how many objects to ask for at once
     * @param progress hears the number of pages fetched
     */
    public Collected collect(
            URI address, Optional<String> collection, Optional<String> addedAfter, int pageSize, IntConsumer progress)
            throws IOException {
        URI objects = objects(address, collection);
        List<FeedInput> pages = new ArrayList<>();
        Optional<String> after = addedAfter;
        Optional<String> next = Optional.empty();
        Optional<String> lastAdded = addedAfter;
        while (true) {
            URI page = page(objects, after, next, pageSize);
            Path file = folder.resolve("page-" + pages.size() + ".json");
            HttpHeaders headers = source.fetch(page, MEDIA_TYPE, file);
            Envelope envelope = Envelope.of(page, file);
            if (envelope.hasObjects()) {
                pages.add(new FeedInput(page.toString(), () -> Files.newInputStream(file)));
            }
            progress.accept(pages.size());
            Optional<String> last = headers.firstValue(LAST);
            lastAdded = last.isPresent() ? last : lastAdded;
            if (!envelope.more()) {
                return new Collected(pages, lastAdded);
            }
            if (pages.size() >= MOST_PAGES) {
                throw new FeedFormatException(
                        objects + " does not come to an end after " + MOST_PAGES + " pages: ask its operator");
            }
            if (envelope.next().isPresent()) {
                if (envelope.next().equals(next)) {
                    throw new FeedFormatException(objects + " gives the same page again and again: ask its operator");
                }
                next = envelope.next();
            } else if (last.isPresent() && !last.equals(after)) {
                after = last;
                next = Optional.empty();
            } else {
                throw new FeedFormatException(
                        objects + " says that there is more, but not where: ask its operator (neither 'next' nor "
                                + LAST + ")");
            }
        }
    }

    private static URI page(URI objects, Optional<String> after, Optional<String> next, int pageSize) {
        StringBuilder query = new StringBuilder("?limit=").append(pageSize);
        after.ifPresent(value -> query.append("&added_after=").append(encoded(value)));
        next.ifPresent(value -> query.append("&next=").append(encoded(value)));
        return URI.create(objects.toString() + query);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** The address of the collection's objects. */
    private URI objects(URI address, Optional<String> collection) throws IOException {
        String text = withSlash(address.toString());
        if (text.endsWith("/objects/")) {
            return URI.create(text);
        }
        if (text.matches(".*/collections/[^/]+/")) {
            return URI.create(text + "objects/");
        }
        if (text.endsWith("/collections/")) {
            return inRoots(List.of(URI.create(text.substring(0, text.length() - "collections/".length()))), collection);
        }
        JsonNode answer = get(URI.create(text));
        if (answer.has("api_roots") || answer.has("default")) {
            List<URI> roots = new ArrayList<>();
            String first = Jsons.text(answer, "default");
            if (!first.isEmpty()) {
                roots.add(address.resolve(withSlash(first)));
            }
            for (String root : Jsons.texts(answer, "api_roots")) {
                URI resolved = address.resolve(withSlash(root));
                if (!roots.contains(resolved)) {
                    roots.add(resolved);
                }
            }
            return inRoots(roots, collection);
        }
        return inRoots(List.of(URI.create(text)), collection);
    }

    private URI inRoots(List<URI> roots, Optional<String> wanted) throws IOException {
        List<String> readable = new ArrayList<>();
        URI only = null;
        for (URI root : roots) {
            for (JsonNode collection : get(URI.create(root + "collections/")).path("collections")) {
                String id = Jsons.text(collection, "id");
                URI objects = URI.create(root + "collections/" + encoded(id) + "/objects/");
                if (wanted.isPresent()
                        && (wanted.get().equals(id)
                                || wanted.get().equals(Jsons.text(collection, "alias"))
                                || wanted.get().equals(Jsons.text(collection, "title")))) {
                    return objects;
                }
                if (collection.path("can_read").asBoolean(true)) {
                    readable.add(id + " (" + Jsons.text(collection, "title") + ")");
                    only = objects;
                }
            }
        }
        if (wanted.isEmpty() && readable.size() == 1) {
            return only;
        }
        throw new FeedFormatException(
                wanted.map(name -> "no collection '" + name + "'").orElse("the server has several collections or none")
                        + ": choose with --collection "
                        + (readable.isEmpty() ? "; this login can read none" : String.join(", ", readable)));
    }

    private JsonNode get(URI uri) throws IOException {
        Path file = Files.createTempFile(folder, "answer", ".json");
        source.fetch(uri, MEDIA_TYPE, file);
        try {
            return Jsons.MAPPER.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new FeedFormatException(uri + " does not answer in JSON: is it a TAXII 2.1 server?", e);
        }
    }

    private static String withSlash(String address) {
        return address.endsWith("/") ? address : address + "/";
    }
}
