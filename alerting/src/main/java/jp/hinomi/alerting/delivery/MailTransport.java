package jp.hinomi.alerting.delivery;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import jp.hinomi.alerting.SmtpSettings;
import jp.hinomi.alerting.notice.MailMessage;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Hands mail over to an SMTP server (RFC 5321): multipart text and HTML, UTF-8, threaded (RFC 5322 3.6.4), marked as
 * written by a machine (RFC 3834) and as a list's (RFC 2919). Thread-safe.
 */
public final class MailTransport implements Transport {
    /** What an attempt says as long as there is none; pages say it in the reader's language. */
    public static final String NO_SERVER = "no mail server is set up: set HINOMI_SMTP_HOST and start again";

    private static final Logger LOG = LoggerFactory.getLogger(MailTransport.class);

    private final Optional<SmtpSettings> smtp;
    private final InternetAddress from;
    private final String listId;
    private final Channels channels;
    private final Threads threads;
    private final Files files;
    private final Duration timeout;
    private final Duration atMost;

    /**
     * @param threads which mail an alert's mails follow, once it is a part of an incident
     * @param files what is attached
     * @param channels who still has which address: nothing goes to one that was taken out of the city's files
     * @param timeout of connecting
     * @param atMost of one attempt from beginning to end, and thus of each answer: a server that looks into mail before it
     *     accepts it may take its time, but less than the lease, after which another worker would send the mail again
     * @throws IllegalArgumentException if {@code from} is no address
     */
    public MailTransport(
            Optional<SmtpSettings> smtp,
            String from,
            String cityId,
            Channels channels,
            Threads threads,
            Files files,
            Duration timeout,
            Duration atMost) {
        this.smtp = smtp;
        this.from = sender(from);
        this.listId = "<alerts." + cityId.replaceAll("[^A-Za-z0-9-]", "-") + ".hinomi>";
        this.channels = channels;
        this.threads = threads;
        this.files = files;
        this.timeout = timeout;
        this.atMost = atMost;
    }

    /** The first mail of the incident that an alert is a part of, at that contact; empty if there is none before it. */
    public interface Threads {
        Optional<String> root(String alertId, String contactId);
    }

    /** What is attached to a message, in its order. */
    @FunctionalInterface
    public interface Files {
        List<AttachedFile> of(long delivery);
    }

