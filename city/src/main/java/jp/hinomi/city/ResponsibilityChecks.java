package jp.hinomi.city;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Gaps and overlaps of the responsibility map, and entries that nobody has looked at for too long. */
final class ResponsibilityChecks {
    /** One of these must act when something happens. */
    private static final Set<Duty> ACTING = EnumSet.of(Duty.OPERATOR, Duty.RESPONDER);

    /** Two of the same are an argument about whose it is. Several responders or informed are not. */
    private static final Set<Duty> SINGLE = EnumSet.of(Duty.OWNER, Duty.OPERATOR, Duty.DATA_CONTROLLER);

    private ResponsibilityChecks() {}

    static void check(City city, LocalDate today, CityCheck.Findings findings) {
        for (Resource resource : city.resources().values()) {
            gaps(city, resource, today, findings);
            overlaps(city, resource, today, findings);
        }
        for (Responsibility responsibility : city.responsibilities()) {
            age(city, responsibility, today, findings);
        }
    }

    private static void gaps(City city, Resource resource, LocalDate today, CityCheck.Findings findings) {
        List<Responsibility> valid = city.responsibilities(resource.id(), today);
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

    private static void overlaps(City city, Resource resource, LocalDate today, CityCheck.Findings findings) {
        List<Responsibility> valid = city.responsibilities(resource.id(), today);
        for (Duty duty : SINGLE) {
            List<Responsibility> holders =
                    valid.stream().filter(each -> each.duty() == duty).toList();
            if (holders.size() > 1) {
                findings.add(
                        holders.get(1),
                        ResponsibilitiesFile.NAME,
                        "overlap",
                        "'" + resource.id() + "' has more than one " + duty.word() + ": "
                                + String.join(
                                        ", ",
                                        holders.stream()
                                                .map(Responsibility::stakeholder)
                                                .toList()),
                        "leave the duty to one, or split the resource where the contracts draw the line");
            }
        }
    }

    private static void age(City city, Responsibility entry, LocalDate today, CityCheck.Findings findings) {
        boolean over = entry.validTo().map(today::isAfter).orElse(false);
        if (over) {
            boolean succeeded = city.responsibilities(entry.resource(), today).stream()
                    .anyMatch(each -> each.duty() == entry.duty());
            if (!succeeded) {
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
        boolean acts = entry.duty() == Duty.OPERATOR || entry.duty() == Duty.RESPONDER;
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
}
