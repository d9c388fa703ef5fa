package jp.hinomi.city;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Anything somebody is responsible for: an entry of {@code resources.yaml}. */
public record Resource(
        String id, Map<String, String> name, Layer layer, Criticality criticality, List<Selector> selectors) {
    public Resource {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(criticality, "criticality");
        name = Map.copyOf(name);
        selectors = List.copyOf(selectors);
    }

    /** The name in that language, else in any. */
    public String name(String language) {
        return Names.in(name, language);
    }
}
