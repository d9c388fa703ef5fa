package jp.hinomi.rules.taxonomy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.events.files.WholeFile;
import jp.hinomi.rules.Placeholders;
import jp.hinomi.rules.ProblemCode;
import jp.hinomi.rules.RuleReader;
import jp.hinomi.rules.RuleSet;
import jp.hinomi.rules.RuleSource;
import jp.hinomi.rules.match.DetectionMatcher;

/**
 * Takes rules of Sigma repositories into a folder, under our field names. Each is read and compiled as the job would; one
 * that cannot be is left out with the reason, and the others are written. A file that somebody changed by hand after an
 * import is never replaced, and one that another import wrote stays that import's.
 */
public final class SigmaImport {
    private final Path folder;
    private final Function<RuleSet, List<Problem>> correlations;
    private final ImportMemory memory;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, List<Problem>> bySource = new HashMap<>();
    private final Map<String, ImportMemory.Entry> entries = new TreeMap<>();
    private final Set<String> ofOthers = new HashSet<>();
    private int remembered;

    private SigmaImport(Path folder, Function<RuleSet, List<Problem>> correlations) {
        this.folder = folder;
        this.correlations = correlations;
        this.memory = ImportMemory.read(folder);
    }

    /**
     * Imports what is below the paths into the folder.
     *
     * @param paths folders and files of Sigma rules
     * @param correlations what keeps correlations from running, said by the engine that would run them
     * @throws IOException if the folder cannot be written to
     */
    public static ImportReport run(List<Path> paths, Path folder, Function<RuleSet, List<Problem>> correlations)
            throws IOException {
        return new SigmaImport(folder, correlations).run(paths);
    }

    private ImportReport run(List<Path> paths) throws IOException {
        Files.createDirectories(folder);
        List<ImportSource> sources = ImportSource.of(paths, problems::add);
        Map<ImportSource, byte[]> contents = contents(sources);
        Map<ImportSource, byte[]> changed = new LinkedHashMap<>(contents);
        changed.keySet().removeIf(source -> isKnown(source, contents.get(source)));
        if (!changed.isEmpty() || isAnyGone(sources)) {
            // What kept a file out may have been another, which is not there any more or not the same.
            contents.forEach((source, bytes) -> {
                ImportMemory.Entry entry = memory.files().get(source.target());
                if (entry != null && entry.isRefused()) {
                    changed.put(source, bytes);
                }
            });
        }
        Map<ImportSource, byte[]> looked =
                changed.size() < contents.size() && !isAlone(changed, contents) ? contents : inOrder(changed, contents);
        contents.keySet().stream().filter(source -> !looked.containsKey(source)).forEach(source -> {
            remembered++;
            entries.put(source.target(), memory.files().get(source.target()));
        });
        take(looked);
        List<String> removed = removed(paths);
        Map<String, ImportMemory.Entry> all = new TreeMap<>(memory.files());
        removed.forEach(all::remove);
        entries.forEach((target, entry) -> {
            if (!ofOthers.contains(target)) {
                all.put(target, entry);
            }
        });
        new ImportMemory(memory.version(), all).write(folder);
        List<ImportedFile> files = sources.stream()
                .map(source -> entries.get(source.target()))
                .filter(java.util.Objects::nonNull)
                .map(ImportMemory.Entry::file)
                .toList();
        return new ImportReport(files, problems, remembered, removed);
    }

    private static Map<ImportSource, byte[]> inOrder(Map<ImportSource, byte[]> some, Map<ImportSource, byte[]> all) {
        Map<ImportSource, byte[]> ordered = new LinkedHashMap<>(all);
        ordered.keySet().retainAll(some.keySet());
        return ordered;
    }

    /** Whether a file that the last import saw below the same paths is not there any more. */
    private boolean isAnyGone(List<ImportSource> sources) {
        Set<String> roots = new HashSet<>();
        Set<String> targets = new HashSet<>();
        sources.forEach(source -> {
            roots.add(source.root());
            targets.add(source.target());
        });
        return memory.files().entrySet().stream()
                .anyMatch(before -> roots.contains(before.getValue().root()) && !targets.contains(before.getKey()));
    }

