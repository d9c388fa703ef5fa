package jp.hinomi.alerting.channel;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One channel of a contact with what is known of it.
 *
 * @param lastOk when it last took a message, of whatever kind
 * @param lastError what the other side said at the last failure; absent once it took a message again
 * @param test the last test of it
 */
public record ChannelRow(
        String stakeholder,
        String contact,
        String type,
        String address,
        Optional<Instant> lastOk,
        Optional<Instant> lastFailed,
        Optional<String> lastError,
        Optional<Instant> gone,
        Optional<Test> test) {
    public ChannelRow {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(test, "test");
    }

    /** Whether messages arrive, as far as anybody can know. */
    public enum State {
        /** The last message went through. */
        WORKS,
        /** The last did not. */
        FAILS,
        /** The receiver said that the channel is no more. */
        GONE,
        /** None was ever sent. */
        UNPROVEN;

        /** The word in JSON: lower case. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * @param state {@code pending}, {@code sent} or {@code dead}
     * @param at when it was asked for
     * @param finished when it arrived or was given up
     * @param latencyMillis of the last attempt
     * @param detail what the other side said to that
     */
    public record Test(
            long id,
            String state,
            Instant at,
            Optional<Instant> finished,
            int attempts,
            Optional<Long> latencyMillis,
            Optional<String> detail) {
        public boolean isPending() {
            return "pending".equals(state);
        }
    }

    public State state() {
        if (gone.isPresent()) {
            return State.GONE;
        }
        if (lastError.isPresent()) {
            return State.FAILS;
        }
        return lastOk.isPresent() ? State.WORKS : State.UNPROVEN;
    }
}
