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
        SOURCE,
        SCHEDULE,
        GATEWAY;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What can be told: whoever a contact is, or whoever is on duty by a schedule. */
    static final List<Kind> REACHABLE = List.of(Kind.CONTACT, Kind.SCHEDULE);

    /** @param kinds of which the id may be any */
    private record Use(Location at, List<Kind> kinds, String id) {}

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
        uses.add(new Use(at, List.of(kind), id));
    }

    /** Where either may stand: of those who can be told, a contact or who is on duty by a schedule. */
    void useAnyOf(List<Kind> kinds, String id, Location at) {
        uses.add(new Use(at, kinds, id));
    }

    /** Reports every use of an id that nothing defines, and contacts and schedules of one name. */
    void check() {
        defined.get(Kind.SCHEDULE).forEach((id, at) -> {
            Location contact = defined.get(Kind.CONTACT).get(id);
            if (contact != null) {
                problems.accept(Problem.error(
                        at,
                        "duplicate-id",
                        "the schedule '" + id + "' has the id of a contact, in " + contact.file() + " line "
                                + contact.line(),
                        "rename one of the two: escalations name both by id alone"));
            }
        });
        for (Use use : uses) {
            if (use.kinds().stream().noneMatch(kind -> defined.get(kind).containsKey(use.id()))) {
                String words =
                        String.join(" or ", use.kinds().stream().map(Kind::word).toList());
                problems.accept(Problem.error(
                        use.at(),
                        "unknown-" + use.kinds().get(0).word(),
                        "there is no " + words + " '" + use.id() + "'",
                        remedy(use)));
            }
        }
    }

    private String remedy(Use use) {
        if (!use.kinds().contains(Kind.STAKEHOLDER)
                && use.kinds().contains(Kind.CONTACT)
                && defined.get(Kind.STAKEHOLDER).containsKey(use.id())) {
            return "that is a stakeholder; name one of its contacts";
        }
        if (use.kinds().contains(Kind.CONTACT) && defined.get(Kind.SCHEDULE).containsKey(use.id())) {
            return "that is a schedule; name a contact";
        }
        List<String> known = use.kinds().stream()
                .flatMap(kind -> defined.get(kind).keySet().stream())
                .toList();
        if (known.isEmpty()) {
            return "define it first";
        }
        return Suggestion.nearest(use.id(), known)
                .map(id -> "did you mean '" + id + "'?")
                .orElseGet(() -> known.size() <= 12
                        ? "use one of: " + String.join(", ", known)
                        : "define it, or use one of those that are");
    }
}
