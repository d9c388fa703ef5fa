package jp.hinomi.alerting.own;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.map.MapDesk;
import jp.hinomi.alerting.map.MapRefusal;
import jp.hinomi.alerting.map.MapVersion;
import jp.hinomi.alerting.security.RowScope;
import jp.hinomi.city.City;
import jp.hinomi.city.CityDiff;
import jp.hinomi.city.CityFiles;
import jp.hinomi.city.StakeholderContacts;
import jp.hinomi.city.StakeholderDuty;
import jp.hinomi.city.StakeholderPart;
import jp.hinomi.city.schedule.Schedule;

/**
 * What the people of a stakeholder want to be otherwise in their own entries of the responsibility map: a draft of theirs, which
 * counts when somebody of the city has approved it. Thread-safe.
 */
public final class OwnMap {
    private static final int REASON = 500;

    private final MapDesk desk;
    private final InstantSource clock;

    public OwnMap(MapDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * A draft that nobody has decided about yet.
     *
     * @param outdated another version came into force since, so that it cannot be approved any more
     * @param changes by the words of the files
     * @param meant the same as people mean it
     */
    public record Proposal(
            long number,
            Instant made,
            String reason,
            boolean outdated,
            List<CityDiff.Change> changes,
            List<OwnChange> meant) {
        public Proposal {
            changes = List.copyOf(changes);
            meant = List.copyOf(meant);
        }

        /** Line by line what would be otherwise, to people. */
        public List<String> says(OwnWords words) {
            return meant.stream().map(words::of).toList();
        }
    }

    /** Of that account, the newest first. */
    public List<Proposal> proposals(String actor) {
        return RowScope.lifted(() -> {
            Optional<Long> current = current();
            return desk.versions().all().stream()
                    .filter(version -> version.isDraft() && version.madeBy().equals(actor))
                    .map(version -> proposal(version, !current.equals(version.basedOn())))
                    .toList();
        });
    }

    private Proposal proposal(MapVersion version, boolean outdated) {
        long base = version.basedOn().orElse(version.number());
        List<OwnChange> meant = new ArrayList<>(OwnChanges.between(
                desk.map(base).city(), desk.map(version.number()).city()));
        meant.addAll(
                OwnChanges.notes(desk.versions().files(base), desk.versions().files(version.number())));
        return new Proposal(
                version.number(),
                version.madeAt(),
                version.reason(),
                outdated,
                desk.diff(base, version.number()),
                meant);
    }

    private Optional<Long> current() {
        return desk.versions().inForce().map(MapVersion::number);
    }

    private StakeholderPart part(String own) {
        return new StakeholderPart(own, desk.versions().formats());
    }

    /**
     * How a contact is to be reached.
     *
     * @throws StakeholderPart.RefusedException if it is not theirs
     * @throws jp.hinomi.events.document.ProblemsException with every mistake
     * @throws MapRefusal without a reason, or if nothing would be different
     */
    public void reach(String own, StakeholderContacts.Reached change, String reason, String actor) {
        propose(actor, reason, files -> part(own).contacts().with(files, change));
    }

    /** Somebody new. Throws as {@link #reach} does. */
    public void join(String own, StakeholderContacts.Joining change, String reason, String actor) {
        propose(actor, reason, files -> part(own).contacts().with(files, change));
    }

    /** Somebody goes. Throws as {@link #reach} does. */
    public void leave(String own, String contact, String reason, String actor) {
        propose(actor, reason, files -> part(own).contacts().withoutContact(files, contact));
    }

    /**
     * Who takes turns in a rotation of theirs, and when. Throws as {@link #reach} does.
     *
     * @param shift {@code 1w}; of no matter, as hand-over and first day, if there is one turn
     */
    public void turns(
            String own,
            String schedule,
            String rotation,
            List<List<String>> turns,
            String shift,
            LocalTime handOver,
            LocalDate from,
            String reason,
            String actor) {
        City city =
                RowScope.lifted(() -> desk.map(Optional.empty())).orElseThrow().city();
        ZoneId zone = Optional.ofNullable(city.schedules().get(schedule))
                .map(Schedule::zone)
                .orElse(city.zone());
        StakeholderDuty.Turns change = new StakeholderDuty.Turns(
                schedule, rotation, turns, shift, handOver, from, LocalDate.ofInstant(clock.instant(), zone));
        propose(actor, reason, files -> part(own).duty().with(files, change));
    }

    /** Who takes somebody's duty. Throws as {@link #reach} does; the reason is the stand-in's. */
    public void standIn(String own, StakeholderDuty.StandIn change, String actor) {
        String reason = cleaned(change.reason());
        StakeholderDuty.StandIn kept = new StakeholderDuty.StandIn(
                change.schedule(), change.from(), change.to(), change.away(), change.onDuty(), reason);
        propose(actor, reason, files -> part(own).duty().with(files, kept));
    }

    /** That somebody's duty is not taken after all. Throws as {@link #reach} does. */
    public void takeBack(
            String own, String schedule, java.time.LocalDateTime from, String away, String reason, String actor) {
        propose(actor, reason, files -> part(own).duty().without(files, schedule, from, away));
    }

    private static String cleaned(String reason) {
        String clean = IncidentText.clean(reason).replace('\n', ' ').strip();
        if (clean.isEmpty()) {
            throw new MapRefusal(MapRefusal.Why.NO_REASON);
        }
        return clean.substring(0, Math.min(REASON, clean.length()));
    }

    /** Into the draft that waits already, so that one look approves all that was asked for. */
    private void propose(String actor, String why, UnaryOperator<CityFiles> change) {
        String reason = cleaned(why);
        Instant now = clock.instant();
        RowScope.lifted(() -> {
            Optional<Long> base = current();
            Optional<MapVersion> open = desk.versions().all().stream()
                    .filter(version -> version.isDraft() && version.madeBy().equals(actor))
                    .filter(version -> base.equals(version.basedOn()))
                    .findFirst();
            CityFiles files = change.apply(desk.base(open.map(MapVersion::number)));
            if (open.isEmpty()) {
                return desk.versions().draft(files, base, reason, actor, now);
            }
            try {
                return desk.versions()
                        .edit(open.get().number(), files, both(open.get().reason(), reason), actor, now);
            } catch (MapRefusal e) {
                if (e.why() != MapRefusal.Why.SAME) {
                    throw e;
                }
                // All that was asked for was taken back.
                return desk.versions().withdraw(open.get().number(), actor, now);
            }
        });
    }

    private static String both(String before, String reason) {
        String both = before.contains(reason) ? before : before + " / " + reason;
        return both.substring(0, Math.min(4 * REASON, both.length()));
    }

    /** @throws MapRefusal if it is no draft of that account */
    public void withdraw(long number, String actor) {
        RowScope.lifted(() -> {
            MapVersion draft = desk.versions().get(number);
            if (!Objects.equals(draft.madeBy(), actor)) {
                throw new MapRefusal(MapRefusal.Why.UNKNOWN, number);
            }
            return desk.versions().withdraw(number, actor, clock.instant());
        });
    }
}
