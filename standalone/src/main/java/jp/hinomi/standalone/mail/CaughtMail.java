package jp.hinomi.standalone.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;

/**
 * A mail that was caught.
 *
 * @param id from 1, in order of arrival
 * @param recipient of the envelope
 * @param text the plain part; empty without one
 * @param html the HTML part; empty without one
 */
record CaughtMail(
        long id,
        Instant arrived,
        String sender,
        String recipient,
        String subject,
        String text,
        String html,
        byte[] source) {
    CaughtMail {
        Objects.requireNonNull(arrived, "arrived");
        Objects.requireNonNull(recipient, "recipient");
    }

    /** A message that cannot be understood is kept as its source, so that it can be seen what is wrong with it. */
    static CaughtMail parse(long id, Instant arrived, String sender, String recipient, byte[] source) {
        try {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
            String subject = message.getSubject();
            return new CaughtMail(
                    id,
                    arrived,
                    sender,
                    recipient,
                    subject == null ? "" : subject,
                    find(message, "text/plain"),
                    find(message, "text/html"),
                    source);
        } catch (MessagingException | IOException e) {
            return new CaughtMail(id, arrived, sender, recipient, "(" + e.getMessage() + ")", "", "", source);
        }
    }

    private static String find(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.isMimeType("multipart/*")) {
            Multipart parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String found = find(inner, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
