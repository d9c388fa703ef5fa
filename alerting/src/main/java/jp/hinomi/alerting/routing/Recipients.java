package jp.hinomi.alerting.routing;

import java.time.Instant;
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
import jp.hinomi.city.schedule.OnDuty;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.events.Tlp;

/** Collects who is told, each contact once with all its reasons, in the order they were found. Not thread-safe. */
final class Recipients {
    private final City city;
    private final Tlp label;
    private final Instant now;
    private final Map<String, Entry> byContact = new LinkedHashMap<>();

    /** @param now who is on duty then is told */
    Recipients(City city, Tlp label, Instant now) {
        this.city = city;
        this.label = label;
        this.now = now;
    }

    private static final class Entry {
        final Stakeholder stakeholder;
        final Contact contact;
        final Set<String> resources = new TreeSet<>();
        boolean whole;
        final List<Bilingual> reasons = new ArrayList<>();

        Entry(Stakeholder stakeholder, Contact contact) {
            this.stakeholder = stakeholder;
            this.contact = contact;
        }
    }

    /** Adds a contact, or everybody who is on duty by a schedule. False if nobody of them is there or has a channel. */
    boolean add(String contactOrSchedule, String resource, Bilingual why) {
        Schedule schedule = city.schedules().get(contactOrSchedule);
        if (schedule == null) {
            return add(contactOrSchedule, Optional.of(resource), List.of(why));
        }
        boolean reached = false;
        for (OnDuty.Person person : schedule.onDuty(now).people()) {
            reached |= add(person.contact(), Optional.of(resource), List.of(why, Reasons.onDuty(schedule, person)));
        }
        return reached;
    }

    private boolean add(String contact, Optional<String> resource, List<Bilingual> reasons) {
        return city.contact(contact)
                .map(of -> reasons.stream()
                        .map(why -> add(of.stakeholder(), of.contact(), resource, why))
                        .reduce(false, Boolean::logicalOr))
                .orElse(false);
    }

    /** Whether it is a schedule by which nobody is on duty. */
    boolean isNobodyOnDuty(String contactOrSchedule) {
        return city.schedules().containsKey(contactOrSchedule)
                && city.onDuty(contactOrSchedule, now).isEmpty();
    }

    /**
     * Adds the first of the stakeholder's contacts that has a channel: its contact point. Who else must know stands in an
     * escalation. False if none has a channel.
     *
     * @param resource absent = it is told of the whole alert, for another reason than a resource
     */
    boolean addContactPointOf(Stakeholder stakeholder, Optional<String> resource, Bilingual why) {
        return stakeholder.contacts().stream().anyMatch(contact -> add(stakeholder, contact, resource, why));
    }

    private boolean add(Stakeholder stakeholder, Contact contact, Optional<String> resource, Bilingual why) {
        if (contact.channels().isEmpty()) {
            return false;
        }
        Entry entry = byContact.computeIfAbsent(contact.id(), any -> new Entry(stakeholder, contact));
        resource.ifPresentOrElse(entry.resources::add, () -> entry.whole = true);
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
                .map(entry -> Recipient.of(
                        label,
                        entry.stakeholder,
                        entry.contact,
                        new Scope(entry.whole, entry.resources),
                        entry.reasons))
                .toList();
    }
}
