package jp.hinomi.city;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.YamlReader;

/** Reads the files of the folder {@code formats/}, each of which describes one format. */
final class LogFormatFiles {
    static final String FOLDER = "formats";

    private static final List<String> KINDS = List.of("json", "key-value", "csv", "regex");

    private final Path folder;
    private final Reading reading;
    private final Set<String> taken;
    private final Set<String> declared = new TreeSet<>();

    /** @param taken names of the formats that need no file */
    LogFormatFiles(Path city, Reading reading, Set<String> taken) {
        this.folder = city.resolve(FOLDER);
        this.reading = reading;
        this.taken = taken;
    }

    /** By name; those with errors are missing. */
    Map<String, LogFormat> read() {
        Map<String, LogFormat> formats = new LinkedHashMap<>();
        Map<String, String> fileOf = new HashMap<>();
        for (Path file : YamlFolder.files(folder, reading)) {
            read(file).ifPresent(format -> {
                String first =
                        fileOf.putIfAbsent(format.name(), file.getFileName().toString());
                if (first != null) {
                    reading.error(
                            Location.ofFile(file.toString()),
                            "duplicate-format",
                            "the format '" + format.name() + "' is already described in " + first,
                            "give it another name");
                } else {
                    formats.put(format.name(), format);
                }
            });
        }
        return formats;
    }

    /** The names of all formats, also of those with errors: those are reported once. Call it after {@link #read}. */
    Set<String> declared() {
        return declared;
    }

    private Optional<LogFormat> read(Path file) {
        List<Node> documents = YamlReader.read(file, reading);
        if (documents.isEmpty()) {
            return Optional.empty();
        }
        if (documents.size() > 1) {
            reading.error(
                    documents.get(1).at(), "second-document", "the file goes on after '---'", "one format per file");
        }
        Optional<Form> entry = Form.of(documents.get(0), "a format", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        int before = reading.problems().size();
        LogFormat format = null;
        try (Form form = entry.get()) {
            Optional<String> name = form.required("format", this::name);
            Optional<String> kind = form.required("kind", Formats.oneOf("kind", KINDS));
            name.ifPresent(declared::add);
            LogFormatParts parts = new LogFormatParts(form, reading, kind.orElse(""));
            Optional<LogFormat.Shape> shape = parts.shape();
            boolean syslog = form.optional("syslog", Formats::flag).orElse(false);
            Optional<String> prefix = form.optional("prefix", LogFormatFields::prefix);
            LogFormatFields fields = new LogFormatFields(form, reading, prefix, parts);
            Optional<LogFormat.Stamp> time = fields.time();
            Map<String, List<String>> constants = fields.constants("constants");
            List<LogFormat.Target> targets = fields.targets();
            List<LogFormat.Case> cases = fields.cases(constants);
            List<LogFormat.Sample> tests = fields.tests();
            if (name.isPresent() && shape.isPresent()) {
                format = new LogFormat(name.get(), shape.get(), syslog, prefix, time, constants, targets, cases, tests);
            }
        }
        boolean sound = new ArrayList<>(reading.problems())
                .subList(before, reading.problems().size()).stream().noneMatch(problem -> problem.isError());
        return sound ? Optional.ofNullable(format) : Optional.empty();
    }

    private String name(String text) {
        String name = Formats.id(text);
        if (taken.contains(name)) {
            throw new Mistake(
                    "taken-format",
                    "'" + name + "' is a format of Hinomi's own",
                    "give yours another name, such as '" + name + "-city'");
        }
        return name;
    }
}
