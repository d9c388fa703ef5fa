package jp.hinomi.city;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.city.schedule.Schedule;

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
        unusedSchedules(city, findings);
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

    private static void unusedSchedules(City city, CityCheck.Findings findings) {
        Set<String> used = new HashSet<>();
        city.responsibilities().forEach(each -> each.told().ifPresent(used::add));
        city.escalations().values().forEach(each -> each.steps().forEach(step -> used.addAll(step.targets())));
        for (Schedule schedule : city.schedules().values()) {
            if (!used.contains(schedule.id())) {
                findings.add(
                        schedule,
                        SchedulesFile.NAME,
                        "unused",
                        "nothing notifies whoever is on duty by the schedule '" + schedule.id() + "'",
                        "name it in an escalation or a responsibility, or remove it");
            }
        }
    }

    private static void ends(City city, Escalation escalation, CityCheck.Findings findings) {
        List<Escalation.Step> steps = escalation.steps();
        Set<Contact> contacts = steps.stream()
                .flatMap(step -> anybodyOf(city, step).stream())
                .map(City.ContactOf::contact)
                .collect(Collectors.toCollection(LinkedHashSet::new));
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
        circle(city, escalation, findings);
    }

    /** A last step that tells only people who were told before and did not answer. */
    private static void circle(City city, Escalation escalation, CityCheck.Findings findings) {
        List<Escalation.Step> steps = escalation.steps();
        Set<String> before = steps.subList(0, steps.size() - 1).stream()
                .flatMap(step -> anybodyOf(city, step).stream())
                .map(of -> of.contact().id())
                .collect(Collectors.toSet());
        Escalation.Step last = steps.get(steps.size() - 1);
        List<City.ContactOf> end = anybodyOf(city, last);
        // Where the steps begin anew, nobody is left alone with the first answer.
        if (escalation.loopMax() == 0
                && !end.isEmpty()
                && end.stream().allMatch(of -> before.contains(of.contact().id()))) {
            findings.add(
                    escalation,
                    EscalationsFile.NAME,
                    "circle",
                    "the escalation '" + escalation.id() + "' ends with '" + String.join("', '", last.targets())
                            + "', who was told before and did not answer",
                    "end with somebody else, such as who decides for the promoter");
        }
    }

    private static List<City.ContactOf> anybodyOf(City city, Escalation.Step step) {
        return step.targets().stream()
                .flatMap(target -> city.anybodyOf(target).stream())
                .toList();
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
