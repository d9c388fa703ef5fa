package jp.hinomi.alerting.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Tlp;

/** Collects who is told, each contact once with all its reasons, in the order they were found. Not thread-safe. */
final class Recipients {
    private final City city;
    private final Tlp label;
    private final Map<String, Entry> byContact = new LinkedHashMap<>();

    Recipients(City city, Tlp label) {
        this.city = city;
        this.label = label;
    }

    private static final class Entry {
        final Stakeholder stakeholder;
        final Contact contact;
        final Set<String> resources = new TreeSet<>();
        final List<Bilingual> reasons = new ArrayList<>();

        Entry(Stakeholder stakeholder, Contact contact) {
            this.stakeholder = stakeholder;
            this.contact = contact;
        }
    }

    /** False if there is no such contact, or no channel to reach it by. */
    boolean add(String contactId, String resource, Bilingual why) {
        return city.contact(contactId)
                .map(of -> add(of.stakeholder(), of.contact(), Optional.of(resource), why))
                .orElse(false);
    }

    /**
     * Adds the first of the stakeholder's contacts that has a channel: its contact point. Who else must know stands in an
     * escalation. False if none has a channel.
     */
    boolean addContactPointOf(Stakeholder stakeholder, Optional<String> resource, Bilingual why) {
        return stakeholder.contacts().stream().anyMatch(contact -> add(stakeholder, contact, resource, why));
    }

    private boolean add(Stakeholder stakeholder, Contact contact, Optional<String> resource, Bilingual why) {
        if (contact.channels().isEmpty()) {
            return false;
        }
        Entry entry = byContact.computeIfAbsent(contact.id(), any -> new Entry(stakeholder, contact));
        resource.ifPresent(entry.resources::add);
        if (!entry.reasons.contains(why)) {
            entry.reasons.add(why);
        }
        return true;
    }

    boolean isEmpty() {
        return byContact.isEmpty();
    }

    List<Recipient> inOrder() {
        return byContact.values().stream()
                .map(entry -> new Recipient(
                        entry.stakeholder,
                        entry.contact,
                        Disclosure.of(label, entry.stakeholder.maxTlp()),
                        entry.resources,
                        entry.reasons))
                .toList();
    }
}
