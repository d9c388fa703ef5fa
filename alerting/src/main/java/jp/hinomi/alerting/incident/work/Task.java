package jp.hinomi.alerting.incident.work;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that somebody is to do about an incident.
 *
 * @param owner an account or a contact of the city; empty = nobody yet
 * @param doneBy absent while it is open
 */
public record Task(
        long id,
        String title,
        String owner,
        Optional<Instant> due,
        String createdBy,
        Instant createdAt,
        Optional<String> doneBy,
        Optional<Instant> doneAt) {
    /** Longer ones belong into the timeline. */
    public static final int TITLE = 300;

    public static final int OWNER = 100;

    public Task {
        Objects.requireNonNull(due, "due");
        Objects.requireNonNull(doneBy, "doneBy");
        Objects.requireNonNull(doneAt, "doneAt");
        if (title.isEmpty() || title.length() > TITLE) {
            throw new IllegalArgumentException("a task has a title of 1 to " + TITLE + " characters");
        }
        if (owner.length() > OWNER) {
            throw new IllegalArgumentException("the owner is longer than " + OWNER + " characters");
        }
    }

    public boolean isOverdue(Instant now) {
        return doneAt.isEmpty() && due.filter(now::isAfter).isPresent();
    }
}
