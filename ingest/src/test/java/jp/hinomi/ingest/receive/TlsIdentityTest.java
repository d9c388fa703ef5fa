package jp.hinomi.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIdentityTest {
    private static TestPki pki;

    @TempDir
    Path folder;

    @BeforeAll
    static void authority() throws GeneralSecurityException {
        pki = new TestPki("Minato CA");
    }

    @Test
    void aPairThatBelongsTogetherIsTaken() throws Exception {
        TlsIdentity identity = TlsIdentity.read(written(pki.issue("log.example.jp", "log.example.jp")), Instant.now());
        assertThat(identity.subject()).isEqualTo("CN=log.example.jp");
        assertThat(identity.expires()).isAfter(Instant.now().plus(Duration.ofDays(29)));
    }

    @Test
    void theKeyOfAnotherCertificateIsRefused() throws Exception {
        TlsSettings settings = written(pki.issue("log.example.jp", "log.example.jp"));
        pki.issue("other.example.jp", "other.example.jp").writeKey(settings.key());
        assertThatThrownBy(() -> TlsIdentity.read(settings, Instant.now()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(settings.key().toString())
                .hasMessageContaining("is not the key of the certificate")
                .hasMessageContaining("CN=log.example.jp");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        TlsSettings settings = written(pki.issue("log.example.jp", "log.example.jp"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair rsa = generator.generateKeyPair();
        Files.writeString(
                settings.key(), TestPki.pem("PRIVATE KEY", rsa.getPrivate().getEncoded()));
        assertThatThrownBy(() -> TlsIdentity.read(settings, Instant.now()))
                .hasMessageContaining("is no EC key as the certificate has");
    }

    @Test
    void whatHasExpiredOrIsNotValidYetIsRefused() throws Exception {
        Instant now = Instant.now();
        TlsSettings expired = written(pki.issue(
                "log.example.jp", "log.example.jp", now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1))));
        assertThatThrownBy(() -> TlsIdentity.read(expired, now)).hasMessageContainingAll("expired at", "renew it");
        TlsSettings early = written(pki.issue(
                "log.example.jp", "log.example.jp", now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(9))));
        assertThatThrownBy(() -> TlsIdentity.read(early, now)).hasMessageContaining("not valid before");
    }

    @Test
    void filesThatAreMissingOrSomethingElseAreNamed() throws Exception {
        TlsSettings settings = written(pki.issue("log.example.jp", "log.example.jp"));
        Files.writeString(settings.certificate(), "nothing here");
        assertThatThrownBy(() -> TlsIdentity.read(settings, Instant.now()))
                .hasMessageContaining(settings.certificate().toString())
                .hasMessageContaining("holds no certificate");
        Files.delete(settings.certificate());
        assertThatThrownBy(() -> TlsIdentity.read(settings, Instant.now()))
                .hasMessageContaining(settings.certificate().toString())
                .hasMessageContaining("does not exist");
    }

    @Test
    void aPassphraseIsNamed() throws Exception {
        TlsSettings settings = written(pki.issue("log.example.jp", "log.example.jp"));
        Files.writeString(settings.key(), TestPki.pem("ENCRYPTED PRIVATE KEY", new byte[40]));
        assertThatThrownBy(() -> TlsIdentity.read(settings, Instant.now()))
                .hasMessageContaining("passphrase")
                .hasMessageContaining("openssl pkcs8");
    }

    /** As {@code openssl ecparam -genkey} and {@code openssl genrsa -traditional} write keys. */
    @Test
    void keysInTheOlderFormsAreRead() throws Exception {
        TestPki.Pair pair = pki.issue("log.example.jp", "log.example.jp");
        TlsSettings settings = written(pair);
        Files.writeString(
                settings.key(),
                TestPki.pem("EC PARAMETERS", new byte[] {6, 1, 0})
                        + TestPki.pem(
                                "EC PRIVATE KEY", inner(pair.keys().getPrivate().getEncoded())));
        assertThat(TlsIdentity.read(settings, Instant.now()).subject()).isEqualTo("CN=log.example.jp");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair rsa = generator.generateKeyPair();
        Files.writeString(
                settings.key(),
                TestPki.pem("RSA PRIVATE KEY", inner(rsa.getPrivate().getEncoded())));
        assertThat(Pem.privateKey(settings.key(), rsa.getPublic())).isEqualTo(rsa.getPrivate());
    }

    @Test
    void aRenewedPairIsTakenOverAndABrokenOneIsNot() throws Exception {
        TlsSettings settings = written(pki.issue("first.example.jp", "log.example.jp"));
        TlsKeeper keeper = TlsKeeper.open(settings, Clock.systemUTC());
        TestPki.Pair second = pki.issue("second.example.jp", "log.example.jp");
        second.writeCertificate(settings.certificate());
        touch(settings.certificate(), 1);
        keeper.look();
        keeper.look();
        // The key has not come yet.
        assertThat(keeper.identity().subject()).isEqualTo("CN=first.example.jp");
        second.writeKey(settings.key());
        touch(settings.key(), 2);
        keeper.look();
        assertThat(keeper.identity().subject()).isEqualTo("CN=first.example.jp");
        keeper.look();
        assertThat(keeper.identity().subject()).isEqualTo("CN=second.example.jp");
        Files.delete(settings.key());
        keeper.look();
        keeper.look();
        assertThat(keeper.identity().subject()).isEqualTo("CN=second.example.jp");
    }

    /** Where a file system's clock is coarse, two writes may have one time. */
    private static void touch(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(
                file, java.nio.file.attribute.FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    private TlsSettings written(TestPki.Pair pair) throws IOException {
        return new TlsSettings(
                pair.writeCertificate(folder.resolve("cert.pem")),
                pair.writeKey(folder.resolve("key.pem")),
                Optional.empty(),
                TlsSettings.Clients.NONE);
    }

    /** What PKCS #8 wraps: the content of its last part, an octet string. RFC 5208. */
    private static byte[] inner(byte[] pkcs8) {
        int at = 2 + (pkcs8[1] < 0 ? pkcs8[1] & 0x7F : 0);
        while (pkcs8[at] != 0x04) {
            at += 2 + pkcs8[at + 1];
        }
        int length = 2 + (pkcs8[at + 1] < 0 ? pkcs8[at + 1] & 0x7F : 0);
        return Arrays.copyOfRange(pkcs8, at + length, pkcs8.length);
    }
}
