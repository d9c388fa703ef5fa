package jp.hinomi.city;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the dates of responsibilities do to each other, from today on: days without anybody between one holder and the next, days
 * with two, ends that nobody follows, and entries under others that have ended.
 */
final class ValidityChecks {
    /** Two of the same are an argument about whose it is. Several responders or informed are not. */
    private static final Set<Duty> SINGLE = EnumSet.of(Duty.OWNER, Duty.OPERATOR, Duty.DATA_CONTROLLER);

    /** So long before an end somebody should have begun to look for who comes after. */
    private static final int NOTICE_DAYS = 30;

    private ValidityChecks() {}

    private record Held(String resource, Duty duty) {}

    static void check(City city, LocalDate today, CityCheck.Findings findings) {
        Map<Held, List<Responsibility>> holders = new HashMap<>();
        Map<String, List<Responsibility>> byResource = new HashMap<>();
        for (Responsibility entry : city.responsibilities()) {
            byResource
                    .computeIfAbsent(entry.resource(), any -> new ArrayList<>())
                    .add(entry);
            if (entry.validTo().map(today::isAfter).orElse(false)) {
                continue;
            }
            holders.computeIfAbsent(new Held(entry.resource(), entry.duty()), any -> new ArrayList<>())
                    .add(entry);
        }
        holders.forEach((held, entries) -> {
            if (SINGLE.contains(held.duty())) {
                overlaps(held, entries, findings);
            }
            if (SINGLE.contains(held.duty()) || held.duty() == Duty.RESPONDER) {
                pauses(held, entries, today, findings);
            }
        });
        for (Responsibility entry : city.responsibilities()) {
            entry.under().ifPresent(above -> outlives(entry, above, byResource.get(entry.resource()), today, findings));
        }
    }

    /** Holders side by side, none under the other and not for different parts: each could think it is the other's. */
    private static void overlaps(Held held, List<Responsibility> entries, CityCheck.Findings findings) {
        for (int later = 1; later < entries.size(); later++) {
            Responsibility second = entries.get(later);
            for (int earlier = 0; earlier < later; earlier++) {
                Responsibility first = entries.get(earlier);
                if (first.sharesADayWith(second)
                        && first.under().equals(second.under())
                        && mayBothMean(first, second)) {
                    findings.add(
                            second,
                            ResponsibilitiesFile.NAME,
                            "overlap",
                            "'" + held.resource() + "' has more than one "
                                    + held.duty().word() + ": " + first.stakeholder() + ", " + second.stakeholder(),
                            "leave the duty to one, put one 'under' the other, give each its 'scope', or split the resource where the contracts draw the line");
                    break;
                }
            }
        }
    }

    /** One who holds a part and one who holds the whole both hold the part. */
    private static boolean mayBothMean(Responsibility first, Responsibility second) {
        return first.scope().equals(second.scope())
                || first.scope().isEmpty()
                || second.scope().isEmpty();
    }

    private static void pauses(Held held, List<Responsibility> entries, LocalDate today, CityCheck.Findings findings) {
        List<Responsibility> inOrder = entries.stream()
                .sorted(Comparator.comparing(each -> each.validFrom().orElse(LocalDate.MIN)))
                .toList();
        // The first day on which nobody holds it as far as those looked at so far go; empty = somebody does without
        // end.
        Optional<LocalDate> free =
                Optional.of(inOrder.get(0).validFrom().filter(today::isBefore).orElse(today));
        Responsibility last = inOrder.get(0);
        for (Responsibility entry : inOrder) {
            LocalDate from = entry.validFrom().orElse(LocalDate.MIN);
            if (free.isPresent() && from.isAfter(free.get()) && entry != inOrder.get(0)) {
                findings.add(
                        entry,
                        ResponsibilitiesFile.NAME,
                        "gap-in-time",
                        "nobody is " + held.duty().word() + " of '" + held.resource() + "' from " + free.get() + " to "
                                + from.minusDays(1),
                        "begin this entry on " + free.get() + ", or enter who holds the duty in between");
            }
            Optional<LocalDate> after = entry.validTo().map(end -> end.plusDays(1));
            if (free.isPresent() && (after.isEmpty() || after.get().isAfter(free.get()))) {
                free = after;
                last = entry;
            }
        }
        LocalDate soon = today.plusDays(NOTICE_DAYS);
        Responsibility ending = last;
        free.filter(day -> !day.isAfter(soon)
                        && !day.isBefore(today)
                        && ending.validTo().isPresent())
                .filter(day -> today.isBefore(ending.validTo().get()))
                .ifPresent(day -> findings.add(
                        ending,
                        ResponsibilitiesFile.NAME,
                        "ends-soon",
                        "'" + ending.stakeholder() + "' is " + held.duty().word() + " of '" + held.resource()
                                + "' until " + ending.validTo().get() + ", and nobody follows",
                        "renew it, or enter who takes over"));
    }

    private static void outlives(
            Responsibility entry,
            String above,
            List<Responsibility> ofResource,
            LocalDate today,
            CityCheck.Findings findings) {
        if (entry.isValidOn(today)
                && ofResource.stream().noneMatch(each -> each.stakeholder().equals(above) && each.isValidOn(today))) {
            findings.add(
                    entry,
                    ResponsibilitiesFile.NAME,
                    "under-expired",
                    "'" + entry.stakeholder() + "' lies under '" + above + "', who does not answer for '"
                            + entry.resource() + "' on " + today,
                    "renew what '" + above + "' holds, or name who stands above now");
        }
    }
}
