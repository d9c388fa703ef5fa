package jp.hinomi.rules.content;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Objects;

/** Where log lines of a test come from. */
public sealed interface TestSource {
    String id();

    /** A source of the example city, by id. */
    record OfCity(String id) implements TestSource {
        public OfCity {
            Objects.requireNonNull(id, "id");
        }
    }

    /** A source that the test describes itself. */
    record Described(String id, String format, ZoneId zone, Charset charset) implements TestSource {
        public Described {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(charset, "charset");
        }
    }
}
