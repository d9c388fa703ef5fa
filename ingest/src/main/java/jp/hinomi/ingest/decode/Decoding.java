package jp.hinomi.ingest.decode;

import java.util.Objects;
import jp.hinomi.events.SecurityEvent;

/** What became of a log record. */
public sealed interface Decoding {
    record Decoded(SecurityEvent event) implements Decoding {
        public Decoded {
            Objects.requireNonNull(event, "event");
        }
    }

    /**
     * The record cannot be used and goes to {@code rejects}.
     *
     * @param decoder name of the format that refused it
     * @param reason what is wrong and what to do
     * @param byteOffset where in the record
     */
    record Rejected(String decoder, String reason, int byteOffset) implements Decoding {
        public Rejected {
            Objects.requireNonNull(decoder, "decoder");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
