package jp.hinomi.city;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Substitution;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.ProblemsException;

/**
 * What of a city's files a stakeholder may write itself: who its contacts are, where they are reached and when they answer, who of
 * them takes turns on duty, and who stands in for whom. Whatever is asked, nothing else becomes different: what comes out is compared as a whole with what was.
 * Immutable and thread-safe.
 *
 * @param formats names of the log formats that sources may have; empty = any
 */
public record StakeholderPart(String stakeholder, Set<String> formats) {
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
        UNKNOWN,
        /** Somebody has that id already. */
        TAKEN,
        /** Another part of the map names the contact. */
        NEEDED,
        /** Nobody of the stakeholder would be left. */
        LAST_CONTACT,
        /** Others than the stakeholder's own have duty in the rotation. */
        SHARED_DUTY,
        /** A rotation with nobody in it. */
        NOBODY_ON_DUTY,
        /** Until that day nobody would be on duty. */
        BEGINS_LATER;

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

    /**
     * Somebody new who can be told. It is reached by mail first; other channels lead to secrets and machines.
     *
     * @param kind a person or a desk
     * @param onCall {@code 24x7} or hours
     * @param emails at least one
     */
    public record Joining(String contact, Contact.Kind kind, String onCall, List<String> emails) {
        public Joining {
            emails = List.copyOf(emails);
        }
    }

    /**
     * Who takes turns, and when they change.
     *
     * @param turns in the order in which they take over; each one contact, or several together
     * @param shift as files have it, {@code 1w}; of no matter if there is one turn
     * @param from the first turn begins on that day; not after {@code today}, as before it nobody would be on duty
     * @param today by the schedule's clock
     */
    public record Turns(
            String schedule,
            String rotation,
            List<List<String>> turns,
            String shift,
            LocalTime handOver,
            LocalDate from,
            LocalDate today) {
        public Turns {
            turns = turns.stream().map(List::copyOf).toList();
        }
    }

    private Set<String> own(City city) {
        Set<String> own = new HashSet<>();
        Optional.ofNullable(city.stakeholders().get(stakeholder))
                .ifPresent(known -> known.contacts().forEach(contact -> own.add(contact.id())));
        return own;
    }

    /** Whether all who have turns in it are this stakeholder's. */
    public boolean isOwn(Rotation rotation, City city) {
        return own(city)
                .containsAll(rotation.turns().stream().flatMap(List::stream).toList());
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
        Node.Mapping root = CityNodes.root(files, StakeholdersFile.NAME);
        Node.Mapping contact =
                CityNodes.element(CityNodes.element(root, "stakeholders", stakeholder), "contacts", change.contact());
        Map<String, Node> entries = new LinkedHashMap<>(contact.entries());
        entries.put("hours", hours(contact.get("hours"), change.onCall()));
        entries.put("channels", channels(contact.get("channels"), change));
        return changed(
                files,
                before,
                StakeholdersFile.NAME,
                contact,
                entries,
                (each, wanted) -> isChanged(each, CityDiff.Kind.CONTACT, change.contact(), "on-call", "channels"));
    }

    /**
     * @throws RefusedException if somebody has that id, or it has no address
     * @throws ProblemsException with every mistake in what was written
     */
    public CityFiles with(CityFiles files, Joining change) {
        City before = files.read(formats, warning -> {});
        if (before.contact(change.contact()).isPresent()) {
            throw new RefusedException(Why.TAKEN, "there is a contact '" + change.contact() + "' already");
        }
        if (change.emails().isEmpty() || change.kind() == Contact.Kind.SYSTEM) {
            throw new RefusedException(
                    Why.NOT_AN_ADDRESS, "a new contact is a person or a desk with an e-mail address");
        }
        Map<String, Node> hours = new LinkedHashMap<>();
        hours.put("zone", CityNodes.text(zone(before).getId()));
        hours.put("on-call", CityNodes.text(change.onCall()));
        Map<String, Node> contact = new LinkedHashMap<>();
        contact.put("id", CityNodes.text(change.contact()));
        contact.put("kind", CityNodes.text(change.kind().word()));
        contact.put("hours", CityNodes.mapping(hours));
        contact.put(
                "channels",
                CityNodes.list(
                        change.emails().stream().map(StakeholderPart::email).toList()));
        List<Node> contacts = new ArrayList<>(contacts(files));
        contacts.add(CityNodes.mapping(contact));
        return withContacts(
                files,
                before,
                contacts,
                (each, wanted) -> each.kind() == CityDiff.Kind.CONTACT
                        && each.what() == CityDiff.What.ADDED
                        && each.id().equals(change.contact())
                        && own(wanted).contains(change.contact()));
    }

