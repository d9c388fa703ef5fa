package jp.hinomi.testing;

import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail as the server took it.
 *
 * @param recipient of the envelope
 * @param text the part {@code text/plain}; empty without one
 * @param html the part {@code text/html}; empty without one
 */
public record ReceivedMail(
        String sender, String recipient, String subject, String text, String html, MimeMessage message) {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");

    static ReceivedMail parse(String sender, String recipient, byte[] bytes) {
        try {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            return new ReceivedMail(
                    sender,
                    recipient,
                    Optional.ofNullable(message.getSubject()).orElse(""),
                    find(message, "text/plain"),
                    find(message, "text/html"),
                    message);
        } catch (MessagingException | IOException e) {
            throw new IllegalArgumentException("not a mail: " + e.getMessage(), e);
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

    /** The first link of the text that contains the given words. */
    public Optional<String> link(String containing) {
        Matcher links = LINK.matcher(text);
        while (links.find()) {
            if (links.group().contains(containing)) {
                return Optional.of(links.group());
            }
        }
        return Optional.empty();
    }

    /** A header's first value; empty without one. */
    public String header(String name) {
        try {
            String[] values = message.getHeader(name);
            return values == null ? "" : values[0];
        } catch (MessagingException e) {
            throw new IllegalStateException("header " + name, e);
        }
    }

    /** The addressee as the mail itself names it, which need not be the envelope's. */
    public String to() {
        try {
            var addresses = message.getRecipients(Message.RecipientType.TO);
            return addresses == null || addresses.length == 0 ? "" : addresses[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException("header To", e);
        }
    }
}
