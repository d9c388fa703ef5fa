package jp.hinomi.rules.taxonomy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.hinomi.events.Fields;
import jp.hinomi.events.ecs.EcsCatalogue;
import jp.hinomi.events.files.WholeFile;

/**
 * What the last import into a folder found, by target: what has the same content again is not looked at again. Kept in the
 * folder itself; another release, or another version of the tables or of this class, forgets it.
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
        WholeFile.replace(folder.resolve(FILE), bytes());
    }

    private byte[] bytes() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }

    static String current() {
        // Of a release; while it is developed there is none, and there the tables tell.
        String product = ImportMemory.class.getPackage().getImplementationVersion();
        return version(product == null ? "" : product, tables());
    }

    /** @param tables by name, all that decides what an import makes of a file */
    static String version(String product, SortedMap<String, byte[]> tables) {
        StringBuilder all = new StringBuilder();
        tables.forEach((name, content) ->
                all.append(name).append(' ').append(hash(content)).append('\n'));
        return FORMAT + "-" + product + "-" + hash(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    static SortedMap<String, byte[]> tables() {
        SortedMap<String, byte[]> tables = new TreeMap<>();
        for (String name : List.of("fields.csv", "own.csv", "values.csv")) {
            tables.put(name, resource(EcsCatalogue.class, name));
        }
        for (String name : List.of("controls.txt", "logsources.yaml", "taxonomy.yaml")) {
            tables.put(name, resource(Taxonomy.class, "/jp/hinomi/rules/" + name));
        }
        String dictionary = Fields.dictionary().stream()
                .map(field -> field.name() + " " + field.type())
                .sorted()
                .collect(Collectors.joining("\n"));
        tables.put("dictionary", dictionary.getBytes(StandardCharsets.UTF_8));
        return tables;
    }

    private static byte[] resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the table " + name + " belongs to this release", e);
        }
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
