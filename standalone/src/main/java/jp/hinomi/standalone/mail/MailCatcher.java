package jp.hinomi.standalone.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import jp.hinomi.standalone.terminal.Texts;
import org.subethamail.smtp.server.SMTPServer;

/** SMTP server and inbox page, both on loopback only. Thread-safe. */
public final class MailCatcher implements AutoCloseable {
    private static final int LARGEST = 16 * 1024 * 1024;

    private final SMTPServer smtp;
    private final InboxServer inbox;

    private MailCatcher(SMTPServer smtp, InboxServer inbox) {
        this.smtp = smtp;
        this.inbox = inbox;
    }

    /** @param smtpPort 0 for any free one, as is {@code pagePort} */
    public static MailCatcher start(int smtpPort, int pagePort, Texts texts) throws IOException {
        Mailbox mailbox = new Mailbox();
        InboxServer inbox = InboxServer.start(pagePort, mailbox, texts);
        SMTPServer smtp = SMTPServer.port(smtpPort)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .softwareName("Hinomi demo")
                .maxMessageSize(LARGEST)
                .insertReceivedHeaders(false)
                .messageHandler((context, from, to, data) -> mailbox.add(from, to, data))
                .build();
        try {
            smtp.start();
        } catch (RuntimeException e) {
            inbox.close();
            throw e;
        }
        return new MailCatcher(smtp, inbox);
    }

    public int smtpPort() {
        return smtp.getPortAllocated();
    }

    /** Address of the inbox page. */
    public URI inbox() {
        return inbox.address();
    }

    @Override
    public void close() {
        smtp.stop();
        inbox.close();
    }
}
