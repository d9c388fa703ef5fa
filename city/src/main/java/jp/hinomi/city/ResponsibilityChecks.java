package jp.hinomi.city;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** Gaps and contradictions of the responsibility map, and entries that nobody has looked at for too long. */
final class ResponsibilityChecks {
    /** One of these must act when something happens. */
    static final Set<Duty> ACTING = EnumSet.of(Duty.OPERATOR, Duty.RESPONDER);

    /** What alerts are labelled where nothing says otherwise: who must act has to be allowed to see it. */
    private static final Tlp USUAL = Tlp.AMBER;

    private ResponsibilityChecks() {}

    static void check(City city, LocalDate today, CityCheck.Findings findings) {
        Map<String, List<Responsibility>> valid = city.responsibilities().stream()
                .filter(each -> each.isValidOn(today))
                .collect(Collectors.groupingBy(Responsibility::resource));
        for (Resource resource : city.resources().values()) {
            gaps(resource, valid.getOrDefault(resource.id(), List.of()), today, findings);
        }
        for (Responsibility responsibility : city.responsibilities()) {
            age(responsibility, valid.getOrDefault(responsibility.resource(), List.of()), today, findings);
            contradictions(city, responsibility, today, findings);
        }
        idle(city, findings);
    }

    private static void gaps(
            Resource resource, List<Responsibility> valid, LocalDate today, CityCheck.Findings findings) {
        if (valid.isEmpty()) {
            findings.add(
                    resource,
                    ResourcesFile.NAME,
                    "gap",
                    "nobody answers for '" + resource.id() + "' on " + today + ": its alerts go to the promoter",
                    "add a responsibility");
            return;
        }
        if (valid.stream().noneMatch(each -> each.duty() == Duty.OWNER)) {
            findings.add(
                    resource,
                    ResourcesFile.NAME,
                    "gap-owner",
                    "'" + resource.id() + "' has no owner on " + today,
                    "add a responsibility with 'duty: owner'");
        }
        if (valid.stream().noneMatch(each -> ACTING.contains(each.duty()))) {
            findings.add(
                    resource,
                    ResourcesFile.NAME,
                    "gap-operator",
                    "nobody acts for '" + resource.id() + "' on " + today,
                    "add a responsibility with 'duty: operator' or 'duty: responder'");
        } else {
            severity(resource, valid, findings);
        }
        boolean holdsData =
                resource.selectors().stream().anyMatch(selector -> selector.kind() == Selector.Kind.DATA_CLASS);
        if (holdsData && valid.stream().noneMatch(each -> each.duty() == Duty.DATA_CONTROLLER)) {
            findings.add(
                    resource,
                    ResourcesFile.NAME,
                    "gap-data-controller",
                    "nobody controls the data of '" + resource.id() + "' on " + today
                            + ": the system's boundary is drawn, the data's is not",
                    "add a responsibility with 'duty: data-controller'");
        }
    }

    /** That everybody wants only worse alerts is what the map says; but then the lesser ones reach the promoter alone. */
    private static void severity(Resource resource, List<Responsibility> valid, CityCheck.Findings findings) {
        Optional<Severity> least = valid.stream()
                .map(each -> each.severityMin().orElse(Severity.INFORMATIONAL))
                .min(Severity::compareTo)
                .filter(min -> min.compareTo(Severity.LOW) > 0);
        least.ifPresent(min -> findings.add(
                resource,
                ResourcesFile.NAME,
                "gap-severity",
                "nobody who answers for '" + resource.id() + "' takes alerts below " + min.word(),
                "leave out 'severity-min' for one who acts"));
    }

    private static void age(
            Responsibility entry, List<Responsibility> valid, LocalDate today, CityCheck.Findings findings) {
        boolean over = entry.validTo().map(today::isAfter).orElse(false);
        if (over) {
            if (valid.stream().noneMatch(each -> each.duty() == entry.duty())) {
                findings.add(
                        entry,
                        ResponsibilitiesFile.NAME,
                        "expired",
                        "'" + entry.stakeholder() + "' was " + entry.duty().word() + " of '" + entry.resource()
                                + "' until " + entry.validTo().get() + ", and nobody has followed",
                        "renew it, or enter who has taken over");
            }
            return;
        }
        if (entry.reviewDue().map(today::isAfter).orElse(false)) {
            findings.add(
                    entry,
                    ResponsibilitiesFile.NAME,
                    "review-overdue",
                    "'" + entry.stakeholder() + "' as " + entry.duty().word() + " of '" + entry.resource()
                            + "' was to be reviewed by " + entry.reviewDue().get(),
                    "ask whether it still holds, then set the next date");
        }
        boolean acts = ACTING.contains(entry.duty());
        if (acts && entry.escalation().isEmpty()) {
            findings.add(
                    entry,
                    ResponsibilitiesFile.NAME,
                    "no-escalation",
                    "when '" + entry.stakeholder() + "' does not answer about '" + entry.resource()
                            + "', nobody is told next",
                    "add 'escalation: …'");
        }
    }

