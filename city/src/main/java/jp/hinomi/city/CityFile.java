package jp.hinomi.city;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.signing.VerifyingKey;

/** Reads {@code city.yaml}. */
final class CityFile {
    static final String NAME = "city.yaml";

    record Head(String id, Map<String, String> name, ZoneId zone, List<String> ruleAuthors, List<RuleKey> ruleKeys) {}

    private final Reading reading;

    CityFile(Reading reading) {
        this.reading = reading;
    }

    Optional<Head> read() {
        Optional<Form> city = reading.root(NAME, "city").flatMap(node -> Form.of(node, "'city'", reading));
        if (city.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = city.get()) {
            Optional<String> id = form.required("id", Formats::id);
            Optional<Map<String, String>> name = form.texts("name");
            Optional<ZoneId> zone = form.required("zone", Formats::zone);
            zone.ifPresent(reading::zone);
            List<String> authors = new ArrayList<>();
            for (Node author : form.list("rule-authors", false)) {
                if (author instanceof Node.Scalar scalar && !scalar.isNull()) {
                    reading.references().use(References.Kind.STAKEHOLDER, scalar.text(), author.at());
                    authors.add(scalar.text());
                } else {
                    reading.error(
                            author.at(),
                            "wrong-type",
                            "an element of 'rule-authors' is " + author.kind(),
                            "write the id of a stakeholder");
                }
            }
            List<RuleKey> keys = new ArrayList<>();
            form.list("rule-keys", false).forEach(node -> key(node).ifPresent(keys::add));
            return id.isEmpty() || name.isEmpty() || zone.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Head(id.get(), name.get(), zone.get(), authors, keys));
        }
    }

    private Optional<RuleKey> key(Node node) {
        Optional<Form> entry = Form.of(node, "a key of rules", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> owner = form.required("owner", Formats::id);
            owner.ifPresent(id -> reading.references().use(References.Kind.STAKEHOLDER, id, form.at("owner")));
            Optional<VerifyingKey> key = form.required("key", Formats::verifyingKey);
            List<String> packs = form.values("packs", Formats::id);
            return owner.isEmpty() || key.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new RuleKey(owner.get(), key.get(), packs));
        }
    }
}
