package jp.hinomi.city.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is on duty when: an entry of {@code schedules.yaml}. Of its rotations the first that has somebody at the time decides;
 * an override then puts others in their place. Immutable and thread-safe; asks no clock.
 *
 * @param name by language
 * @param zone in which all its times are meant
 * @param substitutions of which no two contradict each other
 * @param notice how long before a hand-over both sides are told; absent = they are not
 * @param note what whoever takes over is to be told, by language; may be empty
 */
public record Schedule(
        String id,
        Map<String, String> name,
        ZoneId zone,
        List<Rotation> rotations,
        HolidayCalendar holidays,
        List<Substitution> substitutions,
        Optional<Duration> notice,
        Map<String, String> note) {
    /** How far {@link OnDuty#until} looks. */
    private static final Duration YEAR = Duration.ofDays(366);

    public Schedule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(holidays, "holidays");
        name = Map.copyOf(name);
        note = Map.copyOf(note);
        rotations = List.copyOf(rotations);
        substitutions = List.copyOf(substitutions);
        if (rotations.isEmpty()) {
            throw new IllegalArgumentException("the schedule " + id + " has no rotation");
        }
    }

    /** Who is on duty at that time, and until when. Costs a look at every change until then. */
    public OnDuty onDuty(Instant at) {
        List<OnDuty.Person> people = people(at);
        List<String> contacts = contacts(people);
        Instant end = at.plus(YEAR);
        Optional<Instant> next = nextBoundary(at);
        while (next.isPresent() && next.get().isBefore(end)) {
            if (!contacts(people(next.get())).equals(contacts)) {
                return new OnDuty(people, next);
            }
            next = nextBoundary(next.get());
        }
        return new OnDuty(people, Optional.empty());
    }

    /** Only who is on duty at that time: ids of contacts, in order. */
    public List<String> contacts(Instant at) {
        return contacts(people(at));
    }

    /** Every change of who is on duty after {@code from} and before {@code to}, in order. */
    public List<HandOver> handOvers(Instant from, Instant to) {
        List<HandOver> handOvers = new ArrayList<>();
        List<String> before = contacts(from);
        for (Optional<Instant> next = nextBoundary(from);
                next.isPresent() && next.get().isBefore(to);
                next = nextBoundary(next.get())) {
            List<String> after = contacts(next.get());
            if (!after.equals(before)) {
                handOvers.add(new HandOver(next.get(), before, after));
                before = after;
            }
        }
        return handOvers;
    }

    /** Everybody whom the schedule names, each once, in order. */
    public List<String> members() {
        List<String> members = new ArrayList<>();
        rotations.forEach(rotation -> rotation.turns().forEach(members::addAll));
        substitutions.forEach(substitution -> members.addAll(substitution.onDuty()));
        return members.stream().distinct().toList();
    }

    private List<OnDuty.Person> people(Instant at) {
        LocalDateTime clock = LocalClock.at(zone, at);
        List<OnDuty.Person> turn = turn(clock);
        List<Substitution> held =
                substitutions.stream().filter(each -> each.holds(clock)).toList();
        return held.isEmpty() ? turn : substituted(turn, held);
    }

    private List<OnDuty.Person> turn(LocalDateTime clock) {
        for (Rotation rotation : rotations) {
            List<String> contacts = rotation.onDuty(clock, holidays);
            if (!contacts.isEmpty()) {
                return contacts.stream()
                        .map(contact -> new OnDuty.Person(contact, new OnDuty.Because.Turn(rotation.name())))
                        .toList();
            }
        }
        return List.of();
    }

    private static List<OnDuty.Person> substituted(List<OnDuty.Person> turn, List<Substitution> held) {
        Map<String, OnDuty.Person> people = new LinkedHashMap<>();
        for (Substitution whole : held) {
            if (whole.replaces().isEmpty()) {
                whole.onDuty().forEach(contact -> people.putIfAbsent(contact, substitute(contact, whole)));
                return List.copyOf(people.values());
            }
        }
        for (OnDuty.Person person : turn) {
            Optional<Substitution> by = held.stream()
                    .filter(each -> each.replaces().equals(Optional.of(person.contact())))
                    .findFirst();
            if (by.isEmpty()) {
                people.putIfAbsent(person.contact(), person);
            } else {
                by.get().onDuty().forEach(contact -> people.putIfAbsent(contact, substitute(contact, by.get())));
            }
        }
        return List.copyOf(people.values());
    }

    private static OnDuty.Person substitute(String contact, Substitution by) {
        return new OnDuty.Person(contact, new OnDuty.Because.Substitutes(by));
    }

    /** A time after {@code at} before which nothing changes; absent if nothing ever does. */
    private Optional<Instant> nextBoundary(Instant at) {
        LocalDateTime clock = LocalClock.at(zone, at);
        LocalDateTime next = null;
        for (Rotation rotation : rotations) {
            next = earlier(next, rotation.next(clock, holidays));
        }
        for (Substitution substitution : substitutions) {
            next = earlier(next, Optional.of(substitution.from()).filter(clock::isBefore));
            next = earlier(next, Optional.of(substitution.to()).filter(clock::isBefore));
        }
        return Optional.ofNullable(next).map(time -> LocalClock.first(zone, time));
    }

    private static LocalDateTime earlier(LocalDateTime one, Optional<LocalDateTime> other) {
        return other.isEmpty() || one != null && one.isBefore(other.get()) ? one : other.get();
    }

    private static List<String> contacts(List<OnDuty.Person> people) {
        return people.stream().map(OnDuty.Person::contact).toList();
    }
}