    /** The sender as mail shows it: {@code name <address>} or an address alone. */
    public static InternetAddress sender(String from) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(from, true);
            if (parsed.length != 1) {
                throw new IllegalArgumentException("the sender of mails is '" + from + "': give one address");
            }
            if (parsed[0].getPersonal() != null) {
                parsed[0].setPersonal(parsed[0].getPersonal(), "UTF-8");
            }
            return parsed[0];
        } catch (jakarta.mail.internet.AddressException | java.io.UnsupportedEncodingException e) {
            throw new IllegalArgumentException("the sender of mails is '" + from + "': " + e.getMessage(), e);
        }
    }

    private Session session(SmtpSettings settings, Attempt attempt) {
        Properties properties = new Properties();
        String answer = Long.toString(atMost.toMillis());
        properties.put("mail.smtp.host", settings.host());
        properties.put("mail.smtp.port", Integer.toString(settings.port()));
        properties.put("mail.smtp.connectiontimeout", Long.toString(timeout.toMillis()));
        properties.put("mail.smtp.timeout", answer);
        properties.put("mail.smtp.socketFactory", attempt.sockets());
        properties.put("mail.smtp.socketFactory.fallback", "false");
        // Nothing that is said after the mail was accepted matters.
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (settings.security()) {
            case NONE -> properties.put("mail.smtp.starttls.enable", "false");
            case STARTTLS_IF_OFFERED -> properties.put("mail.smtp.starttls.enable", "true");
            case STARTTLS_REQUIRED -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
        }
        return Session.getInstance(properties);
    }

    @Override
    public String channelType() {
        return "email";
    }

    @Override
    public SendResult send(Leased leased) {
        if (channels.find(leased, Channel.Email.class) instanceof Channels.Lookup.Missing<Channel.Email> missing) {
            return new SendResult.Refused(missing.reason());
        }
        if (smtp.isEmpty()) {
            return new SendResult.Failed(NO_SERVER);
        }
        String json = leased.message().orElseThrow();
        MailMessage mail = Columns.read(json, new TypeReference<MailMessage>() {});
        try (Attempt attempt = Attempt.begin(atMost)) {
            Session session = session(smtp.get(), attempt);
            MimeMessage message = message(session, leased, mail);
            jakarta.mail.Transport transport = session.getTransport("smtp");
            try {
                deliver(transport, smtp.get(), message);
            } catch (MessagingException e) {
                closeQuietly(transport);
                return attempt.isOver() ? new SendResult.Failed(tooSlow()) : failure(e);
            }
            // The server has the mail. Whatever happens to the connection now, sending again would double it.
            closeQuietly(transport);
            return new SendResult.Sent("accepted by " + smtp.get().host());
        } catch (MessagingException e) {
            return failure(e);
        }
    }

    private static void deliver(jakarta.mail.Transport transport, SmtpSettings smtp, MimeMessage message)
            throws MessagingException {
        if (smtp.login().isPresent()) {
            SmtpSettings.Login login = smtp.login().get();
            transport.connect(login.user(), login.password());
        } else {
            transport.connect();
        }
        transport.sendMessage(message, message.getAllRecipients());
    }

    private static void closeQuietly(jakarta.mail.Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug("the connection to the mail server did not end as it should: {}", e.toString());
        }
    }

    private String tooSlow() {
        return "the mail server took longer than " + atMost.toSeconds() + " s";
    }

    private static SendResult failure(MessagingException failure) {
        return failure instanceof SendFailedException refused
                ? refusal(refused)
                : new SendResult.Failed(words(failure));
    }

    private MimeMessage message(Session session, Leased leased, MailMessage mail) throws MessagingException {
        MimeMessage message = new FixedIdMessage(session, mail.messageId());
        MimeMessageHelper helper =
                new MimeMessageHelper(message, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED, "UTF-8");
        helper.setFrom(from);
        helper.setTo(new InternetAddress(leased.address(), true));
        helper.setSubject(mail.subject());
        helper.setText(mail.text(), mail.html());
        if (!mail.files().isEmpty()) {
            for (AttachedFile file : files.of(leased.id())) {
                helper.addAttachment(file.name(), new ByteArrayResource(file.bytes()), file.type());
            }
        }
        helper.setSentDate(new Date());
        message.setHeader("List-Id", listId);
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setHeader("Content-Language", leased.language());
        message.setHeader("X-Hinomi-Delivery", Long.toString(leased.id()));
        List<String> before = before(leased, mail);
        if (!before.isEmpty()) {
            message.setHeader("In-Reply-To", before.get(before.size() - 1));
            message.setHeader("References", String.join(" ", before));
        }
        message.saveChanges();
        return message;
    }

    /** What it follows, the oldest first (RFC 5322, 3.6.4): the first mail of its incident, and that of its alert. */
    private List<String> before(Leased leased, MailMessage mail) {
        List<String> before = new ArrayList<>();
        leased.alertId()
                .flatMap(alert -> threads.root(alert, leased.contactId()))
                .ifPresent(before::add);
        if (!mail.thread().equals(mail.messageId())) {
            before.add(mail.thread());
        }
        return before;
    }

    /** JavaMail would make up a new id for every attempt. */
    private static final class FixedIdMessage extends MimeMessage {
        private final String id;

        FixedIdMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /** That a mailbox or a message is not accepted (550 to 554) is final (RFC 5321, 4.2.1); everything else may pass. */
    private static SendResult refusal(SendFailedException failure) {
        for (Exception at = failure; at instanceof MessagingException nested; at = nested.getNextException()) {
            int code = at instanceof SMTPAddressFailedException address
                    ? address.getReturnCode()
                    : at instanceof SMTPSendFailedException message ? message.getReturnCode() : 0;
            if (code >= 550 && code <= 554) {
                return new SendResult.Refused(words(at));
            }
        }
        Address[] invalid = failure.getInvalidAddresses();
        return new SendResult.Failed(
                words(failure) + (invalid != null && invalid.length > 0 ? " (" + invalid[0] + ")" : ""));
    }

    private static String words(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        byte[] bytes = message.strip().getBytes(StandardCharsets.UTF_8);
        return bytes.length > 500
                ? message.strip().substring(0, Math.min(message.strip().length(), 400))
                : message.strip();
    }
}
