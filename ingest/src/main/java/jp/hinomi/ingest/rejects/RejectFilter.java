package jp.hinomi.ingest.rejects;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which rejected records are meant.
 *
 * @param source id of the source; {@code unknown} for records that nobody knows the source of
 * @param reason part of the reason, whatever its case
 * @param sinceMillis rejected at or after that time
 */
public record RejectFilter(Optional<String> source, Optional<String> reason, long sinceMillis) {
    /** Name of the source that nobody knows. */
    public static final String UNKNOWN = "unknown";

    public RejectFilter {
        Objects.requireNonNull(source, "source");
        reason = reason.map(text -> text.toLowerCase(Locale.ROOT));
    }

    public boolean accepts(Reject reject) {
        return reject.millis() >= sinceMillis
                && source.map(id -> reject.source().orElse(UNKNOWN).equals(id)).orElse(true)
                && reason.map(text -> reject.reason().toLowerCase(Locale.ROOT).contains(text))
                        .orElse(true);
    }
}
