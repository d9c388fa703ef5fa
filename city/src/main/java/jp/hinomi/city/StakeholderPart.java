package jp.hinomi.city;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Substitution;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.ProblemsException;
import jp.hinomi.events.document.YamlReader;

/**
 * What of a city's files a stakeholder may write itself: where its contacts are reached and when they answer, and who of them
 * stands in for whom. Whatever is asked, nothing else becomes different: what comes out is compared as a whole with what was.
 * Immutable and thread-safe.
 *
 * @param formats names of the log formats that sources may have; empty = any
 */
public record StakeholderPart(String stakeholder, Set<String> formats) {
    private static final Location HERE = Location.ofFile("");

    /** Channels that are an address alone; the others lead to secrets and machines, and are the city's matter. */
    private static final Map<String, String> ADDRESS_OF =
            Map.of("email", "address", "sms", "number", "voice", "number");

    public StakeholderPart {
        Objects.requireNonNull(stakeholder, "stakeholder");
        formats = Set.copyOf(formats);
    }

    /** Whether a stakeholder may change the channel itself. */
    public static boolean isAddress(Channel channel) {
        return ADDRESS_OF.containsKey(channel.type());
    }

    /** Why a change is not made. */
    public enum Why {
        NOT_YOUR_CONTACT,
        NOT_YOUR_DUTY,
        NOT_AN_ADDRESS,
        NOBODY_STANDS_IN,
        UNKNOWN;

        /** The word in texts and JSON: lower case. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** A change that is not this stakeholder's to make. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Why why;

        RefusedException(Why why, String message) {
            super(message);
            this.why = why;
        }

        public Why why() {
            return why;
        }
    }

    /**
     * How a contact is to be reached.
     *
     * @param onCall {@code 24x7} or hours such as {@code Mon-Fri 09:00-17:00}
     * @param addresses new ones by the channel's place in the list, counted from 0; empty = the channel goes, absent = it stays
     * @param emails channels that are added
     */
    public record Reached(String contact, String onCall, Map<Integer, String> addresses, List<String> emails) {
        public Reached {
            addresses = Map.copyOf(addresses);
            emails = List.copyOf(emails);
        }
    }

    /**
     * Somebody takes somebody's duty for a while.
     *
     * @param from by the schedule's clock, like {@code to}
     * @param away whose duty it would be
     */
    public record StandIn(
            String schedule, LocalDateTime from, LocalDateTime to, String away, List<String> onDuty, String reason) {
        public StandIn {
            onDuty = List.copyOf(onDuty);
        }
    }

    private Set<String> own(City city) {
        Set<String> own = new HashSet<>();
        Optional.ofNullable(city.stakeholders().get(stakeholder))
                .ifPresent(known -> known.contacts().forEach(contact -> own.add(contact.id())));
        return own;
    }

    /** Whether all who are named in it are this stakeholder's. */
    public boolean isOwn(Substitution substitution, City city) {
        Set<String> own = own(city);
        return substitution.replaces().filter(own::contains).isPresent() && own.containsAll(substitution.onDuty());
    }

    /**
     * @throws RefusedException if the contact or the channel is not this stakeholder's to change
     * @throws ProblemsException with every mistake in what was written
     */
    public CityFiles with(CityFiles files, Reached change) {
        City before = files.read(formats, warning -> {});
        if (!own(before).contains(change.contact())) {
            throw new RefusedException(
                    Why.NOT_YOUR_CONTACT,
                    "'" + change.contact() + "' is no contact of yours: use one of " + own(before));
        }
        Node.Mapping root = root(files, StakeholdersFile.NAME);
        Node.Mapping contact = element(element(root, "stakeholders", stakeholder), "contacts", change.contact());
        Map<String, Node> entries = new LinkedHashMap<>(contact.entries());
        entries.put("hours", hours(contact.get("hours"), change.onCall()));
        entries.put("channels", channels(contact.get("channels"), change));
        return changed(files, before, StakeholdersFile.NAME, contact, entries);
    }

