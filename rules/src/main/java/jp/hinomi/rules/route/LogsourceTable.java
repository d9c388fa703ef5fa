package jp.hinomi.rules.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.YamlReader;
import jp.hinomi.rules.Logsource;

/**
 * Decides which events a log source means, by the one table in {@code logsources.yaml}. An event may belong to several
 * log sources; one that says nothing about its origin belongs to all. Immutable and thread-safe.
 */
public final class LogsourceTable {
    private static final LogsourceTable STANDARD = load();

    private final Map<Attribute, Map<String, LogsourceEntry>> entries = new EnumMap<>(Attribute.class);
    private final Set<String> datasets = new HashSet<>();
    private final Set<String> processes = new HashSet<>();

    private LogsourceTable(Node.Mapping table) {
        for (Attribute attribute : Attribute.values()) {
            Map<String, LogsourceEntry> words = new HashMap<>();
            ((Node.Mapping) table.get(attribute.word()))
                    .entries()
                    .forEach((word, node) -> words.put(word, entry((Node.Mapping) node)));
            words.values().forEach(entry -> datasets.addAll(entry.datasets()));
            words.values().forEach(entry -> processes.addAll(entry.processes()));
            entries.put(attribute, words);
        }
    }

    /** The table that is part of this release. */
    public static LogsourceTable standard() {
        return STANDARD;
    }

    public boolean knows(Attribute attribute, String word) {
        return entries.get(attribute).containsKey(word);
    }

    /** All words of the attribute, sorted. */
    public Set<String> words(Attribute attribute) {
        return new TreeSet<>(entries.get(attribute).keySet());
    }

    /** All data sets that the table names, sorted: the kinds of events it knows best. */
    public Set<String> datasets() {
        return new TreeSet<>(datasets);
    }

    /**
     * The kind of an event as far as it makes a difference here: of processes, which have thousands of names, only those
     * that some entry lists are told apart.
     */
    public EventKind kind(SecurityEvent event) {
        Object process = event.get(Fields.PROCESS_NAME);
        if (process instanceof String name && !processes.contains(name.toLowerCase(Locale.ROOT))) {
            process = EventKind.OTHER_PROCESS;
        }
        return EventKind.of(event, process);
    }

    /** True unless the event says that it is from elsewhere. */
    public boolean accepts(Logsource logsource, EventKind kind) {
        for (Attribute attribute : Attribute.values()) {
            Optional<String> word = attribute.of(logsource);
            if (word.isPresent() && !accepts(attribute, word.get(), kind)) {
                return false;
            }
        }
        return true;
    }

    private boolean accepts(Attribute attribute, String word, EventKind kind) {
        LogsourceEntry entry = entries.get(attribute).get(word);
        if (entry == null) {
            return true;
        }
        boolean datasetSpeaks = attribute == Attribute.SERVICE
                || EventKind.values(kind.dataset()).stream()
                        .anyMatch(
                                dataset -> datasets.contains(dataset.toString().toLowerCase(Locale.ROOT)));
        return entry.accepts(kind, datasetSpeaks);
    }

    private static LogsourceEntry entry(Node.Mapping node) {
        return new LogsourceEntry(
                words(node, "datasets"),
                words(node, "modules"),
                words(node, "categories"),
                words(node, "os"),
                words(node, "processes"));
    }

    private static Set<String> words(Node.Mapping node, String key) {
        Set<String> words = new HashSet<>();
        if (node.get(key) instanceof Node.Sequence sequence) {
            sequence.elements().forEach(each -> words.add(((Node.Scalar) each).text()));
        }
        return words;
    }

    private static LogsourceTable load() {
        String file = "logsources.yaml";
        try (InputStream in = LogsourceTable.class.getResourceAsStream("/jp/hinomi/rules/" + file)) {
            List<Problem> problems = new ArrayList<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Node> documents = YamlReader.read(file, text, problems::add);
            if (!problems.isEmpty()) {
                throw new ProblemsException(problems);
            }
            return new LogsourceTable((Node.Mapping) documents.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException("the table of log sources belongs to this module", e);
        }
    }
}
