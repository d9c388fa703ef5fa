package jp.hinomi.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up} keeps in its data folder itself. */
class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void a_secret_stays_the_same_and_is_nobody_elses() throws Exception {
        Path file = folder.resolve("secrets/token");
        String secret = SecretFile.readOrMake(file);
        assertThat(secret).hasSizeGreaterThanOrEqualTo(32);
        assertThat(SecretFile.readOrMake(file)).isEqualTo(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SecretFile.readOrMake(folder.resolve("secrets/other"))).isNotEqualTo(secret);
    }

    @Test
    void addresses_are_found_while_their_process_lives() throws Exception {
        Addresses addresses = new Addresses(
                URI.create("http://localhost:8080"),
                "localhost:9092",
                5514,
                5515,
                6514,
                2514,
                -1,
                8088,
                URI.create("http://127.0.0.1:1"));
        assertThat(Addresses.read(folder)).isEmpty();
        addresses.write(folder);
        assertThat(Addresses.read(folder)).contains(addresses);
        assertThat(Addresses.kafkaOf(folder)).contains("localhost:9092");
        Path file = folder.resolve("up.properties");
        Files.writeString(
                file,
                Files.readString(file).replace("pid=" + ProcessHandle.current().pid(), "pid=" + Long.MAX_VALUE));
        assertThat(Addresses.read(folder)).isEmpty();
    }
}