    private static Node hours(Node before, String onCall) {
        Map<String, Node> hours =
                before instanceof Node.Mapping mapping ? new LinkedHashMap<>(mapping.entries()) : new LinkedHashMap<>();
        hours.put("on-call", text(onCall));
        return mapping(hours);
    }

    private static Node channels(Node before, Reached change) {
        List<Node> channels = new ArrayList<>();
        List<Node> present = before instanceof Node.Sequence list ? list.elements() : List.of();
        change.addresses().keySet().forEach(number -> {
            if (number < 0
                    || number >= present.size()
                    || key(present.get(number)).isEmpty()) {
                throw new RefusedException(
                        Why.NOT_AN_ADDRESS,
                        "channel " + number + " of '" + change.contact() + "' is not one of email, sms and voice:"
                                + " ask the city to change it");
            }
        });
        for (int i = 0; i < present.size(); i++) {
            String address = change.addresses().get(i);
            if (address == null) {
                channels.add(present.get(i));
            } else if (!address.isEmpty()) {
                Map<String, Node> channel = new LinkedHashMap<>(((Node.Mapping) present.get(i)).entries());
                channel.put(key(present.get(i)).orElseThrow(), text(address));
                channels.add(mapping(channel));
            }
        }
        change.emails().forEach(address -> {
            Map<String, Node> channel = new LinkedHashMap<>();
            channel.put("type", text("email"));
            channel.put("address", text(address));
            channels.add(mapping(channel));
        });
        return new Node.Sequence(HERE, channels);
    }

    /** Under which key the channel has its address. */
    private static Optional<String> key(Node channel) {
        return channel instanceof Node.Mapping mapping && mapping.get("type") instanceof Node.Scalar type
                ? Optional.ofNullable(ADDRESS_OF.get(type.text()))
                : Optional.empty();
    }

    /**
     * @throws RefusedException if somebody in it is not this stakeholder's, or has no duty there
     * @throws ProblemsException with every mistake in what was written
     */
    public CityFiles with(CityFiles files, StandIn change) {
        City before = files.read(formats, warning -> {});
        Set<String> own = own(before);
        if (change.onDuty().isEmpty()) {
            throw new RefusedException(Why.NOBODY_STANDS_IN, "say who stands in: one or more of " + own);
        }
        List<String> named = new ArrayList<>(change.onDuty());
        named.add(change.away());
        named.stream().filter(id -> !own.contains(id)).findFirst().ifPresent(id -> {
            throw new RefusedException(Why.NOT_YOUR_CONTACT, "'" + id + "' is no contact of yours: use one of " + own);
        });
        Schedule schedule = before.schedules().get(change.schedule());
        if (schedule == null || !schedule.members().contains(change.away())) {
            throw new RefusedException(
                    Why.NOT_YOUR_DUTY, "'" + change.away() + "' has no duty in '" + change.schedule() + "'");
        }
        Node.Mapping element = element(root(files, SchedulesFile.NAME), "schedules", change.schedule());
        List<Node> overrides = new ArrayList<>(overrides(element));
        Map<String, Node> override = new LinkedHashMap<>();
        override.put("from", text(change.from().toString()));
        override.put("to", text(change.to().toString()));
        override.put(
                "on-duty",
                new Node.Sequence(
                        HERE,
                        change.onDuty().stream().map(StakeholderPart::text).toList()));
        override.put("replaces", text(change.away()));
        override.put("owner", text(stakeholder));
        override.put("reason", text(change.reason()));
        overrides.add(mapping(override));
        return overridden(files, before, element, overrides);
    }

    /**
     * Takes a stand-in back.
     *
     * @throws RefusedException if there is none that begins then and is this stakeholder's alone
     */
    public CityFiles without(CityFiles files, String scheduleId, LocalDateTime from, String away) {
        City before = files.read(formats, warning -> {});
        Schedule schedule = before.schedules().get(scheduleId);
        List<Substitution> all = schedule == null ? List.of() : schedule.substitutions();
        for (int i = 0; i < all.size(); i++) {
            Substitution each = all.get(i);
            if (each.from().equals(from) && each.replaces().filter(away::equals).isPresent() && isOwn(each, before)) {
                Node.Mapping element = element(root(files, SchedulesFile.NAME), "schedules", scheduleId);
                List<Node> overrides = new ArrayList<>(overrides(element));
                overrides.remove(i);
                return overridden(files, before, element, overrides);
            }
        }
        throw new RefusedException(
                Why.UNKNOWN,
                "there is no stand-in of yours for '" + away + "' from " + from + " in '" + scheduleId + "'");
    }

