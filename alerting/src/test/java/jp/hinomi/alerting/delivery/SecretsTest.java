package jp.hinomi.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever edits the map names where keys are, and must not be able to send Hinomi's own to a receiver. */
class SecretsTest {
    @TempDir
    Path temp;

    private Path folder;
    private Secrets anywhere;
    private Secrets kept;

    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectory(temp.resolve("keys"));
        Files.writeString(folder.resolve("hook"), "key of a file\n");
        Files.writeString(temp.resolve("outside"), "not yours");
        Files.createSymbolicLink(folder.resolve("link"), temp.resolve("outside"));
        Map<String, String> environment = Map.of(
                "HOOK_SECRET", "key",
                "HINOMI_SOC_HOOK_SECRET", "soc",
                "HINOMI_DATABASE_PASSWORD", "ours");
        anywhere = new Secrets(environment);
        kept = new Secrets(Map.of(Secrets.FOLDER, folder.toString(), "HOOK_SECRET", "key"));
    }

    private static String found(Secrets secrets, String reference) {
        return secrets.find(reference) instanceof Secrets.Lookup.Found found
                ? new String(found.key(), StandardCharsets.UTF_8)
                : ((Secrets.Lookup.Missing) secrets.find(reference)).reason();
    }

    @Test
    void whatTheMapNamesIsFound() {
        assertThat(found(anywhere, "env:HOOK_SECRET")).isEqualTo("key");
        assertThat(found(anywhere, "env:HINOMI_SOC_HOOK_SECRET")).isEqualTo("soc");
        assertThat(found(anywhere, "file:" + folder.resolve("hook"))).isEqualTo("key of a file");
        assertThat(found(kept, "file:" + folder.resolve("hook"))).isEqualTo("key of a file");
    }

    @Test
    void whatIsOursIsNot() {
        for (String ours : new String[] {
            "env:HINOMI_DATABASE_PASSWORD",
            "file:/proc/self/environ",
            "file:///proc/self/environ",
            "file:/./proc/self/environ",
            "file:/../proc/self/environ",
            "file:/etc/../proc/self/environ"
        }) {
            assertThat(found(anywhere, ours)).contains("one of Hinomi's own").doesNotContain("ours,");
        }
    }

    @Test
    void filesMayBeKeptToOneFolder() {
        for (Path outside :
                new Path[] {temp.resolve("outside"), folder.resolve("../outside"), folder.resolve("link")}) {
            assertThat(found(kept, "file:" + outside)).contains("HINOMI_SECRETS_FOLDER");
        }
        assertThat(found(kept, "env:HOOK_SECRET")).isEqualTo("key");
    }
}