    private static void contradictions(City city, Responsibility entry, LocalDate today, CityCheck.Findings findings) {
        if (entry.validTo().map(today::isAfter).orElse(false)) {
            return;
        }
        Stakeholder stakeholder = city.stakeholders().get(entry.stakeholder());
        boolean acts = ACTING.contains(entry.duty()) || entry.duty() == Duty.DATA_CONTROLLER;
        if (stakeholder != null && acts) {
            blind(city, entry, stakeholder, findings);
        }
        Set<String> foreign = new LinkedHashSet<>();
        entry.told()
                .ifPresent(told -> city.anybodyOf(told).stream()
                        .filter(of -> !of.stakeholder().id().equals(entry.stakeholder()))
                        .forEach(of -> foreign.add(of.contact().id())));
        if (!foreign.isEmpty()) {
            findings.add(
                    entry,
                    ResponsibilitiesFile.NAME,
                    "foreign-contact",
                    "for '" + entry.stakeholder() + "' somebody else's contact is told: " + String.join(", ", foreign),
                    "notify a contact of the stakeholder's own, or enter who is really responsible");
        }
    }

    /** Whom the stakeholder's own are told by: all of them by a way that shows nothing of a usual alert is as good as none. */
    private static void blind(City city, Responsibility entry, Stakeholder stakeholder, CityCheck.Findings findings) {
        String what = "'" + entry.stakeholder() + "' must act as "
                + entry.duty().word() + " of '" + entry.resource() + "', but ";
        if (stakeholder.maxTlp().compareTo(USUAL) < 0) {
            findings.add(
                    entry,
                    ResponsibilitiesFile.NAME,
                    "blind",
                    what + "with max-tlp " + stakeholder.maxTlp().word() + " it sees nothing of an alert that is "
                            + USUAL.word(),
                    "raise 'max-tlp' of the stakeholder to " + USUAL.word() + ", or leave the duty to another");
            return;
        }
        List<Contact> own = told(city, entry, stakeholder).stream()
                .filter(contact -> !contact.channels().isEmpty())
                .toList();
        if (!own.isEmpty() && own.stream().noneMatch(ResponsibilityChecks::seesTheUsual)) {
            findings.add(
                    entry,
                    ResponsibilitiesFile.NAME,
                    "blind",
                    what + "none of its contacts that are told ("
                            + own.stream().map(Contact::id).distinct().collect(Collectors.joining(", "))
                            + ") has a channel that shows an alert that is " + USUAL.word(),
                    "raise 'max-tlp' of a contact and of one of its channels to " + USUAL.word()
                            + ", or tell another contact");
        }
    }

    /** Contacts of the stakeholder itself that an alert goes to first: by the entry, its escalation, or its contact point. */
    private static List<Contact> told(City city, Responsibility entry, Stakeholder stakeholder) {
        List<String> targets = entry.told()
                .map(List::of)
                .or(() -> entry.escalation()
                        .map(city.escalations()::get)
                        .map(escalation -> escalation.steps().stream()
                                .flatMap(step -> step.targets().stream())
                                .toList()))
                .orElse(List.of());
        List<Contact> contacts = targets.stream()
                .flatMap(target -> city.anybodyOf(target).stream())
                .filter(of -> of.stakeholder().id().equals(stakeholder.id()))
                .map(City.ContactOf::contact)
                .toList();
        return targets.isEmpty()
                ? stakeholder.contacts().stream()
                        .filter(contact -> !contact.channels().isEmpty())
                        .limit(1)
                        .toList()
                : contacts;
    }

    private static boolean seesTheUsual(Contact contact) {
        return contact.maxTlp().map(tlp -> tlp.compareTo(USUAL) >= 0).orElse(true)
                && contact.channels().stream()
                        .anyMatch(channel -> channel.maxTlp()
                                .map(tlp -> tlp.compareTo(USUAL) >= 0)
                                .orElse(true));
    }

    /** Organisations that the map does not use. */
    private static void idle(City city, CityCheck.Findings findings) {
        Set<String> busy = city.responsibilities().stream()
                .map(Responsibility::stakeholder)
                .collect(Collectors.toSet());
        Set<String> told = city.escalations().values().stream()
                .flatMap(escalation -> escalation.steps().stream())
                .flatMap(step -> step.targets().stream())
                .flatMap(target -> city.anybodyOf(target).stream())
                .map(of -> of.stakeholder().id())
                .collect(Collectors.toSet());
        for (Stakeholder stakeholder : city.stakeholders().values()) {
            if (stakeholder.role() != Role.PROMOTER
                    && !busy.contains(stakeholder.id())
                    && !told.contains(stakeholder.id())
                    && !city.ruleAuthors().contains(stakeholder.id())) {
                findings.add(
                        stakeholder,
                        StakeholdersFile.NAME,
                        "idle",
                        "'" + stakeholder.id() + "' answers for nothing and is never told",
                        "enter what it is responsible for, or remove it");
            }
        }
    }
}