    private Map<ImportSource, byte[]> contents(List<ImportSource> sources) {
        Map<ImportSource, byte[]> contents = new LinkedHashMap<>();
        for (ImportSource source : sources) {
            try {
                contents.put(source, Files.readAllBytes(source.file()));
            } catch (IOException e) {
                problems.add(ProblemCode.UNREADABLE.error(
                        Location.ofFile(source.file().toString()),
                        "cannot read the file: " + e.getMessage(),
                        "check that it exists and may be read"));
            }
        }
        return contents;
    }

    /** Whether the last import saw the same content, and what it wrote is still there. */
    private boolean isKnown(ImportSource source, byte[] content) {
        ImportMemory.Entry entry = memory.files().get(source.target());
        return entry != null
                && entry.root().equals(source.root())
                && entry.hash().equals(ImportMemory.hash(content))
                && entry.file().source().equals(source.file().toString())
                && entry.file().problems().stream()
                        .noneMatch(problem -> problem.code().equals(ProblemCode.PATH_TAKEN.word()))
                && (entry.isRefused() || isAsWritten(source.target(), entry));
    }

    private boolean isAsWritten(String target, ImportMemory.Entry entry) {
        try {
            return entry.written().equals(ImportMemory.hash(Files.readAllBytes(folder.resolve(target))));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether what changed can be judged without the rest: nothing refers to other rules, and no name is taken. */
    private boolean isAlone(Map<ImportSource, byte[]> changed, Map<ImportSource, byte[]> all) {
        if (changed.isEmpty()) {
            return true;
        }
        Set<String> names = new HashSet<>();
        for (ImportSource source : all.keySet()) {
            ImportMemory.Entry entry = memory.files().get(source.target());
            if (!changed.containsKey(source)) {
                if (!entry.alone()) {
                    return false;
                }
                names.addAll(entry.names());
            }
        }
        for (Map.Entry<ImportSource, byte[]> entry : changed.entrySet()) {
            List<Node> documents =
                    YamlReader.read("", new String(entry.getValue(), StandardCharsets.UTF_8), problem -> {});
            if (!isDetection(documents) || names(documents).stream().anyMatch(name -> !names.add(name))) {
                return false;
            }
        }
        return true;
    }

    private void take(Map<ImportSource, byte[]> contents) throws IOException {
        Map<ImportSource, RuleSource> texts = new LinkedHashMap<>();
        contents.forEach((source, bytes) -> text(source, bytes, texts));
        Map<ImportSource, List<Node>> documents = new LinkedHashMap<>();
        texts.forEach(
                (source, text) -> documents.put(source, YamlReader.read(text.name(), text.text(), problem -> {})));
        Logsources logsources = new Logsources();
        documents.values().forEach(logsources::add);
        Map<ImportSource, Translation> translations = new LinkedHashMap<>();
        List<RuleSource> translated = new ArrayList<>();
        texts.forEach((source, text) -> {
            Translation translation =
                    Translator.translate(text, documents.get(source), Taxonomy.standard(), logsources);
            translations.put(source, translation);
            translation.problems().forEach(this::file);
            translated.add(new RuleSource(text.name(), translation.text()));
        });
        RuleReader.Result result = RuleReader.readTexts(translated, Placeholders.NONE);
        Map<String, Translation> byName = new HashMap<>();
        translations.forEach((source, translation) -> byName.put(source.file().toString(), translation));
        result.problems().forEach(problem -> file(inSource(problem, byName.get(problem.file()))));
        correlations.apply(result.rules()).forEach(problem -> file(inSource(problem, byName.get(problem.file()))));
        DetectionMatcher.compile(result.rules().detections());
        for (ImportSource source : contents.keySet()) {
            Translation translation = translations.get(source);
            List<Node> parts = documents.getOrDefault(source, List.of());
            String written = translation == null || hasErrors(source) ? kept(source) : write(source, translation);
            ImportedFile file = new ImportedFile(
                    source.file().toString(),
                    source.target(),
                    Math.max(1, parts.size()),
                    logsource(parts),
                    bySource.getOrDefault(source.file().toString(), List.of()));
            entries.put(
                    source.target(),
                    new ImportMemory.Entry(
                            source.root(),
                            ImportMemory.hash(contents.get(source)),
                            written,
                            names(parts),
                            isDetection(parts),
                            file));
        }
    }

    /** Where a line was changed, its columns are not those of the source. */
    private static Problem inSource(Problem problem, Translation translation) {
        return translation == null || !translation.changedLines().contains(problem.line())
                ? problem
                : new Problem(
                        problem.file(),
                        problem.line(),
                        0,
                        problem.severity(),
                        problem.code(),
                        problem.message(),
                        problem.remedy());
    }

    private void text(ImportSource source, byte[] bytes, Map<ImportSource, RuleSource> texts) {
        String name = source.file().toString();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            texts.put(source, new RuleSource(name, text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            file(ProblemCode.NOT_UTF8.error(Location.ofFile(name), "the file is not UTF-8", "save it as UTF-8"));
        }
    }

    private void file(Problem problem) {
        bySource.computeIfAbsent(problem.file(), name -> new ArrayList<>()).add(problem);
    }

    private boolean hasErrors(ImportSource source) {
        return bySource.getOrDefault(source.file().toString(), List.of()).stream()
                .anyMatch(Problem::isError);
    }

    /** What an earlier import wrote stays: a mistake upstream takes no rule out of force. */
    private String kept(ImportSource source) {
        ImportMemory.Entry before = memory.files().get(source.target());
        return before == null ? "" : before.written();
    }

    /** The hash of what was written. */
    private String write(ImportSource source, Translation translation) throws IOException {
        Path target = folder.resolve(source.target());
        byte[] bytes = translation.written().getBytes(StandardCharsets.UTF_8);
        String hash = ImportMemory.hash(bytes);
        ImportMemory.Entry before = memory.files().get(source.target());
        if (Files.exists(target)) {
            boolean ours =
                    before != null && before.root().equals(source.root()) && isAsWritten(source.target(), before);
            if (before != null
                    && !before.root().equals(source.root())
                    && !before.written().isEmpty()) {
                ofOthers.add(source.target());
            }
            if (!ours && !hash.equals(ImportMemory.hash(Files.readAllBytes(target)))) {
                file(ProblemCode.PATH_TAKEN.error(
                        Location.ofFile(source.file().toString()),
                        ofOthers.contains(source.target())
                                ? target + " is there already, from an import of " + before.root()
                                : target + " is there already, and not as an import of " + source.root() + " wrote it",
                        "move it away, or import into another folder"));
                return kept(source);
            }
        }
        Files.createDirectories(target.getParent());
        WholeFile.replace(target, bytes);
        return hash;
    }

    /** Takes away what came of sources that are gone, if nobody has changed it since. */
    private List<String> removed(List<Path> paths) throws IOException {
        Set<String> roots = new HashSet<>();
        // Where nothing can be seen at all, a disk is not mounted rather than every rule withdrawn.
        paths.stream()
                .map(ImportSource::root)
                .filter(root ->
                        entries.values().stream().anyMatch(entry -> entry.root().equals(root)))
                .forEach(roots::add);
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, ImportMemory.Entry> before : memory.files().entrySet()) {
            ImportMemory.Entry entry = before.getValue();
            if (roots.contains(entry.root())
                    && !entries.containsKey(before.getKey())
                    && !Files.exists(entry.source(before.getKey()))) {
                if (isAsWritten(before.getKey(), entry)) {
                    Files.deleteIfExists(folder.resolve(before.getKey()));
                }
                removed.add(before.getKey());
            }
        }
        return removed;
    }

    private static boolean isDetection(List<Node> documents) {
        return documents.size() == 1
                && documents.get(0) instanceof Node.Mapping document
                && document.has("detection")
                && !document.has("correlation");
    }

    private static List<String> names(Collection<Node> documents) {
        List<String> names = new ArrayList<>();
        for (Node node : documents) {
            if (node instanceof Node.Mapping document) {
                names.addAll(Logsources.texts(document.get("name")));
                names.addAll(Logsources.texts(document.get("id")));
            }
        }
        return names;
    }

    private static String logsource(List<Node> documents) {
        return documents.stream()
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .filter(document -> document.has("logsource"))
                .findFirst()
                .map(document -> Logsources.of(document).toString())
                .orElse("correlation");
    }
}
