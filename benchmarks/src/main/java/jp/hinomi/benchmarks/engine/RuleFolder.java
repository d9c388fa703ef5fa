package jp.hinomi.benchmarks.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rules as files: the job reads folders. */
final class RuleFolder {
    private RuleFolder() {}

    static Path write(Path folder, List<String> rules) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < rules.size(); i++) {
            Files.writeString(folder.resolve("rule-" + i + ".yml"), rules.get(i));
        }
        return folder;
    }
}
