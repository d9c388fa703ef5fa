package jp.hinomi.city;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Contacts that cannot be reached, and escalations that end nowhere. */
final class ContactChecks {
    private ContactChecks() {}

    static void check(City city, CityCheck.Findings findings) {
        for (Stakeholder stakeholder : city.stakeholders().values()) {
            if (stakeholder.contacts().isEmpty()) {
                findings.add(
                        stakeholder,
                        StakeholdersFile.NAME,
                        "unreachable",
                        "'" + stakeholder.id() + "' has no contact",
                        "add one: every stakeholder needs a point of contact before an incident");
            }
            for (Contact contact : stakeholder.contacts()) {
                if (contact.channels().isEmpty()) {
                    findings.add(
                            contact,
                            StakeholdersFile.NAME,
                            "unreachable",
                            "the contact '" + contact.id() + "' has no channel",
                            "add an e-mail address or a webhook");
                }
            }
        }
        Set<String> used = city.responsibilities().stream()
                .flatMap(each -> each.escalation().stream())
                .collect(Collectors.toSet());
        for (Escalation escalation : city.escalations().values()) {
            if (!used.contains(escalation.id())) {
                findings.add(
                        escalation,
                        EscalationsFile.NAME,
                        "unused",
                        "no responsibility uses the escalation '" + escalation.id() + "'",
                        "name it in a responsibility, or remove it");
            }
            ends(city, escalation, findings);
        }
    }

    private static void ends(City city, Escalation escalation, CityCheck.Findings findings) {
        List<Escalation.Step> steps = escalation.steps();
        List<Contact> contacts = steps.stream()
                .flatMap(step -> step.targets().stream())
                .flatMap(target -> city.anybodyOf(target).stream())
                .map(City.ContactOf::contact)
                .toList();
        for (Contact contact : contacts) {
            if (contact.channels().isEmpty()) {
                findings.add(
                        escalation,
                        EscalationsFile.NAME,
                        "dead-step",
                        "the escalation '" + escalation.id() + "' tells '" + contact.id() + "', who cannot be reached",
                        "give the contact a channel, or name another");
            }
        }
        if (steps.isEmpty()) {
            return;
        }
        Escalation.Step last = steps.get(steps.size() - 1);
        if (last.ackWithin().isPresent() && escalation.loopMax() == 0) {
            findings.add(
                    escalation,
                    EscalationsFile.NAME,
                    "ends-nowhere",
                    "the escalation '" + escalation.id() + "' waits "
                            + text(last.ackWithin().get()) + " for '" + String.join("', '", last.targets())
                            + "', and then nobody is told",
                    "add a last step, or remove the last 'ack-within' if that person decides alone");
        }
        if (!contacts.isEmpty()
                && contacts.stream().noneMatch(contact -> contact.onCall().equals(Contact.ALWAYS))) {
            findings.add(
                    escalation,
                    EscalationsFile.NAME,
                    "asleep",
                    "at some hours nobody in the escalation '" + escalation.id() + "' is on call",
                    "add a contact that is on call 24x7");
        }
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
