package jp.hinomi.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/**
 * The example city with a key of its own, without which its job takes no rules.
 *
 * @param folder of the city's files
 * @param key the private one
 */
record SigningCity(Path folder, Path key) {
    /** Lays it down in a folder of a test. */
    static SigningCity in(Path folder) throws IOException {
        Path key = folder.resolve("key.pem");
        String line = CommandRun.of("rules", "key", "new", "--owner", "soc-service", key.toString())
                .out();
        Path city = folder.resolve("city");
        FileUtils.copyDirectory(Path.of("../examples/city").toFile(), city.toFile());
        Path head = city.resolve("city.yaml");
        Files.writeString(head, Files.readString(head).stripTrailing() + "\n  rule-keys:\n    " + line);
        return new SigningCity(city, key);
    }
}
