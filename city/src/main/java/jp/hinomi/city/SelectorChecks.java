package jp.hinomi.city;

import java.util.HashMap;
import java.util.Map;

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
        for (Resource resource : city.resources().values()) {
            boolean hasSource = city.sources().values().stream()
                    .anyMatch(source -> source.resource().equals(java.util.Optional.of(resource.id())));
            if (resource.selectors().isEmpty() && !hasSource) {
                findings.add(
                        resource,
                        ResourcesFile.NAME,
                        "gap-selector",
                        "no event can lead to '" + resource.id() + "'",
                        "add selectors, or name it as the 'resource' of a source");
            }
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