    /**
     * Takes a contact away.
     *
     * @throws RefusedException if it is not this stakeholder's, the last one, or another part of the map names it
     */
    public CityFiles withoutContact(CityFiles files, String id) {
        City before = files.read(formats, warning -> {});
        if (!own(before).contains(id)) {
            throw new RefusedException(
                    Why.NOT_YOUR_CONTACT, "'" + id + "' is no contact of yours: use one of " + own(before));
        }
        List<Node> contacts = new ArrayList<>(contacts(files));
        if (contacts.size() == 1) {
            throw new RefusedException(Why.LAST_CONTACT, "'" + id + "' is your last contact: add another first");
        }
        contacts.removeIf(each -> CityNodes.hasId(each, id));
        try {
            return withContacts(
                    files,
                    before,
                    contacts,
                    (each, wanted) -> each.kind() == CityDiff.Kind.CONTACT
                            && each.what() == CityDiff.What.REMOVED
                            && each.id().equals(id));
        } catch (ProblemsException e) {
            // What was sound before is not any more: somebody's duty, or a step of an escalation. Where stands in
            // others' files.
            throw new RefusedException(
                    Why.NEEDED, "another part of the map names '" + id + "': take it out of its duties first");
        }
    }

    private ZoneId zone(City city) {
        return city.stakeholders().get(stakeholder).contacts().stream()
                .map(Contact::zone)
                .findFirst()
                .orElse(city.zone());
    }

    private List<Node> contacts(CityFiles files) {
        Node.Mapping own = CityNodes.element(CityNodes.root(files, StakeholdersFile.NAME), "stakeholders", stakeholder);
        return own.get("contacts") instanceof Node.Sequence list ? list.elements() : List.of();
    }

    private CityFiles withContacts(CityFiles files, City before, List<Node> contacts, Allowed allowed) {
        Node.Mapping own = CityNodes.element(CityNodes.root(files, StakeholdersFile.NAME), "stakeholders", stakeholder);
        Map<String, Node> entries = new LinkedHashMap<>(own.entries());
        entries.put("contacts", CityNodes.list(contacts));
        return changed(files, before, StakeholdersFile.NAME, own, entries, allowed);
    }

    private static Node email(String address) {
        Map<String, Node> channel = new LinkedHashMap<>();
        channel.put("type", CityNodes.text("email"));
        channel.put("address", CityNodes.text(address));
        return CityNodes.mapping(channel);
    }

