package jp.hinomi.alerting.incident.work;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.incident.CaseworkRefusal;

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
            throw new CaseworkRefusal(CaseworkRefusal.Why.TASK_TITLE, TITLE);
        }
        if (owner.length() > OWNER) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.TASK_OWNER, OWNER);
        }
    }

    public boolean isOverdue(Instant now) {
        return doneAt.isEmpty() && due.filter(now::isAfter).isPresent();
    }
}
