package jp.hinomi.events.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    /** RFC 8032, section 7.1, test 2: what another implementation made. */
    private static final String PUBLIC = "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=";

    private static final String SIGNATURE = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    @TempDir
    Path folder;

    @Test
    void verifiesWhatTheSpecificationSigned() {
        byte[] signature = java.util.HexFormat.of().parseHex(SIGNATURE);
        VerifyingKey key = new VerifyingKey(PUBLIC);
        assertThat(key.verifies(new byte[] {0x72}, signature)).isTrue();
        assertThat(key.verifies(new byte[] {0x73}, signature)).isFalse();
        signature[5] ^= 1;
        assertThat(key.verifies(new byte[] {0x72}, signature)).isFalse();
        assertThat(key.verifies(new byte[] {0x72}, new byte[3])).isFalse();
    }

    @Test
    void signsAgainWithTheKeyOfTheFileThatOnlyItsOwnerMayRead() throws IOException {
        Path file = folder.resolve("below/key.pem");
        SigningKey made = SigningKey.readOrMake(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.isOpenToOthers(file)).isFalse();
        byte[] text = "title: 総当たり".getBytes(UTF_8);
        SigningKey again = SigningKey.readOrMake(file);
        assertThat(again.verifying()).isEqualTo(made.verifying());
        assertThat(made.verifying().verifies(text, again.sign(text))).isTrue();
        assertThat(SigningKey.make().verifying().verifies(text, again.sign(text)))
                .isFalse();
        assertThatThrownBy(() -> SigningKey.make().write(file)).isInstanceOf(FileAlreadyExistsException.class);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(SigningKey.isOpenToOthers(file)).isTrue();
    }

    @Test
    void refusesWhatIsNoKeyAndSaysWhy() throws IOException {
        Path mixed = folder.resolve("mixed.pem");
        SigningKey one = SigningKey.make();
        one.write(mixed);
        Files.writeString(
                mixed,
                Files.readString(mixed)
                        .replace(
                                one.verifying().text(),
                                SigningKey.make().verifying().text()));
        assertThatThrownBy(() -> SigningKey.read(mixed)).hasMessageContaining("not of one pair");
        Path half = folder.resolve("half.pem");
        Files.writeString(half, Files.readString(mixed).replaceAll("(?s)-----BEGIN PUBLIC.*", ""));
        assertThatThrownBy(() -> SigningKey.read(half))
                .hasMessageContaining("half.pem")
                .hasMessageContaining("BEGIN PUBLIC KEY");
        Path noise = Files.writeString(folder.resolve("noise"), "nothing");
        assertThatThrownBy(() -> SigningKey.read(noise)).hasMessageContaining("BEGIN PRIVATE KEY");
        assertThatThrownBy(() -> VerifyingKey.of("AAAA")).hasMessageContaining("MCowBQYDK2VwAyEA");
        assertThatThrownBy(() -> VerifyingKey.of("?")).hasMessageContaining("MCowBQYDK2VwAyEA");
    }

    @Test
    void takesTheKeyWithAndWithoutTheLinesAroundIt() {
        String pem = "-----BEGIN PUBLIC KEY-----\n" + PUBLIC + "\n-----END PUBLIC KEY-----\n";
        assertThat(VerifyingKey.of(pem)).isEqualTo(new VerifyingKey(PUBLIC));
        assertThat(new VerifyingKey(PUBLIC).id()).hasSize(16).matches("[0-9a-f]+");
        assertThat(Base64.getDecoder().decode(PUBLIC)).hasSize(44);
    }
}
