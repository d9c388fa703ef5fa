package jp.hinomi.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate for {@code localhost} and 127.0.0.1 that signed itself, made once per process by the JDK's keytool. This
 * process trusts it beside the JDK's own authorities; another process does with {@code -Djavax.net.ssl.trustStore}.
 */
public final class TestCertificate {
    static final String PASSWORD = "changeit";

    /** A name that no name server knows (RFC 2606) and that the certificate is for as well: only a proxy can lead there. */
    public static final String ELSEWHERE = "receiver.hinomi.example";

    private static final class Holder {
        private static final TestCertificate SHARED = make();
    }

    private final Path file;
    private final SSLContext server;

    private TestCertificate(Path file, SSLContext server) {
        this.file = file;
        this.server = server;
    }

    public static TestCertificate shared() {
        return Holder.SHARED;
    }

    /** PKCS #12; serves as key store and as trust store. */
    Path file() {
        return file;
    }

    public SSLContext server() {
        return server;
    }

    /** The certificate alone, for those who trust it by a file of PEM. */
    public Path pem() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            byte[] der = store.getCertificate(store.aliases().nextElement()).getEncoded();
            return Files.writeString(
                    file.resolveSibling("localhost.pem"),
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                            + "\n-----END CERTIFICATE-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestCertificate make() {
        Path folder = TestFolder.create("tls");
        TestFolder.removeAtExit(folder, () -> {});
        Path file = folder.resolve("localhost.p12");
        try {
            generate(file);
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, new SecureRandom());
            trust((X509Certificate) store.getCertificate("localhost"));
            return new TestCertificate(file, context);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a certificate for tests", e);
        }
    }

    private static void generate(Path file) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1,dns:" + ELSEWHERE,
                        "-validity",
                        "30",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                keytool.destroyForcibly();
                throw new IOException("keytool failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    private static void trust(X509Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        for (X509Certificate authority : defaultTrust().getAcceptedIssuers()) {
            authorities.setCertificateEntry(authority.getSubjectX500Principal().getName(), authority);
        }
        authorities.setCertificateEntry("test", certificate);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), new SecureRandom());
        SSLContext.setDefault(context);
    }

    private static X509TrustManager defaultTrust() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new IllegalStateException("this JDK has no X.509 trust manager");
    }
}
