package jp.hinomi.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;

/** Reads {@code stakeholders.yaml}. */
final class StakeholdersFile {
    static final String NAME = "stakeholders.yaml";

    private final Reading reading;
    private Location promoter;

    StakeholdersFile(Reading reading) {
        this.reading = reading;
    }

    List<Stakeholder> read() {
        List<Stakeholder> stakeholders = reading.entries(NAME, "stakeholders", this::stakeholder);
        if (promoter == null && reading.hasRead(NAME)) {
            reading.error(
                    Location.ofFile(reading.path(NAME)),
                    "no-promoter",
                    "nobody has the role 'promoter'",
                    "give it to the organisation that is told when nobody else is responsible");
        }
        return stakeholders;
    }

    private Optional<Stakeholder> stakeholder(Node node) {
        Optional<Form> entry = Form.of(node, "a stakeholder", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            id.ifPresent(known -> reading.references().define(References.Kind.STAKEHOLDER, known, form.at("id")));
            Optional<Map<String, String>> name = form.texts("name");
            Optional<Role> role = form.required("role", Formats.word("role", Role.values(), Role::word));
            role.filter(known -> known == Role.PROMOTER).ifPresent(known -> onlyPromoter(form.at("role")));
            Optional<String> locale = form.required("locale", Formats.oneOf("locale", Formats.LANGUAGES));
            Optional<Tlp> maxTlp = form.required("max-tlp", Formats.word("TLP label", Tlp.values(), Tlp::word));
            List<Contact> contacts = new ArrayList<>();
            for (Node contact : form.list("contacts", true)) {
                contact(contact).ifPresent(contacts::add);
            }
            maxTlp.ifPresent(most -> contacts.forEach(contact -> notWider(contact, most)));
            if (id.isEmpty() || name.isEmpty() || role.isEmpty() || locale.isEmpty() || maxTlp.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(reading.place(
                    new Stakeholder(id.get(), name.get(), role.get(), locale.get(), maxTlp.get(), contacts),
                    form.at()));
        }
    }

    /** A contact, or a channel of one, may be told less than its stakeholder, never more. */
    private void notWider(Contact contact, Tlp most) {
        Tlp own = contact.maxTlp().orElse(most);
        String wider = own.compareTo(most) > 0
                ? "the contact '" + contact.id() + "'"
                : contact.channels().stream()
                        .filter(channel -> channel.maxTlp()
                                .filter(tlp -> tlp.compareTo(own) > 0)
                                .isPresent())
                        .map(channel -> "the channel " + channel.type() + " of '" + contact.id() + "'")
                        .findFirst()
                        .orElse("");
        if (!wider.isEmpty()) {
            reading.error(
                    reading.places().of(contact, NAME),
                    "wider-tlp",
                    wider + " has a wider 'max-tlp' than " + most.word() + " of the stakeholder, or than its contact",
                    "lower it: who is told less may be told by it, never more");
        }
    }

    private void onlyPromoter(Location at) {
        if (promoter != null) {
            reading.error(
                    at,
                    "second-promoter",
                    "a city has one promoter, the first stands in line " + promoter.line(),
                    "give one of the two another role");
        } else {
            promoter = at;
        }
    }

    private Optional<Contact> contact(Node node) {
        Optional<Form> entry = Form.of(node, "a contact", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            id.ifPresent(known -> reading.references().define(References.Kind.CONTACT, known, form.at("id")));
            Optional<Contact.Kind> kind =
                    form.required("kind", Formats.word("kind of contact", Contact.Kind.values(), Contact.Kind::word));
            Optional<Form> hours = form.form("hours", false, "'hours' of a contact");
            Hours known = hours.map(this::hours).orElse(new Hours(reading.zone(), Contact.ALWAYS));
            Optional<Tlp> maxTlp = form.optional("max-tlp", Formats.word("TLP label", Tlp.values(), Tlp::word));
            List<Channel> channels = new ArrayList<>();
            for (Node channel : form.list("channels", false)) {
                ChannelReader.read(channel, reading).ifPresent(channels::add);
            }
            if (id.isEmpty() || kind.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(reading.place(
                    new Contact(id.get(), kind.get(), known.zone(), known.onCall(), channels, maxTlp), form.at()));
        }
    }

    private record Hours(java.time.ZoneId zone, String onCall) {}

    private Hours hours(Form entry) {
        try (Form form = entry) {
            return new Hours(
                    form.optional("zone", Formats::zone).orElse(reading.zone()),
                    form.optional("on-call", Formats::onCall).orElse(Contact.ALWAYS));
        }
    }
}
