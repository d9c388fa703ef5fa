package jp.hinomi.city;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Resources that nothing leads to, and selectors that lead to two. */
final class SelectorChecks {
    private SelectorChecks() {}

    static void check(City city, CityCheck.Findings findings) {
        Map<Selector, Resource> first = new HashMap<>();
        for (Resource resource : city.resources().values()) {
            for (Selector selector : resource.selectors()) {
                claim(first, selector, resource, findings);
            }
        }
        for (Source source : city.sources().values()) {
            Selector implied = new Selector(Selector.Kind.SOURCE, source.id());
            source.resource()
                    .map(city.resources()::get)
                    .ifPresent(resource -> claim(first, implied, resource, findings));
            if (!first.containsKey(implied)) {
                findings.add(
                        source,
                        SourcesFile.NAME,
                        "gap-source",
                        "the source '" + source.id() + "' belongs to no resource: nobody is told when it falls silent",
                        "add 'resource: …'");
            }
        }
        Set<String> withSource = city.sources().values().stream()
                .flatMap(source -> source.resource().stream())
                .collect(Collectors.toSet());
        layers(city, findings);
        for (Resource resource : city.resources().values()) {
            if (resource.selectors().isEmpty() && !withSource.contains(resource.id())) {
                findings.add(
                        resource,
                        ResourcesFile.NAME,
                        "gap-selector",
                        "no event can lead to '" + resource.id() + "'",
                        "add selectors, or name it as the 'resource' of a source");
            }
        }
    }

    /** Logs of a layer arrive, and nothing in the city is of it: what they say of things nobody entered reaches nobody. */
    private static void layers(City city, CityCheck.Findings findings) {
        Set<Layer> known =
                city.resources().values().stream().map(Resource::layer).collect(Collectors.toSet());
        for (Source source : city.sources().values()) {
            Layer.ofTopic(source.topic())
                    .filter(known::add)
                    .ifPresent(layer -> findings.add(
                            source,
                            SourcesFile.NAME,
                            "gap-layer",
                            "'" + source.id() + "' writes logs of the layer " + layer.word()
                                    + ", and no resource is of it",
                            "enter what stands in that layer, with the selector 'layer: " + layer.word()
                                    + "' for the rest"));
        }
    }

    private static void claim(
            Map<Selector, Resource> first, Selector selector, Resource resource, CityCheck.Findings findings) {
        Resource other = first.putIfAbsent(selector, resource);
        if (other != null && other != resource) {
            findings.add(
                    resource,
                    ResourcesFile.NAME,
                    "overlap",
                    "'" + selector + "' selects both '" + other.id() + "' and '" + resource.id() + "'",
                    "leave it to one, or make one of them more specific");
        }
    }
}
