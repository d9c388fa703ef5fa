package jp.hinomi.city;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.events.document.YamlReader;

/** What the readers of one city's files share: the folder, the problems so far, ids and places. Not thread-safe. */
final class Reading implements Consumer<Problem> {
    private final Path folder;
    private final List<Problem> problems = new ArrayList<>();
    private final References references = new References(this);
    private final Places places = new Places();
    private final Set<String> hasRead = new HashSet<>();
    private ZoneId zone = ZoneOffset.UTC;

    private final Map<String, Node> given;

    Reading(Path folder) {
        this(folder, Map.of());
    }

    /** @param given what stands in some of the files, by name, in place of what the folder has */
    Reading(Path folder, Map<String, Node> given) {
        this.folder = folder;
        this.given = given;
    }

    /** Whether the folder has a file of that name. */
    boolean has(String file) {
        return exists(file);
    }

    /** What stands under the only key of a file, or empty after reporting why not. */
    Optional<Node> root(String file, String key) {
        if (!exists(file)) {
            error(
                    Location.ofFile(path(file)),
                    "missing-file",
                    "the city has no " + file,
                    "add it, with '" + key + ":' at its top");
            return Optional.empty();
        }
        Optional<Node.Mapping> mapping = sections(file, List.of(key));
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        if (!mapping.get().has(key)) {
            error(mapping.get().at(), "missing-key", file + " needs '" + key + "'", "add '" + key + ":' at its top");
            return Optional.empty();
        }
        hasRead.add(file);
        return Optional.of(mapping.get().get(key));
    }

    /** The mapping that a file is, if it is one; keys other than these are reported. */
    private Optional<Node.Mapping> sections(String file, List<String> keys) {
        Path path = folder.resolve(file);
        String key = keys.get(keys.size() - 1);
        int before = problems.size();
        List<Node> documents = given.containsKey(file) ? List.of(given.get(file)) : YamlReader.read(path, this);
        boolean unreadable = problems.subList(before, problems.size()).stream().anyMatch(Problem::isError);
        if (documents.isEmpty() || !(documents.get(0) instanceof Node.Mapping mapping)) {
            if (!unreadable) {
                error(
                        documents.isEmpty()
                                ? Location.ofFile(path.toString())
                                : documents.get(0).at(),
                        "wrong-type",
                        file + " does not begin with '" + key + ":'",
                        "write '" + key + ":' in the first line");
            }
            return Optional.empty();
        }
        if (documents.size() > 1) {
            error(
                    documents.get(1).at(),
                    "second-document",
                    "the file goes on after '---'",
                    "put everything under one '" + key + ":'");
        }
        for (String name : mapping.names()) {
            if (!keys.contains(name)) {
                error(
                        mapping.keyAt(name),
                        "unknown-key",
                        file + " has no key '" + name + "'",
                        Suggestion.remedy(name, keys));
            }
        }
        return Optional.of(mapping);
    }

    /** What a file has that a city need not have, by key; empty if it is not there. */
    Map<String, Node> optionalSections(String file, List<String> keys) {
        return exists(file) ? sections(file, keys).map(Node.Mapping::entries).orElse(Map.of()) : Map.of();
    }

    /** The entries of a file that is one list; those with errors are missing. */
    <T> List<T> entries(String file, String key, Function<Node, Optional<T>> reader) {
        return root(file, key).map(node -> elements(node, key, reader)).orElse(List.of());
    }

    /** The entries of a list under {@code key}; those with errors are missing. */
    <T> List<T> elements(Node list, String key, Function<Node, Optional<T>> reader) {
        if (!(list instanceof Node.Sequence sequence)) {
            error(
                    list.at(),
                    "wrong-type",
                    "'" + key + "' is a list, here stands " + list.kind(),
                    "begin each entry with '- '; an empty list is []");
            return List.of();
        }
        List<T> entries = new ArrayList<>();
        for (Node element : sequence.elements()) {
            reader.apply(element).ifPresent(entries::add);
        }
        return entries;
    }

    /** Whether the file was there and had its key: what is missing then is missing in it. */
    boolean hasRead(String file) {
        return hasRead.contains(file);
    }

    private boolean exists(String file) {
        return given.containsKey(file) || Files.exists(folder.resolve(file));
    }

    String path(String file) {
        return folder.resolve(file).toString();
    }

    <T> T place(T part, Location at) {
        return places.put(part, at);
    }

    void error(Location at, String code, String message, String remedy) {
        accept(Problem.error(at, code, message, remedy));
    }

    @Override
    public void accept(Problem problem) {
        problems.add(problem);
    }

    List<Problem> problems() {
        return problems;
    }

    References references() {
        return references;
    }

    Places places() {
        return places;
    }

    /** The city's zone, UTC until it is known. */
    ZoneId zone() {
        return zone;
    }

    void zone(ZoneId known) {
        zone = known;
    }
}
