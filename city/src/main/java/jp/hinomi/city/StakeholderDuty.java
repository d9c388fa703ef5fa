package jp.hinomi.city;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import jp.hinomi.city.StakeholderPart.RefusedException;
import jp.hinomi.city.StakeholderPart.Why;
import jp.hinomi.city.schedule.Rotation;
import jp.hinomi.city.schedule.Schedule;
import jp.hinomi.city.schedule.Substitution;
import jp.hinomi.events.document.Node;
import jp.hinomi.events.document.ProblemsException;

/** Who of a stakeholder takes turns on duty, and who stands in for whom, as far as it may say so itself. Immutable and thread-safe. */
public record StakeholderDuty(StakeholderPart part) {
    public StakeholderDuty {
        Objects.requireNonNull(part, "part");
    }

    /**
     * Who takes turns, and when they change.
     *
     * @param turns in the order in which they take over; each one contact, or several together
     * @param shift as files have it, {@code 1w}; of no matter if there is one turn
     * @param from the first turn begins on that day; not after {@code today}, as before it nobody would be on duty
     * @param today by the schedule's clock
     */
    public record Turns(
            String schedule,
            String rotation,
            List<List<String>> turns,
            String shift,
            LocalTime handOver,
            LocalDate from,
            LocalDate today) {
        public Turns {
            turns = turns.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Somebody takes somebody's duty for a while.
     *
     * @param from by the schedule's clock, like {@code to}
     * @param away whose duty it would be
     */
    public record StandIn(
            String schedule, LocalDateTime from, LocalDateTime to, String away, List<String> onDuty, String reason) {
        public StandIn {
            onDuty = List.copyOf(onDuty);
        }
    }

    /** Whether all who have turns in it are this stakeholder's. */
    public boolean isOwn(Rotation rotation, City city) {
        return part.own(city)
                .containsAll(rotation.turns().stream().flatMap(List::stream).toList());
    }

    /** Whether all who are named in it are this stakeholder's. */
    public boolean isOwn(Substitution substitution, City city) {
        Set<String> own = part.own(city);
        return substitution.replaces().filter(own::contains).isPresent() && own.containsAll(substitution.onDuty());
    }

    /**
     * @throws RefusedException if others have duty in it, before or afterwards, or nobody would
     * @throws ProblemsException with every mistake in what was written
     */
    public CityFiles with(CityFiles files, Turns change) {
        City before = part.read(files);
        Rotation rotation = Optional.ofNullable(before.schedules().get(change.schedule())).stream()
                .flatMap(schedule -> schedule.rotations().stream())
                .filter(each -> each.name().equals(change.rotation()))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        Why.NOT_YOUR_DUTY,
                        "there is no rotation '" + change.rotation() + "' in '" + change.schedule() + "'"));
        check(change, rotation, before);
        Node.Mapping schedule =
                CityNodes.element(CityNodes.root(files, SchedulesFile.NAME), "schedules", change.schedule());
        Map<String, Node> entries = new LinkedHashMap<>(schedule.entries());
        entries.put(
                "rotations",
                CityNodes.list(((Node.Sequence) schedule.get("rotations"))
                        .elements().stream()
                                .map(each -> CityNodes.hasName(each, change.rotation())
                                        ? turns((Node.Mapping) each, change)
                                        : each)
                                .toList()));
        return part.changed(
                files,
                before,
                SchedulesFile.NAME,
                schedule,
                entries,
                (each, wanted) ->
                        StakeholderPart.isChanged(each, CityDiff.Kind.SCHEDULE, change.schedule(), "rotations")
                                && onlyTurns(before, wanted, change));
    }

    private void check(Turns change, Rotation rotation, City before) {
        if (!isOwn(rotation, before)) {
            throw new RefusedException(
                    Why.SHARED_DUTY, "others have duty in '" + change.rotation() + "' too: ask the city to change it");
        }
        if (change.turns().isEmpty() || change.turns().stream().anyMatch(List::isEmpty)) {
            throw new RefusedException(Why.NOBODY_ON_DUTY, "say who takes turns: one or more of " + part.own(before));
        }
        change.turns().stream()
                .flatMap(List::stream)
                .filter(id -> !part.own(before).contains(id))
                .findFirst()
                .ifPresent(id -> {
                    throw part.notYours(id, before);
                });
        if (change.turns().size() > 1 && change.from().isAfter(change.today())) {
            throw new RefusedException(
                    Why.BEGINS_LATER,
                    "until " + change.from() + " nobody would be on duty: give a day that is not after "
                            + change.today());
        }
    }

