package jp.hinomi.alerting.notice;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import jp.hinomi.events.Severity;

/**
 * A message that is not about one alert: a digest of what was held back, a test of the channel, an
 * alarm about Hinomi itself, a reminder.
 *
 * @param id of the delivery: messages of it are recognised by that
 * @param language {@code ja} or {@code en}
 * @param key of a digest why it was held back, in a word, with the id of the rule if it was one: {@code storm}, {@code rule:ID}; of a
 *     hand-over the schedule; empty in a test
 * @param title of the message
 * @param explain what this is and why it comes
 * @param count of what it sums up, which may be more than {@code items}
 * @param items newest first, at most {@link #LISTED}
 * @param note until when the links work; empty without links
 * @param link to where there is more
 * @param at when it was written
 */
public record Announcement(
        Kind kind,
        long id,
        String language,
        String city,
        String key,
        String subject,
        String title,
        String explain,
        int count,
        List<Item> items,
        String note,
        URI link,
        Instant at) {
    /** More in one message helps nobody. */
    public static final int LISTED = 20;

    public enum Kind {
        DIGEST,
        TEST,
        ALARM,
        /** Duty goes from one to another, with what is open. */
        HAND_OVER,
        /** A report is due. */
        REMINDER
    }

    /**
     * One alert.
     *
     * @param time as its reader writes it
     * @param console page of the alert
     * @param acknowledge link that answers for it without a login, as the notice itself would have had
     */
    public record Item(
            String alertId, String title, Severity severity, Instant at, String time, URI console, URI acknowledge) {}

    public Announcement {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(explain, "explain");
        items = List.copyOf(items.subList(0, Math.min(LISTED, items.size())));
    }

    /** How many are not listed. */
    public int more() {
        return Math.max(0, count - items.size());
    }

    /** The worst of what it lists. */
    public Severity severity() {
        return items.stream().map(Item::severity).max(Severity::compareTo).orElse(Severity.INFORMATIONAL);
    }
}
