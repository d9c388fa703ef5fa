package jp.hinomi.testing;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/**
 * An SMTP server that takes mail for anybody, but only over STARTTLS and only from who logs in. Can be stopped and started
 * again on the same port, to see what its clients do meanwhile. Thread-safe.
 */
public final class TestMail implements AutoCloseable {
    private static final String USER = "hinomi";
    private static final String PASSWORD = "open sesame";

    private final List<ReceivedMail> received = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> refused = recipient -> false;
    private SMTPServer server;
    private int port;

    private TestMail() {}

    public static TestMail start() {
        TestMail mail = new TestMail();
        mail.resume();
        return mail;
    }

    /** Starts again on the same port. */
    public synchronized void resume() {
        server = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .requireTLS()
                .startTlsSocketFactory(TestCertificate.shared().server())
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!USER.equals(user) || !PASSWORD.equals(password)) {
                        throw new LoginFailedException("wrong user or password");
                    }
                }))
                .requireAuth()
                .messageHandler((context, from, to, data) -> take(from, to, data))
                .build();
        server.start();
        port = server.getPortAllocated();
    }

    private void take(String from, String to, byte[] data) throws org.subethamail.smtp.RejectException {
        if (refused.test(to)) {
            throw new org.subethamail.smtp.RejectException(550, "no such mailbox: " + to);
        }
        received.add(ReceivedMail.parse(from, to, data));
    }

    /** Stops listening; connections in use end. What was received stays. */
    public synchronized void stop() {
        server.stop();
    }

    /** From now on, mail to these recipients is refused for good (550). */
    public void refuse(Predicate<String> recipients) {
        refused = recipients;
    }

    public String host() {
        return "localhost";
    }

    public synchronized int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    /** For {@code -Djavax.net.ssl.trustStore} of other processes; this one trusts the server's certificate already. */
    public Path trustStore() {
        return TestCertificate.shared().file();
    }

    public String trustStorePassword() {
        return TestCertificate.PASSWORD;
    }

    /** In order of arrival. */
    public List<ReceivedMail> received() {
        return List.copyOf(received);
    }

    public List<ReceivedMail> receivedBy(String recipient) {
        return received.stream()
                .filter(mail -> mail.recipient().equals(recipient))
                .toList();
    }

    /** Waits for a mail that satisfies the condition and returns the first one. */
    public ReceivedMail await(Duration atMost, Predicate<ReceivedMail> condition) {
        return Awaitility.await()
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> received.stream().filter(condition).findFirst(), java.util.Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public synchronized void close() {
        server.stop();
    }
}
