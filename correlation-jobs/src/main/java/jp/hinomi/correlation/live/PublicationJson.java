package jp.hinomi.correlation.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.signing.SigningKey;
import jp.hinomi.events.signing.VerifyingKey;

/**
 * Publications as records of the topic {@code rules}. What is signed are the bytes of the value as they stand there, so that
 * nothing depends on how JSON may be written otherwise. Stateless and thread-safe.
 */
final class PublicationJson {
    /** Grows when a reader of the older form would be mistaken. */
    static final String FORMAT = "hinomi-publication/1";

    /** Before what is signed, so that no signature for something else serves here. */
    private static final byte[] DOMAIN = (FORMAT + '\n').getBytes(StandardCharsets.US_ASCII);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PublicationJson() {}

    static byte[] write(Publication publication) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("format", FORMAT)
                .put("pack", publication.pack())
                .put("number", publication.number())
                .put("time", publication.time().toString())
                .put("by", publication.by())
                .put("product", publication.product())
                .put("comment", publication.comment());
        json.putObject("tested")
                .put("cases", publication.tested().cases())
                .put("warnings", publication.tested().warnings());
        ArrayNode documents = json.putArray("documents");
        publication
                .documents()
                .forEach(document -> documents
                        .addObject()
                        .put("key", document.key())
                        .put("sha256", document.sha256())
                        .put("name", document.name())
                        .put("version", document.version())
                        .put("status", document.status()));
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** @throws IllegalArgumentException if it is not what {@link #write} writes; the message says what is wrong */
    static Publication read(byte[] value) {
        try {
            JsonNode json = MAPPER.readTree(value);
            String format = json.path("format").asText();
            if (!format.equals(FORMAT)) {
                throw new IllegalArgumentException(
                        "its format is '" + format + "', and this version reads '" + FORMAT + "'");
            }
            List<Publication.Document> documents = new ArrayList<>();
            for (JsonNode each : json.required("documents")) {
                documents.add(new Publication.Document(
                        text(each, "key"),
                        text(each, "sha256"),
                        text(each, "name"),
                        text(each, "version"),
                        text(each, "status")));
            }
            return new Publication(
                    text(json, "pack"),
                    json.required("number").asLong(),
                    Instant.parse(text(json, "time")),
                    text(json, "by"),
                    text(json, "product"),
                    text(json, "comment"),
                    new Publication.Tested(
                            json.required("tested").path("cases").asInt(),
                            json.required("tested").path("warnings").asInt()),
                    documents);
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("it is no publication: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode json, String name) {
        return json.required(name).asText();
    }

    static byte[] sign(byte[] value, SigningKey key) {
        return key.sign(signed(value));
    }

    static boolean isSigned(byte[] value, byte[] signature, VerifyingKey key) {
        return key.verifies(signed(value), signature);
    }

    private static byte[] signed(byte[] value) {
        return ByteBuffer.allocate(DOMAIN.length + value.length)
                .put(DOMAIN)
                .put(value)
                .array();
    }
}
