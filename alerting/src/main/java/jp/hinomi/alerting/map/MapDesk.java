package jp.hinomi.alerting.map;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.City;
import jp.hinomi.city.CityDiff;
import jp.hinomi.city.CityFiles;
import jp.hinomi.city.Contact;
import jp.hinomi.events.document.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people do with the responsibility map, for pages and the API alike. Thread-safe. */
public final class MapDesk {
    /** What the jobs and receivers read in the city's folder themselves; the rest concerns alerting alone. */
    private static final Predicate<String> READ_BY_JOBS =
            name -> Set.of("city.yaml", "resources.yaml", "sources.yaml", "severity.yaml")
                            .contains(name)
                    || name.startsWith("formats/");

    private final MapVersions versions;
    private final MapArchive archive;
    private final MapFollower follower;
    private final JdbcClient jdbc;
    private final Optional<LineDecoder> lines;

    /** @param lines absent where nothing can read lines of logs */
    public MapDesk(
            MapVersions versions,
            MapArchive archive,
            MapFollower follower,
            JdbcClient jdbc,
            Optional<LineDecoder> lines) {
        this.versions = versions;
        this.archive = archive;
        this.follower = follower;
        this.jdbc = jdbc;
        this.lines = lines;
    }

    /**
     * Who would be told of what somebody pasted.
     *
     * @throws IllegalArgumentException if there is no such source
     */
    public Pasted ask(CityMap map, Pasted.Question question) {
        return Pasted.ask(map, question, lines);
    }

    /** Whether lines are read as the job reads them. */
    public boolean readsLines() {
        return lines.isPresent();
    }

    public MapVersions versions() {
        return versions;
    }

    /** The map to answer by: the one in force, or the one that was at that time, if that is asked. */
    public Optional<CityMap> map(Optional<Instant> asOf) {
        return asOf.isEmpty() ? Optional.of(follower.inForce().map()) : archive.at(asOf.get());
    }

    /** @throws MapRefusal if there is no such version */
    public CityMap map(long number) {
        return archive.of(versions.get(number));
    }

    /** What is different between two versions, in the city's words. */
    public List<CityDiff.Change> diff(long before, long after) {
        return CityDiff.between(map(before).city(), map(after).city());
    }

    /** What {@code hinomi city check} says of a version. */
    public List<Problem> check(long number, Instant now) {
        LocalDate today = now.atZone(map(number).city().zone()).toLocalDate();
        CityFiles files = versions.files(number);
        List<Problem> found = new ArrayList<>(files.check(versions.formats(), today));
        found.addAll(versions.wrongTemplates(files));
        return found;
    }

    /** As {@link MapVersions#approve}; this instance decides by it when this returns. */
    public MapVersion approve(long number, String hash, String actor, Instant now) {
        MapVersion approved = versions.approve(number, hash, actor, now);
        follower.look();
        return approved;
    }

    /** The files of a draft, else of the version in force; none before the first. */
    public CityFiles base(Optional<Long> draft) {
        return draft.or(() -> versions.inForce().map(MapVersion::number))
                .map(versions::files)
                .orElseGet(() -> new CityFiles(new TreeMap<>()));
    }