    /**
     * @throws RefusedException if others have duty in it, before or afterwards, or nobody would
     * @throws ProblemsException with every mistake in what was written
     */
    public CityFiles with(CityFiles files, Turns change) {
        City before = files.read(formats, warning -> {});
        Rotation rotation = Optional.ofNullable(before.schedules().get(change.schedule())).stream()
                .flatMap(schedule -> schedule.rotations().stream())
                .filter(each -> each.name().equals(change.rotation()))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        Why.NOT_YOUR_DUTY,
                        "there is no rotation '" + change.rotation() + "' in '" + change.schedule() + "'"));
        check(change, rotation, before);
        Node.Mapping schedule =
                CityNodes.element(CityNodes.root(files, SchedulesFile.NAME), "schedules", change.schedule());
        Map<String, Node> entries = new LinkedHashMap<>(schedule.entries());
        entries.put(
                "rotations",
                CityNodes.list(((Node.Sequence) schedule.get("rotations"))
                        .elements().stream()
                                .map(each -> CityNodes.hasName(each, change.rotation())
                                        ? turns((Node.Mapping) each, change)
                                        : each)
                                .toList()));
        return changed(
                files,
                before,
                SchedulesFile.NAME,
                schedule,
                entries,
                (each, wanted) -> isChanged(each, CityDiff.Kind.SCHEDULE, change.schedule(), "rotations")
                        && onlyTurns(before, wanted, change));
    }

    private void check(Turns change, Rotation rotation, City before) {
        if (!isOwn(rotation, before)) {
            throw new RefusedException(
                    Why.SHARED_DUTY, "others have duty in '" + change.rotation() + "' too: ask the city to change it");
        }
        if (change.turns().isEmpty() || change.turns().stream().anyMatch(List::isEmpty)) {
            throw new RefusedException(Why.NOBODY_ON_DUTY, "say who takes turns: one or more of " + own(before));
        }
        change.turns().stream()
                .flatMap(List::stream)
                .filter(id -> !own(before).contains(id))
                .findFirst()
                .ifPresent(id -> {
                    throw new RefusedException(
                            Why.NOT_YOUR_CONTACT, "'" + id + "' is no contact of yours: use one of " + own(before));
                });
        if (change.turns().size() > 1 && change.from().isAfter(change.today())) {
            throw new RefusedException(
                    Why.BEGINS_LATER,
                    "until " + change.from() + " nobody would be on duty: give a day that is not after "
                            + change.today());
        }
    }

    /** The entry of the rotation with other turns; what it says besides stays. */
    private static Node.Mapping turns(Node.Mapping rotation, Turns change) {
        Map<String, Node> entries = new LinkedHashMap<>(rotation.entries());
        entries.put(
                "members",
                CityNodes.list(change.turns().stream()
                        .map(turn -> turn.size() == 1
                                ? CityNodes.text(turn.get(0))
                                : (Node) CityNodes.list(
                                        turn.stream().map(CityNodes::text).toList()))
                        .toList()));
        List.of("shift", "hand-over", "from").forEach(entries::remove);
        if (change.turns().size() > 1) {
            entries.put("shift", CityNodes.text(change.shift()));
            entries.put(
                    "hand-over",
                    CityNodes.text(
                            change.handOver().truncatedTo(ChronoUnit.MINUTES).toString()));
            entries.put("from", CityNodes.text(change.from().toString()));
        }
        return CityNodes.mapping(entries);
    }

    /** Whether the schedules are the same but for who takes turns in that rotation, and when. */
    private static boolean onlyTurns(City before, City wanted, Turns change) {
        List<Rotation> was = before.schedules().get(change.schedule()).rotations();
        List<Rotation> is = wanted.schedules().get(change.schedule()).rotations();
        return was.size() == is.size()
                && IntStream.range(0, was.size())
                        .allMatch(i -> was.get(i).name().equals(change.rotation())
                                ? is.get(i).turns().equals(change.turns())
                                        && fixed(was.get(i)).equals(fixed(is.get(i)))
                                : was.get(i).equals(is.get(i)));
    }

    private static List<Object> fixed(Rotation rotation) {
        return List.of(rotation.name(), rotation.until(), rotation.hours(), rotation.onHolidays());
    }

    private static Node hours(Node before, String onCall) {
        Map<String, Node> hours =
                before instanceof Node.Mapping mapping ? new LinkedHashMap<>(mapping.entries()) : new LinkedHashMap<>();
        hours.put("on-call", CityNodes.text(onCall));
        return CityNodes.mapping(hours);
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
                channel.put(key(present.get(i)).orElseThrow(), CityNodes.text(address));
                channels.add(CityNodes.mapping(channel));
            }
        }
        change.emails().forEach(address -> channels.add(email(address)));
        return CityNodes.list(channels);
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
        Node.Mapping element =
                CityNodes.element(CityNodes.root(files, SchedulesFile.NAME), "schedules", change.schedule());
        List<Node> overrides = new ArrayList<>(overrides(element));
        Map<String, Node> override = new LinkedHashMap<>();
        override.put("from", CityNodes.text(change.from().toString()));
        override.put("to", CityNodes.text(change.to().toString()));
        override.put(
                "on-duty",
                CityNodes.list(change.onDuty().stream().map(CityNodes::text).toList()));
        override.put("replaces", CityNodes.text(change.away()));
        override.put("owner", CityNodes.text(stakeholder));
        override.put("reason", CityNodes.text(change.reason()));
        overrides.add(CityNodes.mapping(override));
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
                Node.Mapping element =
                        CityNodes.element(CityNodes.root(files, SchedulesFile.NAME), "schedules", scheduleId);
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
            entries.put("overrides", CityNodes.list(overrides));
        }
        String id = ((Node.Scalar) schedule.get("id")).text();
        return changed(
                files,
                before,
                SchedulesFile.NAME,
                schedule,
                entries,
                (each, wanted) -> isChanged(each, CityDiff.Kind.SCHEDULE, id, "substitutions"));
    }

    /** What a change may make different. */
    @FunctionalInterface
    private interface Allowed {
        boolean is(CityDiff.Change change, City wanted);
    }

    private static boolean isChanged(CityDiff.Change change, CityDiff.Kind kind, String id, String... fields) {
        return change.what() == CityDiff.What.CHANGED
                && change.kind() == kind
                && change.id().equals(id)
                && change.fields().stream().map(CityDiff.Field::name).allMatch(List.of(fields)::contains);
    }

    private CityFiles changed(
            CityFiles files,
            City before,
            String name,
            Node.Mapping element,
            Map<String, Node> entries,
            Allowed allowed) {
        Node.Mapping next = CityNodes.mapping(entries);
        CityFiles whole = files.with(Map.of(
                name, CityYaml.of((Node.Mapping) CityNodes.replaced(CityNodes.root(files, name), element.at(), next))));
        City wanted = whole.read(formats, warning -> {});
        CityDiff.between(before, wanted).stream()
                .filter(change -> !allowed.is(change, wanted))
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
}
