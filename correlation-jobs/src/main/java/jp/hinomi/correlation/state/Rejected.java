package jp.hinomi.correlation.state;

import java.util.Objects;

/**
 * A record that could not be used, and why.
 *
 * @param byteOffset where in the record
 */
public record Rejected(RawRecord record, String decoder, String reason, int byteOffset) {
    public Rejected {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(decoder, "decoder");
        Objects.requireNonNull(reason, "reason");
    }
}
