package jp.hinomi.city;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import jp.hinomi.city.schedule.HandOver;
import jp.hinomi.city.schedule.HolidayCalendar;
import jp.hinomi.city.schedule.OnHolidays;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;

/**
 * Times of the next 30 days at which nobody would answer: every change of every schedule and of the hours of every contact is
 * looked at, and nothing between them, so no minute is missed.
 */
final class DutyTimeChecks {
    private static final int DAYS = 30;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final City city;
    private final Instant from;
    private final Instant to;
    private final CityCheck.Findings findings;

    private DutyTimeChecks(City city, LocalDate today, CityCheck.Findings findings) {
        this.city = city;
        this.from = today.atStartOfDay(city.zone()).toInstant();
        this.to = today.plusDays(DAYS).atStartOfDay(city.zone()).toInstant();
        this.findings = findings;
    }

    static void check(City city, LocalDate today, CityCheck.Findings findings) {
        DutyTimeChecks checks = new DutyTimeChecks(city, today, findings);
        city.schedules().values().forEach(checks::schedule);
        city.escalations().values().forEach(checks::escalation);
    }

    /** @param to exclusive */
    private record Stretch(Instant from, Instant to) {}

    private void schedule(Schedule schedule) {
        List<HandOver> handOvers = schedule.handOvers(from, to);
        List<Stretch> nobody = new ArrayList<>();
        Map<String, List<Stretch>> offHours = new java.util.TreeMap<>();
        Instant begin = from;
        List<String> onDuty = schedule.contacts(from);
        for (int i = 0; i <= handOvers.size(); i++) {
            Instant end = i < handOvers.size() ? handOvers.get(i).at() : to;
            Instant start = begin;
            if (onDuty.isEmpty()) {
                nobody.add(new Stretch(begin, end));
            }
            for (String id : onDuty) {
                List<Stretch> off = offHours.computeIfAbsent(id, any -> new ArrayList<>());
                city.contact(id).ifPresent(of -> off.addAll(silent(of.contact(), start, end)));
            }
            if (i < handOvers.size()) {
                begin = end;
                onDuty = handOvers.get(i).coming();
            }
        }
        if (!nobody.isEmpty()) {
            findings.add(
                    schedule,
                    SchedulesFile.NAME,
                    "nobody-on-duty",
                    "by the schedule '" + schedule.id() + "' nobody is on duty " + text(nobody),
                    "add a rotation for those hours, or an override");
        }
        offHours.values().removeIf(List::isEmpty);
        offHours.forEach((id, stretches) -> findings.add(
                schedule,
                SchedulesFile.NAME,
                "off-hours",
                "'" + id + "' is on duty by the schedule '" + schedule.id() + "' outside its own hours "
                        + text(stretches),
                "change the 'hours' of the contact, or put somebody else on duty then"));
    }

    private void escalation(Escalation escalation) {
        TreeSet<Instant> changes = new TreeSet<>();
        changes.add(from);
        List<City.ContactOf> all = new ArrayList<>();
        for (Escalation.Step step : escalation.steps()) {
            for (String target : step.targets()) {
                Optional.ofNullable(city.schedules().get(target))
                        .ifPresent(schedule -> schedule.handOvers(from, to).forEach(each -> changes.add(each.at())));
                all.addAll(city.anybodyOf(target));
            }
        }
        if (all.isEmpty()) {
            return;
        }
        for (City.ContactOf of : all) {
            hours(of.contact()).handOvers(from, to).forEach(each -> changes.add(each.at()));
        }
        Predicate<Instant> nobody = at -> escalation.steps().stream().noneMatch(step -> answers(step, at));
        List<Stretch> asleep = stretches(changes, nobody);
        for (int i = 0; i < escalation.steps().size(); i++) {
            step(escalation, i, changes, nobody);
        }
        if (!asleep.isEmpty()) {
            findings.add(
                    escalation,
                    EscalationsFile.NAME,
                    "asleep",
                    "nobody in the escalation '" + escalation.id() + "' is on call " + text(asleep),
                    "add a contact that is on call 24x7, or a schedule without holes");
        }
    }

