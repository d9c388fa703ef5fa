package jp.hinomi.city;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hinomi.city.schedule.HolidayCalendar;
import jp.hinomi.city.schedule.OnHolidays;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Shift;
import jp.hinomi.city.schedule.Substitution;
import jp.hinomi.city.schedule.WeeklyHours;
import jp.hinomi.events.document.Location;
import jp.hinomi.events.document.Node;

/** Reads {@code schedules.yaml}, which a city need not have. */
final class SchedulesFile {
    static final String NAME = "schedules.yaml";

    private static final List<String> KEYS = List.of("calendars", "schedules");
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final Pattern HAND_OVER =
            Pattern.compile("(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?([01][0-9]|2[0-3]):([0-5][0-9])");

    /** Beyond these nobody plans duty, and years of other lengths are misprints. */
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);

    private static final LocalDate LAST = LocalDate.of(2199, 12, 31);

    private final Reading reading;
    private final Map<String, HolidayCalendar> calendars = new HashMap<>();
    private final Map<String, Location> calendarPlaces = new LinkedHashMap<>();

    SchedulesFile(Reading reading) {
        this.reading = reading;
    }

    List<Schedule> read() {
        Map<String, Node> sections = reading.optionalSections(NAME, KEYS);
        if (sections.containsKey("calendars")) {
            reading.elements(sections.get("calendars"), "calendars", this::calendar)
                    .forEach(calendar -> calendars.put(calendar.id(), calendar));
        }
        return sections.containsKey("schedules")
                ? reading.elements(sections.get("schedules"), "schedules", this::schedule)
                : List.of();
    }

    private Optional<HolidayCalendar> calendar(Node node) {
        Optional<Form> entry = Form.of(node, "a calendar", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            id.ifPresent(known -> {
                Location first = calendarPlaces.putIfAbsent(known, form.at("id"));
                if (first != null) {
                    form.error(
                            form.at("id"),
                            "duplicate-id",
                            "the calendar '" + known + "' stands twice, first in line " + first.line(),
                            "rename or remove one of the two");
                }
            });
            Map<LocalDate, String> days = new LinkedHashMap<>();
            form.required("days").ifPresent(mapping -> {
                for (String day : mapping.names()) {
                    day(day, mapping.keyAt(day)).ifPresent(date -> days.put(date, dayName(day, mapping)));
                }
            });
            return id.map(known -> new HolidayCalendar(known, days));
        }
    }

    private Optional<LocalDate> day(String text, Location at) {
        try {
            return Optional.of(date(text));
        } catch (Mistake e) {
            reading.error(at, e.code(), "a day of a calendar: " + e.getMessage(), e.remedy());
            return Optional.empty();
        }
    }

    private String dayName(String day, Node.Mapping mapping) {
        if (mapping.get(day) instanceof Node.Scalar scalar && !scalar.isNull()) {
            return scalar.text();
        }
        reading.error(
                mapping.get(day).at(),
                "wrong-type",
                "the name of the holiday " + day + " is " + mapping.get(day).kind(),
                "write what the day is called");
        return "";
    }

    private Optional<Schedule> schedule(Node node) {
        Optional<Form> entry = Form.of(node, "a schedule", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<String> id = form.required("id", Formats::id);
            id.ifPresent(known -> reading.references().define(References.Kind.SCHEDULE, known, form.at("id")));
            Optional<Map<String, String>> name = form.texts("name");
            ZoneId zone = form.optional("zone", Formats::zone).orElse(reading.zone());
            HolidayCalendar holidays = form.optional("holidays", this::calendar).orElse(HolidayCalendar.NONE);
            Optional<Form> handOver = form.form("hand-over", false, "'hand-over' of a schedule");
            HandOverNotice notice = handOver.map(this::notice).orElse(new HandOverNotice(Optional.empty(), Map.of()));
            List<Node> nodes = form.list("rotations", true);
            List<Rotation> rotations = new ArrayList<>();
            nodes.forEach(rotation -> rotation(rotation, form.has("holidays")).ifPresent(rotations::add));
            refuseSameNames(rotations, form);
            if (form.has("rotations") && nodes.isEmpty()) {
                form.error(
                        form.at("rotations"),
                        "no-rotations",
                        "a schedule without rotations has nobody",
                        "add a rotation");
            }
            List<Substitution> overrides = overrides(form);
            if (id.isEmpty() || name.isEmpty() || rotations.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(reading.place(
                    new Schedule(
                            id.get(), name.get(), zone, rotations, holidays, overrides, notice.notice(), notice.note()),
                    form.at()));
        }
    }

    private HolidayCalendar calendar(String id) {
        if (!calendarPlaces.containsKey(id)) {
            throw new Mistake(
                    "unknown-calendar",
                    "there is no calendar '" + id + "'",
                    calendarPlaces.isEmpty()
                            ? "define it under 'calendars:' in this file"
                            : jp.hinomi.events.document.Suggestion.remedy(id, calendarPlaces.keySet()));
        }
        return calendars.getOrDefault(id, HolidayCalendar.NONE);
    }

    private record HandOverNotice(Optional<java.time.Duration> notice, Map<String, String> note) {}

    private HandOverNotice notice(Form entry) {
        try (Form form = entry) {
            Optional<java.time.Duration> notice = form.optional("notice", Formats::duration);
            Map<String, String> note = form.has("note") ? form.texts("note").orElse(Map.of()) : Map.of();
            form.optionalKey("note");
            return new HandOverNotice(notice, note);
        }
    }

    private void refuseSameNames(List<Rotation> rotations, Form form) {
        if (rotations.stream().map(Rotation::name).distinct().count() < rotations.size()) {
            form.error(
                    form.at("rotations"),
                    "duplicate-rotation",
                    "two rotations of this schedule have one name",
                    "rename one: people are told by which rotation they are on duty");
        }
    }

    private Optional<Rotation> rotation(Node node, boolean hasHolidays) {
        Optional<Form> entry = Form.of(node, "a rotation", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            int before = reading.problems().size();
            Optional<String> name = form.required("name", Formats::text);
            List<List<String>> turns = turns(form);
            boolean several = turns.size() > 1;
            Optional<Shift> shift =
                    several || form.has("shift") ? form.required("shift", Formats::shift) : absent(form, "shift");
            Optional<HandOverTime> handOver = several || form.has("hand-over")
                    ? form.required("hand-over", SchedulesFile::handOver)
                    : absent(form, "hand-over");
            Optional<LocalDate> from =
                    several || form.has("from") ? form.required("from", SchedulesFile::date) : absent(form, "from");
            Optional<LocalDate> until = form.optional("until", SchedulesFile::date);
            WeeklyHours hours = form.optional("hours", Formats::hours).orElse(WeeklyHours.ALWAYS);
            OnHolidays onHolidays = form.optional(
                            "on-holidays", Formats.word("way with holidays", OnHolidays.values(), OnHolidays::word))
                    .orElse(OnHolidays.WORK);
            if (onHolidays != OnHolidays.WORK && !hasHolidays) {
                form.error(
                        form.at("on-holidays"),
                        "no-holidays",
                        "the schedule has no holidays",
                        "add 'holidays: …' with the id of a calendar to the schedule");
            }
            if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
                form.error(
                        form.at("until"),
                        "never-valid",
                        "it ends on " + until.get() + ", before it begins on " + from.get(),
                        "correct one of the two; 'until' is the last day");
            }
            checkDay(form, from, shift, handOver);
            boolean sound = reading
                    .problems()
                    .subList(before, reading.problems().size())
                    .stream()
                    .noneMatch(problem -> problem.isError());
            return sound && !turns.isEmpty()
                    ? Optional.of(new Rotation(
                            name.orElseThrow(),
                            turns,
                            shift,
                            handOver.map(HandOverTime::time).orElse(LocalTime.MIDNIGHT),
                            from,
                            until,
                            hours,
                            onHolidays))
                    : Optional.empty();
        }
    }

    private static <T> Optional<T> absent(Form form, String key) {
        form.optionalKey(key);
        return Optional.empty();
    }

    /** Ids, or lists of ids who are on duty together. */
    private List<List<String>> turns(Form form) {
        List<Node> members = form.list("members", true);
        if (form.has("members") && members.isEmpty()) {
            form.error(form.at("members"), "no-members", "a rotation without members has nobody", "add a contact");
        }
        List<List<String>> turns = new ArrayList<>();
        for (Node member : members) {
            List<String> turn = new ArrayList<>();
            List<Node> together = member instanceof Node.Sequence sequence ? sequence.elements() : List.of(member);
            together.forEach(each -> contact(each).ifPresent(turn::add));
            if (together.isEmpty()) {
                form.error(member.at(), "no-members", "in this turn nobody is on duty", "add a contact, or remove it");
            }
            if (!turn.isEmpty()) {
                turns.add(turn);
            }
        }
        return turns;
    }

    private Optional<String> contact(Node node) {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            reading.references().use(References.Kind.CONTACT, scalar.text(), node.at());
            return Optional.of(scalar.text());
        }
        reading.error(node.at(), "wrong-type", "a member is " + node.kind(), "write the id of a contact");
        return Optional.empty();
    }

    /** @param day empty = any */
    private record HandOverTime(Optional<DayOfWeek> day, LocalTime time) {}

    private static HandOverTime handOver(String text) {
        Matcher matcher = HAND_OVER.matcher(text);
        if (!matcher.matches()) {
            throw new Mistake(
                    "bad-hand-over",
                    "'" + text + "' is not a time of hand-over",
                    "write a time such as \"09:00\", for shifts of weeks also with its day: \"Mon 09:00\"");
        }
        return new HandOverTime(
                Optional.ofNullable(matcher.group(1)).map(day -> DayOfWeek.of(DAYS.indexOf(day) + 1)),
                LocalTime.of(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))));
    }

    private static LocalDate date(String text) {
        LocalDate date = Formats.date(text);
        if (date.isBefore(FIRST) || date.isAfter(LAST)) {
            throw new Mistake("bad-date", "'" + text + "' is no date of a schedule", "write a year from 1970 to 2199");
        }
        return date;
    }

    /** A day of hand-over only makes sense for weeks, and is the day of the first. */
    private static void checkDay(
            Form form, Optional<LocalDate> from, Optional<Shift> shift, Optional<HandOverTime> handOver) {
        Optional<DayOfWeek> day = handOver.flatMap(HandOverTime::day);
        if (day.isEmpty() || shift.isEmpty()) {
            return;
        }
        if (shift.get().unit() != Shift.Unit.WEEKS) {
            form.error(
                    form.at("hand-over"),
                    "bad-hand-over",
                    "shifts of " + shift.get() + " do not always end on that day",
                    "write the time alone, or make the shift one of weeks");
        } else if (from.isPresent() && from.get().getDayOfWeek() != day.get()) {
            form.error(
                    form.at("from"),
                    "bad-hand-over",
                    from.get() + " is not the day of the hand-over",
                    "write " + from.get().with(TemporalAdjusters.previous(day.get())) + " or "
                            + from.get().with(TemporalAdjusters.next(day.get())));
        }
    }

    private List<Substitution> overrides(Form schedule) {
        List<Substitution> overrides = new ArrayList<>();
        Map<Substitution, Location> places = new java.util.IdentityHashMap<>();
        for (Node node : schedule.list("overrides", false)) {
            Optional<Substitution> read = override(node);
            if (read.isEmpty()) {
                continue;
            }
            overrides.stream()
                    .filter(read.get()::contradicts)
                    .findFirst()
                    .ifPresent(other -> reading.error(
                            node.at(),
                            "contradicting-overrides",
                            "the override in line " + places.get(other).line() + " holds for some of the same time",
                            "end one before the other begins, or say whom each 'replaces'"));
            overrides.add(read.get());
            places.put(read.get(), node.at());
        }
        return overrides;
    }

    private Optional<Substitution> override(Node node) {
        Optional<Form> entry = Form.of(node, "an override", reading);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        try (Form form = entry.get()) {
            Optional<java.time.LocalDateTime> from = form.required("from", Formats::dateTime);
            Optional<java.time.LocalDateTime> to = form.required("to", Formats::dateTime);
            List<String> onDuty = new ArrayList<>();
            List<Node> contacts = form.list("on-duty", true);
            contacts.forEach(each -> contact(each).ifPresent(onDuty::add));
            if (form.has("on-duty") && contacts.isEmpty()) {
                form.error(form.at("on-duty"), "no-members", "during this override nobody is on duty", "add a contact");
            }
            Optional<String> replaces = form.optional("replaces", Formats::id);
            replaces.ifPresent(id -> reading.references().use(References.Kind.CONTACT, id, form.at("replaces")));
            Optional<String> owner = form.required("owner", Formats::id);
            owner.ifPresent(id -> reading.references()
                    .useAnyOf(List.of(References.Kind.CONTACT, References.Kind.STAKEHOLDER), id, form.at("owner")));
            Optional<String> reason = form.required("reason", Formats::text);
            if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
                form.error(
                        form.at("to"),
                        "never-valid",
                        "it ends at " + to.get() + ", and does not begin before " + from.get(),
                        "correct one of the two");
                return Optional.empty();
            }
            return from.isEmpty() || to.isEmpty() || onDuty.isEmpty() || owner.isEmpty() || reason.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Substitution(from.get(), to.get(), onDuty, replaces, owner.get(), reason.get()));
        }
    }
}
