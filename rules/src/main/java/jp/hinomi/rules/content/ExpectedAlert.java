package jp.hinomi.rules.content;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What an alert must say. Parts that the test does not write are not compared.
 *
 * @param time of the first firing
 * @param group values of {@code group-by}; compared only if not empty
 * @param count distinct events
 */
public record ExpectedAlert(Instant time, Map<String, String> group, OptionalLong count) {
    public ExpectedAlert {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(count, "count");
        group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }
}
