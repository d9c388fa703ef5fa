package jp.hinomi.alerting.notice;

import java.util.Objects;

/**
 * A mail as it is kept in the outbox and sent, retries included.
 *
 * @param messageId with angle brackets; the same for every attempt, so that mailboxes drop repetitions
 * @param thread message id of the first mail of this alert to this contact; equal to {@code messageId} for that one
 */
public record MailMessage(String subject, String text, String html, String messageId, String thread) {
    public MailMessage {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(html, "html");
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(thread, "thread");
    }
}
