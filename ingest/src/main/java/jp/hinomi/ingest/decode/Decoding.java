package jp.hinomi.ingest.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jp.hinomi.events.SecurityEvent;

/** What became of a log record. */
public sealed interface Decoding {
    /**
     * What the record says.
     *
     * @param event the first, whose id is the record's origin
     * @param further of a record that carries several log records: the others in their order, their ids the origin with
     *     {@code #1}, {@code #2} … behind it, so that they are the same in every replay
     */
    record Decoded(SecurityEvent event, List<SecurityEvent> further) implements Decoding {
        public Decoded {
            Objects.requireNonNull(event, "event");
            further = List.copyOf(further);
        }

        public Decoded(SecurityEvent event) {
            this(event, List.of());
        }

        /** All events of the record, in their order. */
        public List<SecurityEvent> all() {
            if (further.isEmpty()) {
                return List.of(event);
            }
            List<SecurityEvent> all = new ArrayList<>(further.size() + 1);
            all.add(event);
            all.addAll(further);
            return all;
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