    /**
     * Whoever must act should hear of it at any hour, and at the end somebody should be left who answers; a step between that
     * sleeps at times costs its time only. Where the whole escalation sleeps, that says it.
     */
    private void step(Escalation escalation, int index, TreeSet<Instant> changes, Predicate<Instant> nobody) {
        Escalation.Step step = escalation.steps().get(index);
        boolean last = index == escalation.steps().size() - 1;
        boolean never = changes.stream().noneMatch(at -> answers(step, at));
        List<Stretch> alone = stretches(changes, at -> !answers(step, at) && !nobody.test(at));
        if (alone.isEmpty() || index > 0 && !last && !never) {
            return;
        }
        findings.add(
                escalation,
                EscalationsFile.NAME,
                "step-asleep",
                "nobody in step " + (index + 1) + " of the escalation '" + escalation.id() + "' is on call "
                        + text(alone),
                "add a contact or a schedule to the step that answers then");
    }

    private boolean answers(Escalation.Step step, Instant at) {
        return step.targets().stream()
                .flatMap(target -> city.onDuty(target, at).stream())
                .anyMatch(of -> of.contact().answersAt(at));
    }

    /** The times at which something holds, which changes only at those moments. */
    private List<Stretch> stretches(TreeSet<Instant> changes, Predicate<Instant> holds) {
        List<Stretch> stretches = new ArrayList<>();
        for (Instant begin : changes) {
            if (holds.test(begin)) {
                Instant end = changes.higher(begin) == null ? to : changes.higher(begin);
                boolean goesOn = !stretches.isEmpty()
                        && stretches.get(stretches.size() - 1).to().equals(begin);
                Stretch before = goesOn ? stretches.remove(stretches.size() - 1) : new Stretch(begin, begin);
                stretches.add(new Stretch(before.from(), end));
            }
        }
        return stretches;
    }

    /** When the contact does not answer between two times. */
    private static List<Stretch> silent(Contact contact, Instant from, Instant to) {
        if (contact.onCall().equals(Contact.ALWAYS)) {
            return List.of();
        }
        List<Stretch> silent = new ArrayList<>();
        Instant begin = contact.answersAt(from) ? null : from;
        for (HandOver change : hours(contact).handOvers(from, to)) {
            if (begin != null) {
                silent.add(new Stretch(begin, change.at()));
            }
            begin = change.coming().isEmpty() ? change.at() : null;
        }
        if (begin != null) {
            silent.add(new Stretch(begin, to));
        }
        return silent;
    }

    /** The hours of a contact, as a schedule that has nobody else. */
    private static Schedule hours(Contact contact) {
        Rotation alone = new Rotation(
                contact.id(),
                List.of(List.of(contact.id())),
                Optional.empty(),
                LocalTime.MIDNIGHT,
                Optional.empty(),
                Optional.empty(),
                contact.hours(),
                OnHolidays.WORK);
        return new Schedule(
                contact.id(),
                Map.of(),
                contact.zone(),
                List.of(alone),
                HolidayCalendar.NONE,
                List.of(),
                Optional.empty(),
                Map.of());
    }

    /** {@code from 2026-11-23 17:00 to 2026-11-24 09:00, and 20 times more in 30 days}. */
    private String text(List<Stretch> stretches) {
        Stretch first = stretches.get(0);
        String text = "from " + text(first.from()) + " to " + text(first.to());
        return stretches.size() == 1 ? text : text + ", and " + (stretches.size() - 1) + " times more in 30 days";
    }

    private String text(Instant at) {
        ZoneId zone = city.zone();
        return TIME.format(at.truncatedTo(ChronoUnit.MINUTES).atZone(zone));
    }
}
