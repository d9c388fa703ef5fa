package jp.hinomi.alerting.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.city.report.Stage;

/**
 * A report that is due at some time.
 *
 * @param recipient see {@link Recipient#id}
 * @param target by when it should rather be there
 * @param met when a report of that stage, or of a later one, was submitted
 */
public record Deadline(
        String incident,
        String form,
        Map<String, String> formName,
        String recipient,
        Map<String, String> recipientName,
        Stage stage,
        Map<String, String> stageName,
        Optional<Instant> target,
        Instant due,
        Optional<Instant> met) {
    /** That long before a term ends, it is soon. */
    public static final Duration SOON = Duration.ofHours(24);

    public enum State {
        MET,
        MET_LATE,
        OPEN,
        SOON,
        OVERDUE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What somebody is reminded of; the last one that is so counts. */
    public enum Reminder {
        /** The target is near. */
        TARGET,
        /** The term is near. */
        DUE,
        /** The term is over. */
        OVERDUE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Deadline {
        Objects.requireNonNull(incident, "incident");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(due, "due");
        formName = Map.copyOf(formName);
        recipientName = Map.copyOf(recipientName);
        stageName = Map.copyOf(stageName);
    }

    public State state(Instant now) {
        if (met.isPresent()) {
            return met.get().isAfter(due) ? State.MET_LATE : State.MET;
        }
        if (!now.isBefore(due)) {
            return State.OVERDUE;
        }
        return reminder(now).isPresent() ? State.SOON : State.OPEN;
    }

    /** What whoever leads must be told at that time; absent if nothing, or if the report is there. */
    public Optional<Reminder> reminder(Instant now) {
        if (met.isPresent()) {
            return Optional.empty();
        }
        if (!now.isBefore(due)) {
            return Optional.of(Reminder.OVERDUE);
        }
        if (!now.isBefore(due.minus(SOON))) {
            return Optional.of(Reminder.DUE);
        }
        return target.filter(aim -> !now.isBefore(aim.minus(SOON))).map(aim -> Reminder.TARGET);
    }
}
