package jp.hinomi.standalone.lifecycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The history of rules beside them: {@code history/NAME.jsonl}, one line per change of status, only ever appended to. */
public final class HistoryFile {
    static final String FOLDER = "history";
    private static final String ENDING = ".jsonl";
    private static final int LONGEST_NAME = 60;

    private HistoryFile() {}

    /** Where the history of a rule of that name is that stands in that file. */
    public static Path of(Path ruleFile, String rule) {
        // What file systems do not take, and names that would lead elsewhere.
        String name = rule.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_").replaceFirst("^\\.+", "_");
        String fits = name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME) + '-' + Integer.toHexString(name.hashCode());
        return ruleFile.toAbsolutePath().resolveSibling(FOLDER).resolve(fits + ENDING);
    }

    public static void append(Path file, HistoryEntry entry) throws IOException {
        Files.createDirectories(file.getParent());
        String before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(
                file,
                (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + entry.toLine() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** An entry and the file that it stands in. */
    public record Located(HistoryEntry entry, Path file) {
        /** Name of the folder that holds the rule. */
        public String pack() {
            Path folder = file.toAbsolutePath().getParent().getParent();
            return folder == null || folder.getFileName() == null
                    ? ""
                    : folder.getFileName().toString();
        }
    }

    /** All entries below the folders, in the order of the files. @param unreadable is told of lines that are none */
    public static List<Located> below(List<Path> folders, Consumer<String> unreadable) throws IOException {
        List<Located> entries = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder)) {
                files = all.filter(HistoryFile::isHistory).sorted().toList();
            }
            for (Path file : files) {
                int number = 0;
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    number++;
                    try {
                        if (!line.isBlank()) {
                            entries.add(new Located(HistoryEntry.read(line), file));
                        }
                    } catch (IllegalArgumentException e) {
                        unreadable.accept(file + ":" + number + ": " + e.getMessage());
                    }
                }
            }
        }
        return entries;
    }

    private static boolean isHistory(Path file) {
        Path folder = file.getParent();
        return file.toString().endsWith(ENDING)
                && folder != null
                && folder.getFileName() != null
                && folder.getFileName().toString().equals(FOLDER)
                && Files.isRegularFile(file);
    }
}
