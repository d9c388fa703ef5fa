package jp.hinomi.rules.taxonomy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the last import into a folder found, by target: what has the same content again is not looked at again. Kept in the
 * folder itself; another version of the tables or of this class forgets it.
 */
record ImportMemory(String version, Map<String, Entry> files) {
    /** To be raised when an import would come to another result from the same tables. */
    private static final int FORMAT = 2;

    private static final String FILE = ".import.json";
    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /**
     * @param root the path that the user gave, absolute
     * @param hash of the source
     * @param written hash of the target as the import wrote it; empty if it never did
     * @param names by which other rules may refer to its rules
     * @param alone one detection, which is the same whatever stands beside it
     */
    record Entry(String root, String hash, String written, List<String> names, boolean alone, ImportedFile file) {
        Path source(String target) {
            Path given = Path.of(root);
            return Files.isDirectory(given) ? given.resolve(target) : given;
        }

        /** Whether it was left out. */
        @JsonIgnore
        boolean isRefused() {
            return file.outcome() == ImportedFile.Outcome.REFUSED;
        }
    }

    /** Nothing, if there was no import or another version made it. */
    static ImportMemory read(Path folder) {
        String version = current();
        try {
            ImportMemory memory = MAPPER.readValue(Files.readAllBytes(folder.resolve(FILE)), ImportMemory.class);
            // Which files are the import's own holds for any version; what it found in them does not.
            return memory.version().equals(version)
                    ? new ImportMemory(version, new TreeMap<>(memory.files()))
                    : forgotten(version, memory);
        } catch (IOException | RuntimeException nothingUsable) {
            return new ImportMemory(version, new TreeMap<>());
        }
    }

    private static ImportMemory forgotten(String version, ImportMemory memory) {
        Map<String, Entry> files = new TreeMap<>();
        memory.files()
                .forEach((target, entry) -> files.put(
                        target,
                        new Entry(
                                ImportSource.root(Path.of(entry.root())),
                                "",
                                entry.written(),
                                entry.names(),
                                false,
                                entry.file())));
        return new ImportMemory(version, files);
    }

    void write(Path folder) throws IOException {
        Path part = folder.resolve(FILE + ".part");
        Files.write(part, bytes());
        Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private byte[] bytes() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }

    static String current() {
        return FORMAT + "-" + hash(Taxonomy.standard().asWritten().getBytes(StandardCharsets.UTF_8)) + "-"
                + jp.hinomi.rules.route.LogsourceTable.standard().fingerprint();
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