    /**
     * What somebody wants to be otherwise.
     *
     * @param files text by name; an empty text takes the file away
     * @param tables tables of a spreadsheet by name, such as {@code responsibilities.csv}
     */
    public record Change(Map<String, String> files, Map<String, byte[]> tables, String reason) {
        public Change {
            files = Map.copyOf(files);
            tables = Map.copyOf(tables);
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** What a change would be: how it differs from the map in force, and what the check says of it. */
    public record Trial(List<CityDiff.Change> changes, List<Problem> problems) {}

    /**
     * Keeps nothing.
     *
     * @param draft that is changed; absent = the version in force is
     * @throws jp.hinomi.events.document.ProblemsException with every mistake
     */
    public Trial attempt(Optional<Long> draft, Change change, Instant now) {
        CityFiles files = changed(draft, change);
        City city = versions.readNew(files);
        return new Trial(
                CityDiff.between(follower.inForce().map().city(), city),
                files.check(versions.formats(), now.atZone(city.zone()).toLocalDate()));
    }

    /**
     * Begins a draft.
     *
     * @param base the version in force when the change was thought of; absent = whichever is in force
     * @throws MapRefusal and as {@link MapVersions#draft}; also if another came into force since
     */
    public MapVersion draft(Optional<Long> base, Change change, String actor, Instant now) {
        Optional<Long> current = versions.inForce().map(MapVersion::number);
        if (base.isPresent() && !base.equals(current)) {
            throw MapVersions.overtaken(current);
        }
        return versions.draft(changed(current, change), current, change.reason(), actor, now);
    }

    /** Changes a draft further. @throws MapRefusal and as {@link MapVersions#edit} */
    public MapVersion edit(long draft, Change change, String actor, Instant now) {
        versions.get(draft);
        return versions.edit(draft, changed(Optional.of(draft), change), change.reason(), actor, now);
    }

    private CityFiles changed(Optional<Long> version, Change change) {
        refuseOthers(change);
        CityFiles changed = base(version).with(change.files());
        return change.tables().isEmpty() ? changed : changed.withTables(change.tables(), versions.formats());
    }

    /** @throws MapRefusal if something in it is no part of a city */
    private static void refuseOthers(Change change) {
        change.files().keySet().stream()
                .filter(name -> !CityFiles.isOfACity(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new MapRefusal(MapRefusal.Why.NO_FILE, name, String.join(", ", CityFiles.NAMES));
                });
        change.tables().keySet().stream()
                .filter(name -> !CityFiles.TABLES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new MapRefusal(MapRefusal.Why.NO_TABLE, name, String.join(", ", CityFiles.TABLES));
                });
        long length = change.files().values().stream().mapToLong(String::length).sum();
        if (length > CityFiles.LIMIT) {
            throw new MapRefusal(MapRefusal.Why.TOO_LONG, length, CityFiles.LIMIT);
        }
    }

    /**
     * Which of the files that jobs read are not in the city's folder as a version has them: so far as these go, the version
     * reaches the jobs when it is written there and they are started anew.
     */
    public List<String> notInFolder(long number) {
        Optional<MapVersion> folder = versions.folderHash().flatMap(versions::hashed);
        if (folder.isEmpty()) {
            return List.of();
        }
        Map<String, String> there = versions.files(folder.get().number()).texts();
        Map<String, String> here = versions.files(number).texts();
        Set<String> names = new TreeSet<>(there.keySet());
        names.addAll(here.keySet());
        return names.stream()
                .filter(READ_BY_JOBS)
                .filter(name -> !Objects.equals(there.get(name), here.get(name)))
                .toList();
    }

    /** A contact that messages reach, and that has never answered one. @param reached when the latest one did */
    public record Unanswering(String contact, Instant reached) {}

    /** Contacts of the map in force that messages have reached, and that never answered for an alert. */
    public List<Unanswering> neverAnswered() {
        Set<String> known = new LinkedHashSet<>();
        follower.inForce()
                .map()
                .city()
                .stakeholders()
                .values()
                .forEach(stakeholder -> stakeholder.contacts().stream()
                        // A program takes alerts in and answers none.
                        .filter(contact -> contact.kind() != Contact.Kind.SYSTEM)
                        .forEach(contact -> known.add(contact.id())));
        List<Unanswering> silent = new ArrayList<>(jdbc.sql("""
                select contact_id, max(last_ok_at) as reached from channel_state s
                where last_ok_at is not null
                    -- A test is nothing that anybody answers.
                    and exists (select 1 from delivery d where d.contact_id = s.contact_id and d.state = 'sent'
                        and d.kind in ('notice', 'digest'))
                    and not exists (select 1 from acknowledgement a where a.contact_id = s.contact_id)
                group by contact_id order by contact_id""")
                .query((row, n) -> new Unanswering(row.getString("contact_id"), Columns.instant(row, "reached")))
                .list());
        silent.removeIf(each -> !known.contains(each.contact()));
        return silent;
    }
}