    /** The entry of the rotation with other turns; what it says besides stays. */
    private static Node.Mapping turns(Node.Mapping rotation, Turns change) {
        Map<String, Node> entries = new LinkedHashMap<>(rotation.entries());
        entries.put(
                "members",
                CityNodes.list(change.turns().stream()
                        .map(turn -> turn.size() == 1
                                ? CityNodes.text(turn.get(0))
                                : (Node) CityNodes.list(
                                        turn.stream().map(CityNodes::text).toList()))
                        .toList()));
        List.of("shift", "hand-over", "from").forEach(entries::remove);
        if (change.turns().size() > 1) {
            entries.put("shift", CityNodes.text(change.shift()));
            entries.put(
                    "hand-over",
                    CityNodes.text(
                            change.handOver().truncatedTo(ChronoUnit.MINUTES).toString()));
            entries.put("from", CityNodes.text(change.from().toString()));
        }
        return CityNodes.edited(rotation, entries);
    }

    /** Whether the schedules are the same but for who takes turns in that rotation, and when. */
    private static boolean onlyTurns(City before, City wanted, Turns change) {
        List<Rotation> was = before.schedules().get(change.schedule()).rotations();
        List<Rotation> is = wanted.schedules().get(change.schedule()).rotations();
        return was.size() == is.size()
                && IntStream.range(0, was.size())
                        .allMatch(i -> was.get(i).name().equals(change.rotation())
                                ? is.get(i).turns().equals(change.turns())
                                        && fixed(was.get(i)).equals(fixed(is.get(i)))
                                : was.get(i).equals(is.get(i)));
    }

    private static List<Object> fixed(Rotation rotation) {
        return List.of(rotation.name(), rotation.until(), rotation.hours(), rotation.onHolidays());
    }

    /**
     * @throws RefusedException if somebody in it is not this stakeholder's, or has no duty there
     * @throws ProblemsException with every mistake in what was written
     */
    public CityFiles with(CityFiles files, StandIn change) {
        City before = part.read(files);
        Set<String> own = part.own(before);
        if (change.onDuty().isEmpty()) {
            throw new RefusedException(Why.NOBODY_STANDS_IN, "say who stands in: one or more of " + own);
        }
        List<String> named = new ArrayList<>(change.onDuty());
        named.add(change.away());
        named.stream().filter(id -> !own.contains(id)).findFirst().ifPresent(id -> {
            throw part.notYours(id, before);
        });
        Schedule schedule = before.schedules().get(change.schedule());
        if (schedule == null || !schedule.members().contains(change.away())) {
            throw new RefusedException(
                    Why.NOT_YOUR_DUTY, "'" + change.away() + "' has no duty in '" + change.schedule() + "'");
        }
        Node.Mapping element =
                CityNodes.element(CityNodes.root(files, SchedulesFile.NAME), "schedules", change.schedule());
        List<Node> overrides = new ArrayList<>(overrides(element));
        Map<String, Node> override = new LinkedHashMap<>();
        override.put("from", CityNodes.text(change.from().toString()));
        override.put("to", CityNodes.text(change.to().toString()));
        override.put(
                "on-duty",
                CityNodes.list(change.onDuty().stream().map(CityNodes::text).toList()));
        override.put("replaces", CityNodes.text(change.away()));
        override.put("owner", CityNodes.text(part.stakeholder()));
        override.put("reason", CityNodes.text(change.reason()));
        overrides.add(CityNodes.mapping(override));
        return overridden(files, before, element, overrides);
    }

    /**
     * Takes a stand-in back.
     *
     * @throws RefusedException if there is none that begins then and is this stakeholder's alone
     */
    public CityFiles without(CityFiles files, String scheduleId, LocalDateTime from, String away) {
        City before = part.read(files);
        Schedule schedule = before.schedules().get(scheduleId);
        List<Substitution> all = schedule == null ? List.of() : schedule.substitutions();
        for (int i = 0; i < all.size(); i++) {
            Substitution each = all.get(i);
            if (each.from().equals(from) && each.replaces().filter(away::equals).isPresent() && isOwn(each, before)) {
                Node.Mapping element =
                        CityNodes.element(CityNodes.root(files, SchedulesFile.NAME), "schedules", scheduleId);
                List<Node> overrides = new ArrayList<>(overrides(element));
                overrides.remove(i);
                return overridden(files, before, element, overrides);
            }
        }
        throw new RefusedException(
                Why.UNKNOWN,
                "there is no stand-in of yours for '" + away + "' from " + from + " in '" + scheduleId + "'");
    }

    private static List<Node> overrides(Node.Mapping schedule) {
        return schedule.get("overrides") instanceof Node.Sequence list ? list.elements() : List.of();
    }

    private CityFiles overridden(CityFiles files, City before, Node.Mapping schedule, List<Node> overrides) {
        Map<String, Node> entries = new LinkedHashMap<>(schedule.entries());
        if (overrides.isEmpty()) {
            entries.remove("overrides");
        } else {
            entries.put("overrides", CityNodes.list(overrides));
        }
        String id = ((Node.Scalar) schedule.get("id")).text();
        return part.changed(
                files,
                before,
                SchedulesFile.NAME,
                schedule,
                entries,
                (each, wanted) -> StakeholderPart.isChanged(each, CityDiff.Kind.SCHEDULE, id, "substitutions"));
    }
}
