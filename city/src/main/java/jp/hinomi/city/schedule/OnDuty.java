package jp.hinomi.city.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is on duty at a time, and for how long.
 *
 * @param people empty if nobody is
 * @param until when others take over; absent if nobody does within a year
 */
public record OnDuty(List<Person> people, Optional<Instant> until) {
    public OnDuty {
        people = List.copyOf(people);
    }

    /** The ids of the contacts, in order. */
    public List<String> contacts() {
        return people.stream().map(Person::contact).toList();
    }

    /** @param because what says so */
    public record Person(String contact, Because because) {}

    /** Why somebody is on duty. */
    public sealed interface Because {
        /** It is their turn. */
        record Turn(String rotation) implements Because {}

        /** They take over for once. */
        record Substitutes(Substitution by) implements Because {}
    }
}
