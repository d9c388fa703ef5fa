package jp.hinomi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** A folder for what lives as long as the test process. */
final class TestFolder {
    private TestFolder() {}

    static Path create(String name) {
        try {
            return Files.createTempDirectory("hinomi-test-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At the end of this process, stops what lives there and then removes the folder. */
    static void removeAtExit(Path folder, AutoCloseable occupant) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                occupant.close();
            } catch (Exception e) {
                System.err.println("cannot stop what lives in " + folder + ": " + e);
            }
            FileUtils.deleteQuietly(folder.toFile());
        }));
    }
}
