package jp.hinomi.alerting.map;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A version of the responsibility map, without its files.
 *
 * @param number ascending; as people name it
 * @param hash of its files, in hex
 * @param basedOn the version that it was made from; absent of the first
 * @param reason why it was made, in its maker's words
 * @param approvedBy never the maker; absent of a draft, and of what came from the city's folder
 * @param from since when it is or was in force
 * @param until when another followed it
 */
public record MapVersion(
        long number,
        String hash,
        Origin origin,
        Optional<Long> basedOn,
        String reason,
        String madeBy,
        Instant madeAt,
        Optional<String> approvedBy,
        Optional<String> withdrawnBy,
        Optional<Instant> from,
        Optional<Instant> until) {
    public enum Origin {
        /** Found in the city's folder at a start. */
        FILES,
        /** Drafted by a person while Hinomi ran. */
        CONSOLE;

        /** The word in the database, texts and JSON: lower case. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public enum State {
        DRAFT,
        WITHDRAWN,
        IN_FORCE,
        SUPERSEDED;

        /** The word in texts and JSON: {@code in-force}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public MapVersion {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(madeBy, "madeBy");
        Objects.requireNonNull(madeAt, "madeAt");
    }

    public State state() {
        if (withdrawnBy.isPresent()) {
            return State.WITHDRAWN;
        }
        return from.isEmpty() ? State.DRAFT : until.isEmpty() ? State.IN_FORCE : State.SUPERSEDED;
    }

    public boolean isDraft() {
        return state() == State.DRAFT;
    }

    /** What routing decisions name as the map that they rest on. */
    public String name() {
        return name(hash);
    }

    static String name(String hash) {
        return hash.substring(0, 12);
    }
}
