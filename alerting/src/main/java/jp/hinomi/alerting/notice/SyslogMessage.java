package jp.hinomi.alerting.notice;

import java.time.Instant;
import java.util.Objects;

/**
 * A syslog message as the outbox keeps it (RFC 5424).
 *
 * @param priority facility × 8 + severity
 * @param at when it was written; the same for every attempt
 * @param host the sender: letters, digits and {@code .-}
 * @param type MSGID: what kind of message
 * @param text what stands in it: CEF or JSON on one line
 */
public record SyslogMessage(int priority, String at, String host, String type, String text) {
    public SyslogMessage {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(type, "type");
        if (priority < 0 || priority > 191 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("no syslog message: priority " + priority);
        }
        Instant.parse(at);
    }

    /** The whole line. @param delivery by which a receiver can tell that it has it already */
    public String line(String delivery) {
        // 32473 is the enterprise number of examples (RFC 5612): we have none of our own.
        return "<" + priority + ">1 " + at + " " + host + " hinomi - " + type + " [hinomi@32473 delivery=\"" + delivery
                + "\"] \uFEFF" + text;
    }
}