    private static List<Node> overrides(Node.Mapping schedule) {
        return schedule.get("overrides") instanceof Node.Sequence list ? list.elements() : List.of();
    }

    private CityFiles overridden(CityFiles files, City before, Node.Mapping schedule, List<Node> overrides) {
        Map<String, Node> entries = new LinkedHashMap<>(schedule.entries());
        if (overrides.isEmpty()) {
            entries.remove("overrides");
        } else {
            entries.put("overrides", new Node.Sequence(HERE, overrides));
        }
        return changed(files, before, SchedulesFile.NAME, schedule, entries);
    }

    private CityFiles changed(
            CityFiles files, City before, String name, Node.Mapping element, Map<String, Node> entries) {
        Node.Mapping next = mapping(entries);
        CityFiles whole =
                files.with(Map.of(name, CityYaml.of((Node.Mapping) replaced(root(files, name), element.at(), next))));
        City wanted = whole.read(formats, warning -> {});
        CityDiff.between(before, wanted).stream()
                .filter(change -> !isMine(change, before))
                .findFirst()
                .ifPresent(change -> {
                    throw new IllegalStateException("a change of " + stakeholder + "'s own part would change "
                            + change.kind().word() + " " + change.id());
                });
        // With the notes and the layout of whoever keeps the file, where that means the same.
        return CityYaml.inPlace(files.texts().get(name), element.at(), next)
                .map(text -> files.with(Map.of(name, text)))
                .filter(inPlace -> means(inPlace, wanted))
                .orElse(whole);
    }

    private boolean means(CityFiles files, City wanted) {
        try {
            return CityDiff.between(files.read(formats, warning -> {}), wanted).isEmpty();
        } catch (ProblemsException e) {
            return false;
        }
    }

    private boolean isMine(CityDiff.Change change, City before) {
        Set<String> fields = new HashSet<>();
        change.fields().forEach(field -> fields.add(field.name()));
        return change.what() == CityDiff.What.CHANGED
                && switch (change.kind()) {
                    case CONTACT ->
                        own(before).contains(change.id())
                                && Set.of("on-call", "channels").containsAll(fields);
                    case SCHEDULE -> Set.of("substitutions").containsAll(fields);
                    case RESPONSIBILITY, RESOURCE, STAKEHOLDER, ESCALATION, SOURCE, SETTING -> false;
                };
    }

    private static Node.Mapping root(CityFiles files, String name) {
        List<Node> documents = YamlReader.read(name, files.texts().getOrDefault(name, ""), problem -> {});
        return (Node.Mapping) documents.get(0);
    }

    private static Node.Mapping element(Node.Mapping parent, String list, String id) {
        return ((Node.Sequence) parent.get(list))
                .elements().stream()
                        .map(Node.Mapping.class::cast)
                        .filter(each -> each.get("id") instanceof Node.Scalar text
                                && text.text().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no " + id + " in " + list));
    }

    /** The same with another part at that place. */
    private static Node replaced(Node node, Location at, Node next) {
        if (node instanceof Node.Mapping mapping) {
            if (mapping.at().equals(at)) {
                return next;
            }
            Map<String, Node> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> entries.put(key, replaced(value, at, next)));
            return new Node.Mapping(mapping.at(), entries, mapping.keys());
        }
        return node instanceof Node.Sequence list
                ? new Node.Sequence(
                        list.at(),
                        list.elements().stream()
                                .map(each -> replaced(each, at, next))
                                .toList())
                : node;
    }

    private static Node.Mapping mapping(Map<String, Node> entries) {
        return new Node.Mapping(HERE, entries, new TreeMap<>());
    }

    private static Node text(String given) {
        // Half of a character cannot be written.
        String text = new String(given.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return new Node.Scalar(HERE, text, text, HERE);
    }
}
