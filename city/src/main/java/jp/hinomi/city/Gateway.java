package jp.hinomi.city;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A service that turns a call over HTTP into a text message or a telephone call.
 *
 * @param headers values may be references ({@code env:NAME}, {@code file:PATH}): what authenticates us never stands in a file
 * @param body with {@code {{number}}}, {@code {{text}}} and {@code {{id}}}; each is escaped for {@code encoding}
 * @param success expression (RE2) that the answer must contain besides a status of 2xx; absent = the status decides
 * @param maxLength characters (UTF-16 units, as SMS counts Japanese) of one text
 * @param limit messages per contact in {@code window}; what is over is held
 */
public record Gateway(
        String id,
        Kind kind,
        URI url,
        Method method,
        Map<String, String> headers,
        Encoding encoding,
        String body,
        Optional<String> success,
        int maxLength,
        int limit,
        Duration window) {
    /** What arrives. */
    public enum Kind {
        SMS(300, 5),
        VOICE(200, 3);

        private final int maxLength;
        private final int limit;

        Kind(int maxLength, int limit) {
            this.maxLength = maxLength;
            this.limit = limit;
        }

        /** The word in files: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        int maxLength() {
            return maxLength;
        }

        int limit() {
            return limit;
        }
    }

    public enum Method {
        POST,
        PUT,
        GET
    }

    /** How the body is written, and thus how values are escaped in it. */
    public enum Encoding {
        JSON("application/json; charset=utf-8"),
        FORM("application/x-www-form-urlencoded");

        private final String contentType;

        Encoding(String contentType) {
            this.contentType = contentType;
        }

        /** The word in files: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String contentType() {
            return contentType;
        }
    }

    public Gateway {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(success, "success");
        Objects.requireNonNull(window, "window");
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (maxLength < 20 || limit < 1) {
            throw new IllegalArgumentException("a gateway of " + maxLength + " characters and " + limit + " messages");
        }
    }
}
