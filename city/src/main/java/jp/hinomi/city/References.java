package jp.hinomi.city;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.Suggestion;

/**
 * The ids that the files define and where others use them. An entry with other errors still defines its id, so one
 * mistake is not reported again at every use. Not thread-safe.
 */
final class References {
    /** What an id can stand for. Contacts share one space over all stakeholders: escalations name them alone. */
    enum Kind {
        STAKEHOLDER,
        CONTACT,
        RESOURCE,
        ESCALATION,
        SOURCE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private record Use(Location at, Kind kind, String id) {}

    private final Map<Kind, Map<String, Location>> defined = new EnumMap<>(Kind.class);
    private final List<Use> uses = new ArrayList<>();
    private final Consumer<Problem> problems;

    References(Consumer<Problem> problems) {
        this.problems = problems;
        for (Kind kind : Kind.values()) {
            defined.put(kind, new LinkedHashMap<>());
        }
    }

    /** Where the id of an entry stands; a second entry of the same id is an error. */
    void define(Kind kind, String id, Location at) {
        Location first = defined.get(kind).putIfAbsent(id, at);
        if (first != null) {
            problems.accept(Problem.error(
                    at,
                    "duplicate-id",
                    "the " + kind.word() + " '" + id + "' stands twice, first in " + first.file() + " line "
                            + first.line(),
                    "rename or remove one of the two"));
        }
    }

    void use(Kind kind, String id, Location at) {
        uses.add(new Use(at, kind, id));
    }

    /** Reports every use of an id that nothing defines. */
    void check() {
        for (Use use : uses) {
            Map<String, Location> known = defined.get(use.kind());
            if (!known.containsKey(use.id())) {
                problems.accept(Problem.error(
                        use.at(),
                        "unknown-" + use.kind().word(),
                        "there is no " + use.kind().word() + " '" + use.id() + "'",
                        remedy(use, known)));
            }
        }
    }

    private String remedy(Use use, Map<String, Location> known) {
        if (use.kind() == Kind.CONTACT && defined.get(Kind.STAKEHOLDER).containsKey(use.id())) {
            return "that is a stakeholder; name one of its contacts";
        }
        if (known.isEmpty()) {
            return "define it first";
        }
        return Suggestion.nearest(use.id(), known.keySet())
                .map(id -> "did you mean '" + id + "'?")
                .orElseGet(() -> known.size() <= 12
                        ? "use one of: " + String.join(", ", known.keySet())
                        : "define it, or use one of those that are");
    }
}
