package jp.hinomi.rules.read;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import jp.hinomi.events.document.Node;

/** The version of a rule: a hash of what its documents say, whatever file, line, key order or quoting they have. */
final class ContentHash {
    private static final int BYTES = 6;

    private ContentHash() {}

    /** The first 12 hex digits of SHA-256 over a canonical form of the documents. */
    static String of(List<Node> documents) {
        StringBuilder canonical = new StringBuilder();
        documents.forEach(document -> write(document, canonical));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void write(Node node, StringBuilder out) {
        if (node instanceof Node.Mapping mapping) {
            out.append('{');
            new TreeMap<>(mapping.entries()).forEach((key, value) -> {
                text(key, out);
                write(value, out);
            });
            out.append('}');
        } else if (node instanceof Node.Sequence sequence) {
            out.append('[');
            sequence.elements().forEach(element -> write(element, out));
            out.append(']');
        } else if (node instanceof Node.Scalar scalar) {
            if (scalar.value() instanceof String value) {
                text(value, out);
            } else {
                out.append('=').append(scalar.value()).append(';');
            }
        }
    }

    /** Preceded by its length, so that no two texts run together. */
    private static void text(String text, StringBuilder out) {
        out.append(text.length()).append(':').append(text);
    }
}
