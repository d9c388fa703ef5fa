package jp.hinomi.city.schedule;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Others are on duty than the rotations say, for once: an entry of {@code overrides}.
 *
 * @param from in the zone of the schedule
 * @param to exclusive
 * @param replaces the contact whose duty the others take; absent = whoever it would be
 * @param owner id of the contact or stakeholder who answers for the change
 */
public record Substitution(
        LocalDateTime from,
        LocalDateTime to,
        List<String> onDuty,
        Optional<String> replaces,
        String owner,
        String reason) {
    public Substitution {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(reason, "reason");
        onDuty = List.copyOf(onDuty);
        if (onDuty.isEmpty() || !from.isBefore(to)) {
            throw new IllegalArgumentException("nobody takes over, or for no time");
        }
    }

    boolean holds(LocalDateTime clock) {
        return !clock.isBefore(from) && clock.isBefore(to);
    }

    /** Whether both could decide about the same person at the same time. */
    public boolean contradicts(Substitution other) {
        return from.isBefore(other.to)
                && other.from.isBefore(to)
                && (replaces.isEmpty() || other.replaces.isEmpty() || replaces.equals(other.replaces));
    }
}
