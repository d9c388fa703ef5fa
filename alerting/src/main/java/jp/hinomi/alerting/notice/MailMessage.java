package jp.hinomi.alerting.notice;

import java.util.List;
import java.util.Objects;

/**
 * A mail as it is kept in the outbox and sent, retries included.
 *
 * @param messageId with angle brackets; the same for every attempt, so that mailboxes drop repetitions
 * @param thread message id of the first mail of this alert to this contact; equal to {@code messageId} for that one
 * @param files names of what is attached, which the outbox keeps beside it
 */
public record MailMessage(
        String subject, String text, String html, String messageId, String thread, List<String> files) {
    public MailMessage {
        // Absent in what was written before mails had files.
        files = files == null ? List.of() : List.copyOf(files);
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(html, "html");
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(thread, "thread");
    }

    public MailMessage(String subject, String text, String html, String messageId, String thread) {
        this(subject, text, html, messageId, thread, List.of());
    }

    /** The same with files. */
    public MailMessage with(List<String> names) {
        return new MailMessage(subject, text, html, messageId, thread, names);
    }
}
