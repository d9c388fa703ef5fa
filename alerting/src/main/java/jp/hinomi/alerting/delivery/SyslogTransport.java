package jp.hinomi.alerting.delivery;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import jp.hinomi.alerting.notice.SyslogMessage;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;

/**
 * Writes to a stakeholder's own log system: syslog (RFC 5424) with counted octets over TLS (RFC 5425) or TCP (RFC 6587). Syslog
 * has no answer, so each message has a connection of its own that is ended in order: a receiver that is gone, or resets the
 * connection, has not taken it. Thread-safe.
 */
final class SyslogTransport implements Transport {
    private static final char[] PASSWORD = "in memory".toCharArray();

    /** How long the other side may take to end the connection; most do so at once, some never. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final CheckedNames names;
    private final Secrets secrets;
    private final Channels channels;
    private final Duration timeout;

    SyslogTransport(EgressGuard guard, Secrets secrets, Channels channels, Duration timeout) {
        this.names = new CheckedNames(guard);
        this.secrets = secrets;
        this.channels = channels;
        this.timeout = timeout;
    }

    @Override
    public String channelType() {
        return "syslog";
    }

    /** In the order in which they were written. */
    @Override
    public int atATime() {
        return 1;
    }

    @Override
    public SendResult send(Leased message) {
        Channels.Lookup<Channel.Syslog> lookup = channels.find(message, Channel.Syslog.class);
        if (lookup instanceof Channels.Lookup.Missing<Channel.Syslog> missing) {
            return new SendResult.Refused(missing.reason());
        }
        Channel.Syslog channel = ((Channels.Lookup.Found<Channel.Syslog>) lookup).channel();
        SyslogMessage written = Columns.read(message.message().orElseThrow(), new TypeReference<SyslogMessage>() {});
        byte[] line = written.line(Idempotency.key(message)).getBytes(StandardCharsets.UTF_8);
        Optional<byte[]> key = Optional.empty();
        if (channel.key().isPresent()) {
            Secrets.Lookup secret = secrets.find(channel.key().get());
            if (secret instanceof Secrets.Lookup.Missing missing) {
                return new SendResult.Refused(missing.reason());
            }
            key = Optional.of(((Secrets.Lookup.Found) secret).key());
        }
        SSLContext tls = null;
        if (channel.tls()) {
            try {
                tls = context(channel, key);
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                return new SendResult.Refused("the certificates of " + channel.address() + " cannot be used ("
                        + e.getClass().getSimpleName() + "): check 'ca', 'certificate' and 'key' in stakeholders.yaml");
            }
        }
        try (Attempt attempt = Attempt.begin(timeout.multipliedBy(3))) {
            return write(channel, tls, line, attempt);
        } catch (CheckedNames.Refused e) {
            return new SendResult.Refused(e.getMessage());
        } catch (java.net.UnknownHostException e) {
            return new SendResult.Failed("the name " + channel.host() + " leads nowhere");
        } catch (IOException e) {
            String words = e.getMessage();
            String kind = e.getClass().getSimpleName();
            return new SendResult.Failed(words == null ? kind : kind + ": " + words);
        }
    }

    private SendResult write(Channel.Syslog channel, SSLContext tls, byte[] line, Attempt attempt) throws IOException {
        InetAddress address = names.resolve(channel.host())[0];
        try (Socket plain = attempt.sockets().createSocket()) {
            plain.connect(new InetSocketAddress(address, channel.port()), (int) timeout.toMillis());
            plain.setSoTimeout((int) timeout.toMillis());
            Socket socket = plain;
            if (tls != null) {
                SSLSocket secured =
                        (SSLSocket) tls.getSocketFactory().createSocket(plain, channel.host(), channel.port(), true);
                SSLParameters parameters = secured.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secured.setSSLParameters(parameters);
                secured.startHandshake();
                socket = secured;
            }
            OutputStream out = socket.getOutputStream();
            out.write((line.length + " ").getBytes(StandardCharsets.US_ASCII));
            out.write(line);
            out.flush();
            socket.shutdownOutput();
            socket.setSoTimeout((int) FAREWELL.toMillis());
            farewell(socket.getInputStream());
            return new SendResult.Sent("written to " + channel.address());
        }
    }

    /** Reads until the other side has ended, too; a reset is an error, and that it takes its time is none. */
    private static void farewell(InputStream in) throws IOException {
        byte[] ignored = new byte[256];
        try {
            for (int i = 0; i < 64 && in.read(ignored) >= 0; i++) {
                // Receivers have nothing to say.
            }
        } catch (SocketTimeoutException e) {
            // It keeps the connection: no sign that anything is wrong.
        }
    }

    private static SSLContext context(Channel.Syslog channel, Optional<byte[]> key)
            throws IOException, GeneralSecurityException {
        if (channel.ca().isEmpty() && key.isEmpty()) {
            return SSLContext.getDefault();
        }
        TrustManager[] trust = null;
        if (channel.ca().isPresent()) {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(PemKeys.trusting(channel.ca().get()));
            trust = factory.getTrustManagers();
        }
        KeyManager[] keys = null;
        if (key.isPresent()) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(PemKeys.keyed(channel.certificate().orElseThrow(), key.get(), PASSWORD), PASSWORD);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }
}
