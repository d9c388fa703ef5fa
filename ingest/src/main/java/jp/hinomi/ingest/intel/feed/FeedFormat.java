package jp.hinomi.ingest.intel.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The formats of files of threat intelligence. */
public enum FeedFormat {
    STIX,
    MISP,
    CSV;

    private static final int LOOK = 64 * 1024;

    /** What the document looks like: JSON with attributes is MISP, other JSON is STIX, all else a table or a list. */
    public static FeedFormat of(FeedInput input) throws IOException {
        try (InputStream in = input.open()) {
            String start = new String(in.readNBytes(LOOK), StandardCharsets.UTF_8).stripLeading();
            start = start.startsWith("\uFEFF") ? start.substring(1).stripLeading() : start;
            if (!start.startsWith("{") && !(start.startsWith("[") && start.indexOf('{') > 0)) {
                return CSV;
            }
            boolean stix = start.contains("\"objects\"") || start.contains("\"spec_version\"");
            return !stix && (start.contains("\"Event\"") || start.contains("\"Attribute\"")) ? MISP : STIX;
        }
    }

    /** Reads documents that belong together. */
    public void read(List<FeedInput> inputs, FeedSink sink) throws IOException {
        switch (this) {
            case STIX -> StixFeed.read(inputs, sink);
            case MISP -> {
                for (FeedInput input : inputs) {
                    MispFeed.read(input, sink);
                }
            }
            case CSV -> {
                for (FeedInput input : inputs) {
                    CsvFeed.read(input, sink);
                }
            }
        }
    }

    /** The file, or of a folder what feeds keep in one: JSON files except a manifest, and tables; in order of name. */
    public static List<FeedInput> inputs(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(FeedInput.of(path));
        }
        List<FeedInput> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches(".*\\.(json|csv|txt)(\\.gz)?"))
                    .filter(file -> !file.getFileName().toString().equals("manifest.json"))
                    .sorted()
                    .forEach(file -> inputs.add(FeedInput.of(file)));
        }
        if (inputs.isEmpty()) {
            throw new FeedFormatException(path + " has no .json, .csv or .txt files: is it the right folder?");
        }
        return inputs;
    }
}
