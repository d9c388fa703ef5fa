package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority for tests, and what it signs (X.509, RFC 5280; keys on P-256). */
final class TestPki {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_SHA256 = Der.sequence(oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final AtomicInteger SERIAL = new AtomicInteger(1000);

    private final Pair authority;
    private final String name;

    /** A certificate and its key. */
    record Pair(X509Certificate certificate, KeyPair keys) {
        Path writeCertificate(Path file) throws IOException {
            return Files.writeString(file, pem("CERTIFICATE", encoded(certificate)));
        }

        Path writeKey(Path file) throws IOException {
            return Files.writeString(file, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        }
    }

    TestPki(String name) throws GeneralSecurityException {
        this.name = name;
        KeyPair keys = keys();
        Instant now = Instant.now();
        this.authority =
                sign(keys, keys, name, null, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(100)), true);
    }

    Pair authority() {
        return authority;
    }

    Pair issue(String subject, String dnsName) throws GeneralSecurityException {
        Instant now = Instant.now();
        return issue(subject, dnsName, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(30)));
    }

    Pair issue(String subject, String dnsName, Instant from, Instant until) throws GeneralSecurityException {
        return sign(keys(), authority.keys(), subject, dnsName, from, until, false);
    }

    /** Trusts this authority; shows the certificate if it is not null. */
    SSLContext client(Pair shown) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (shown != null) {
            own.setKeyEntry("own", shown.keys().getPrivate(), new char[0], new Certificate[] {shown.certificate()});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    private Pair sign(
            KeyPair subjectKeys,
            KeyPair issuerKeys,
            String subject,
            String dnsName,
            Instant from,
            Instant until,
            boolean mayIssue)
            throws GeneralSecurityException {
        byte[] usage = mayIssue
                ? extension(
                        oid(0x55, 0x1D, 0x13), Der.of(0x01, new byte[] {-1}), Der.sequence(Der.of(0x01, new byte[] {-1
                        })))
                : dnsName == null
                        ? new byte[0]
                        : extension(
                                oid(0x55, 0x1D, 0x11),
                                new byte[0],
                                Der.sequence(Der.of(0x82, dnsName.getBytes(US_ASCII))));
        byte[] body = Der.sequence(
                Der.of(0xA0, Der.integer(2)),
                Der.integer(SERIAL.incrementAndGet()),
                ECDSA_SHA256,
                distinguished(name),
                Der.sequence(time(from), time(until)),
                distinguished(subject),
                subjectKeys.getPublic().getEncoded(),
                usage.length == 0 ? new byte[0] : Der.of(0xA3, Der.sequence(usage)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKeys.getPrivate());
        signature.update(body);
        byte[] whole = Der.sequence(body, ECDSA_SHA256, Der.of(0x03, bits(signature.sign())));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        return new Pair(certificate, subjectKeys);
    }

    static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] extension(byte[] id, byte[] critical, byte[] value) {
        return Der.sequence(id, critical, Der.of(0x04, value));
    }

    private static byte[] distinguished(String commonName) {
        return Der.sequence(
                Der.of(0x31, Der.sequence(oid(0x55, 0x04, 0x03), Der.of(0x0C, commonName.getBytes(UTF_8)))));
    }

    private static byte[] time(Instant at) {
        return Der.of(0x18, TIME.format(at).getBytes(US_ASCII));
    }

    private static byte[] bits(byte[] bytes) {
        byte[] padded = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, padded, 1, bytes.length);
        return padded;
    }

    private static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return Der.of(0x06, content);
    }
}
