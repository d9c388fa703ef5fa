package jp.hinomi.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.document.Node;

/** Reads {@code resources.yaml}. */
final class ResourcesFile {
    static final String NAME = "resources.yaml";

    private final Reading reading;

    ResourcesFile(Reading reading) {
        this.reading = reading;
    }

    List<Resource> read() {
        return reading.entries(NAME, "resources", this::resource);
    }

    private Optional<Resource> resource(Node node) {
        Optional<Form> entry = Form.of(node, "a resource", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            id.ifPresent(known -> reading.references().define(References.Kind.RESOURCE, known, form.at("id")));
            Optional<Map<String, String>> name = form.texts("name");
            Optional<Layer> layer = form.required("layer", Formats.word("layer", Layer.values(), Layer::word));
            Optional<Criticality> criticality =
                    form.required("criticality", Formats.word("criticality", Criticality.values(), Criticality::word));
            List<Selector> selectors = new ArrayList<>();
            for (Node selector : form.list("selectors", false)) {
                selector(selector).ifPresent(selectors::add);
            }
            if (id.isEmpty() || name.isEmpty() || layer.isEmpty() || criticality.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(reading.place(
                    new Resource(id.get(), name.get(), layer.get(), criticality.get(), selectors), form.at()));
        }
    }

    /** One key, one value: {@code {cidr: 10.20.0.0/16}}. */
    private Optional<Selector> selector(Node node) {
        Optional<Form> entry = Form.of(node, "a selector", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            List<Selector> found = new ArrayList<>();
            for (Selector.Kind kind : Selector.Kind.values()) {
                form.optional(kind.word(), text -> value(kind, text)).ifPresent(value -> {
                    found.add(new Selector(kind, value));
                    if (kind == Selector.Kind.SOURCE) {
                        reading.references().use(References.Kind.SOURCE, value, form.at(kind.word()));
                    }
                });
            }
            if (((Node.Mapping) node).names().size() != 1) {
                reading.error(
                        form.at(),
                        "bad-selector",
                        "a selector is one key and its value, here stand "
                                + ((Node.Mapping) node).names().size() + " keys",
                        "write a list of selectors: [{cidr: 10.20.0.0/16}, {host: \"*.os.minato.example.jp\"}]");
                return Optional.empty();
            }
            return found.stream().findFirst();
        }
    }

    private static String value(Selector.Kind kind, String text) {
        return switch (kind) {
            case SOURCE, DEVICE, SERVICE, DATA_CLASS -> Formats.text(text);
            case CIDR -> Addresses.block(text).toCanonicalString();
            case HOST -> Hosts.pattern(text);
            case LAYER ->
                Formats.word("layer", Layer.values(), Layer::word).apply(text).word();
        };
    }
}
