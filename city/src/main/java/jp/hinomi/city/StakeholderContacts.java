package jp.hinomi.city;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.city.StakeholderPart.Allowed;
import jp.hinomi.city.StakeholderPart.RefusedException;
import jp.hinomi.city.StakeholderPart.Why;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.ProblemsException;

/**
 * Who a stakeholder's contacts are, where they are reached and when they answer, as far as it may say so itself. Immutable and
 * thread-safe.
 */
public record StakeholderContacts(StakeholderPart part) {
    /** Channels that are an address alone; the others lead to secrets and machines, and are the city's matter. */
    private static final Map<String, String> ADDRESS_OF =
            Map.of("email", "address", "sms", "number", "voice", "number");

    public StakeholderContacts {
        Objects.requireNonNull(part, "part");
    }

    /** Whether a stakeholder may change the channel itself. */
    public static boolean isAddress(Channel channel) {
        return ADDRESS_OF.containsKey(channel.type());
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
     * @throws RefusedException if the contact or the channel is not this stakeholder's to change
     * @throws ProblemsException with every mistake in what was written
     */
    public CityFiles with(CityFiles files, Reached change) {
        City before = part.read(files);
        if (!part.own(before).contains(change.contact())) {
            throw part.notYours(change.contact(), before);
        }
        Node.Mapping root = CityNodes.root(files, StakeholdersFile.NAME);
        Node.Mapping contact = CityNodes.element(
                CityNodes.element(root, "stakeholders", part.stakeholder()), "contacts", change.contact());
        Map<String, Node> entries = new LinkedHashMap<>(contact.entries());
        entries.put("hours", hours(contact.get("hours"), change.onCall()));
        entries.put("channels", channels(contact.get("channels"), change));
        return part.changed(
                files,
                before,
                StakeholdersFile.NAME,
                contact,
                entries,
                (each, wanted) -> StakeholderPart.isChanged(
                        each, CityDiff.Kind.CONTACT, change.contact(), "on-call", "channels"));
    }

    /**
     * @throws RefusedException if somebody has that id, or it has no address
     * @throws ProblemsException with every mistake in what was written
     */
    public CityFiles with(CityFiles files, Joining change) {
        City before = part.read(files);
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
                        change.emails().stream().map(StakeholderContacts::email).toList()));
        List<Node> contacts = new ArrayList<>(contacts(files));
        contacts.add(CityNodes.mapping(contact));
        return withContacts(
                files,
                before,
                contacts,
                (each, wanted) -> each.kind() == CityDiff.Kind.CONTACT
                        && each.what() == CityDiff.What.ADDED
                        && each.id().equals(change.contact())
                        && part.own(wanted).contains(change.contact()));
    }

    /**
     * Takes a contact away.
     *
     * @throws RefusedException if it is not this stakeholder's, the last one, or another part of the map names it
     */
    public CityFiles withoutContact(CityFiles files, String id) {
        City before = part.read(files);
        if (!part.own(before).contains(id)) {
            throw part.notYours(id, before);
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
        return city.stakeholders().get(part.stakeholder()).contacts().stream()
                .map(Contact::zone)
                .findFirst()
                .orElse(city.zone());
    }

    private List<Node> contacts(CityFiles files) {
        Node.Mapping own =
                CityNodes.element(CityNodes.root(files, StakeholdersFile.NAME), "stakeholders", part.stakeholder());
        return own.get("contacts") instanceof Node.Sequence list ? list.elements() : List.of();
    }

    private CityFiles withContacts(CityFiles files, City before, List<Node> contacts, Allowed allowed) {
        Node.Mapping own =
                CityNodes.element(CityNodes.root(files, StakeholdersFile.NAME), "stakeholders", part.stakeholder());
        Map<String, Node> entries = new LinkedHashMap<>(own.entries());
        entries.put("contacts", CityNodes.list(contacts));
        return part.changed(files, before, StakeholdersFile.NAME, own, entries, allowed);
    }

    private static Node email(String address) {
        Map<String, Node> channel = new LinkedHashMap<>();
        channel.put("type", CityNodes.text("email"));
        channel.put("address", CityNodes.text(address));
        return CityNodes.mapping(channel);
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
                Node.Mapping was = (Node.Mapping) present.get(i);
                Map<String, Node> channel = new LinkedHashMap<>(was.entries());
                channel.put(key(was).orElseThrow(), CityNodes.text(address));
                channels.add(CityNodes.edited(was, channel));
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
}
