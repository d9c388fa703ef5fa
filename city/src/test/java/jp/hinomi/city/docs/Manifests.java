package jp.hinomi.city.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The Kubernetes objects of a folder, as they are written. */
final class Manifests {
    private final List<Manifest> all = new ArrayList<>();

    /** @param at the file and which document of it, from 1 */
    record Manifest(String file, String at, Map<?, ?> object) {
        String kind() {
            return String.valueOf(object.get("kind"));
        }

        String name() {
            return text(object, "metadata", "name");
        }

        /** The pod that it makes; null if it makes none. */
        Map<?, ?> pod() {
            return (Map<?, ?>) of(object, "spec", "template", "spec");
        }

        Map<?, ?> podLabels() {
            return (Map<?, ?>) of(object, "spec", "template", "metadata", "labels");
        }

        /** Those that prepare the pod go first. */
        List<Map<?, ?>> containers() {
            List<Map<?, ?>> containers = new ArrayList<>(maps(pod(), "initContainers"));
            containers.addAll(maps(pod(), "containers"));
            return containers;
        }
    }

    static Manifests of(Path folder) throws IOException {
        Manifests manifests = new Manifests();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                int n = 0;
                for (Object document : documents(Files.readString(file))) {
                    n++;
                    String name = String.valueOf(file.getFileName());
                    manifests.all.add(new Manifest(name, name + " #" + n, (Map<?, ?>) document));
                }
            }
        }
        return manifests;
    }

    static Iterable<Object> documents(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml);
    }

    List<Manifest> all() {
        return all;
    }

    List<Manifest> ofKind(String kind) {
        return all.stream().filter(each -> each.kind().equals(kind)).toList();
    }

    /** Those that make pods. */
    List<Manifest> workloads() {
        return all.stream().filter(each -> each.pod() != null).toList();
    }

    /** What lies at the end of the path; null if there is nothing. */
    static Object of(Object from, String... path) {
        Object at = from;
        for (String step : path) {
            if (!(at instanceof Map<?, ?> map)) {
                return null;
            }
            at = map.get(step);
        }
        return at;
    }

    static String text(Object from, String... path) {
        return String.valueOf(of(from, path));
    }

    /** The list there; empty if there is none. */
    static List<Map<?, ?>> maps(Object from, String... path) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (of(from, path) instanceof List<?> list) {
            list.forEach(each -> maps.add((Map<?, ?>) each));
        }
        return maps;
    }

    /** The list of words there; empty if there is none. */
    static List<String> words(Object from, String... path) {
        return of(from, path) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
