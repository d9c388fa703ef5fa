package jp.hinomi.alerting.map;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.City;
import jp.hinomi.city.CityFiles;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every version of the responsibility map: drafts, the one in force, those before it. What the database itself refuses (the
 * maker's own approval, two successors, a change of what has been in force) is refused here first, with words. Thread-safe.
 */
public final class MapVersions {
    /** Whoever changes which version is in force waits here for whoever else does. */
    private static final long LOCK = 0x686e6d6d6170L;

    private static final String COLUMNS =
            "id, hash, origin, based_on, reason, made_by, made_at, approved_by, withdrawn_by,"
                    + " in_force_from, in_force_until";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Set<String> formats;
    private final Function<Map<String, String>, List<Problem>> templates;

    /**
     * @param formats names of the log formats that sources may have; empty = any
     * @param templates what is wrong with a city's own words for messages, by file and line
     */
    public MapVersions(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Set<String> formats,
            Function<Map<String, String>, List<Problem>> templates) {
        this.templates = templates;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.formats = Set.copyOf(formats);
    }

    public Set<String> formats() {
        return formats;
    }

    /** Newest first. */
    public List<MapVersion> all() {
        return jdbc.sql("select " + COLUMNS + " from map_version order by id desc limit 500")
                .query((row, n) -> version(row))
                .list();
    }

    /** Newest first. @param before numbers below it */
    public List<MapVersion> list(long before, int limit) {
        return jdbc.sql("select " + COLUMNS + " from map_version where id < :before order by id desc limit :limit")
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> version(row))
                .list();
    }

    public Optional<MapVersion> find(long number) {
        return jdbc.sql("select " + COLUMNS + " from map_version where id = :id")
                .param("id", number)
                .query((row, n) -> version(row))
                .optional();
    }

    /** @throws MapRefusal if there is none */
    public MapVersion get(long number) {
        return find(number).orElseThrow(() -> unknown(number));
    }

    /** The one in force; absent before the first. */
    public Optional<MapVersion> inForce() {
        return jdbc.sql("select " + COLUMNS
                        + " from map_version where in_force_from is not null and in_force_until is null")
                .query((row, n) -> version(row))
                .optional();
    }

    /** The one that was in force at that time; absent before the first. */
    public Optional<MapVersion> at(Instant time) {
        return jdbc.sql("select " + COLUMNS + " from map_version where in_force_from <= :at"
                        + " and (in_force_until is null or in_force_until > :at) order by id desc limit 1")
                .param("at", Columns.time(time))
                .query((row, n) -> version(row))
                .optional();
    }

    /** The one that decisions of that name rest on: the newest, should the same files have been in force twice. */
    public Optional<MapVersion> named(String name) {
        return jdbc.sql("select " + COLUMNS
                        + " from map_version where left(hash, 12) = :name and in_force_from is not null"
                        + " order by id desc limit 1")
                .param("name", name)
                .query((row, n) -> version(row))
                .optional();
    }

    /** @throws MapRefusal if there is no such version */
    public CityFiles files(long number) {
        String json = jdbc.sql("select files from map_version where id = :id")
                .param("id", number)
                .query(String.class)
                .optional()
                .orElseThrow(() -> unknown(number));
        SortedMap<String, String> texts =
                new TreeMap<>(Columns.read(json, new TypeReference<Map<String, String>>() {}));
        return new CityFiles(texts);
    }

    /**
     * Begins a draft.
     *
     * @param base the version in force that it was made from
     * @throws jp.hinomi.events.document.ProblemsException with every mistake of the files
     * @throws MapRefusal without a reason, if nothing is different, or if another version came into force meanwhile
     */
    public MapVersion draft(CityFiles files, Optional<Long> base, String reason, String actor, Instant now) {
        checked(files, reason);
        return transaction.execute(status -> {
            lock();
            Optional<MapVersion> current = inForce();
            if (!current.map(MapVersion::number).equals(base)) {
                throw overtaken(current.map(MapVersion::number));
            }
            refuseSame(files, current);
            long number = insert(MapVersion.Origin.CONSOLE, current, files, reason, actor, now);
            record(now, actor, "map.drafted", get(number));
            return get(number);
        });
    }

    /** Changes a draft; only who made it may. @throws MapRefusal and as {@link #draft} */
    public MapVersion edit(long number, CityFiles files, String reason, String actor, Instant now) {
        checked(files, reason);
        return transaction.execute(status -> {
            lock();
            MapVersion draft = draftOf(number);
            if (!draft.madeBy().equals(actor)) {
                throw new MapRefusal(MapRefusal.Why.NOT_YOURS, draft.madeBy());
            }
            refuseOutdated(draft);
            refuseSame(files, inForce());
            jdbc.sql("update map_version set files = cast(:files as json), hash = :hash, reason = :reason where"
                            + " id = :id")
                    .param("files", Columns.json(files.texts()))
                    .param("hash", files.hash())
                    .param("reason", Columns.text(reason))
                    .param("id", number)
                    .update();
            record(now, actor, "map.draft-changed", get(number));
            return get(number);
        });
    }

    /** @throws MapRefusal if it is no draft */
    public MapVersion withdraw(long number, String actor, Instant now) {
        return transaction.execute(status -> {
            lock();
            draftOf(number);
            jdbc.sql("update map_version set withdrawn_by = :by, withdrawn_at = :now where id = :id")
                    .param("by", actor)
                    .param("now", Columns.time(now))
                    .param("id", number)
                    .update();
            record(now, actor, "map.draft-withdrawn", get(number));
            return get(number);
        });
    }

    /**
     * Puts a draft in force, now.
     *
     * @param hash of the files that were looked at
     * @throws MapRefusal if it is the approver's own, was changed meanwhile, or another version came into force since it was begun
     * @throws jp.hinomi.events.document.ProblemsException if it cannot be read (any more)
     */
    public MapVersion approve(long number, String hash, String actor, Instant now) {
        return transaction.execute(status -> {
            lock();
            MapVersion draft = draftOf(number);
            if (draft.madeBy().equals(actor)) {
                throw new MapRefusal(MapRefusal.Why.OWN_DRAFT, number);
            }
            if (!draft.hash().equals(hash)) {
                throw new MapRefusal(MapRefusal.Why.CHANGED, number);
            }
            refuseOutdated(draft);
            readNew(files(number));
            enterIntoForce(number, Optional.of(actor), now);
            record(now, actor, "map.approved", get(number));
            return get(number);
        });
    }

    /** What became of the files of the city's folder at a start. */
    public enum Taken {
        /** They are the version in force. */
        KNOWN,
        /** They are new and in force now. */
        IN_FORCE,
        /** They are new, but people have changed the map meanwhile: they wait as a draft. */
        DRAFT,
        /** They are an older version: the one in force stays. */
        OLDER
    }

    /**
     * Takes the files of the city's folder in as a version if they are new. While the version in force came from files, too, or
     * from the very files that lay there at the last start, they follow it; else they would undo what people approved, and
     * become a draft.
     *
     * @param readable whether the version in force can still be read
     */
    public Taken take(CityFiles files, boolean readable, Instant now) {
        return transaction.execute(status -> {
            lock();
            Optional<String> seen =
                    jdbc.sql("select hash from map_folder").query(String.class).optional();
            jdbc.sql("insert into map_folder (hash, seen_at) values (:hash, :now)"
                            + " on conflict (only_one) do update set hash = :hash, seen_at = :now")
                    .param("hash", files.hash())
                    .param("now", Columns.time(now))
                    .update();
            Optional<MapVersion> current = inForce();
            if (current.isPresent() && current.get().hash().equals(files.hash())) {
                return Taken.KNOWN;
            }
            boolean follows = current.isEmpty()
                    || !readable
                    || current.get().origin() == MapVersion.Origin.FILES
                    || seen.equals(current.map(MapVersion::hash));
            if (!follows && !saysTemplates(current.get())) {
                current = Optional.of(withTemplates(current.get(), files, now));
            }
            if (current.isPresent() && current.get().hash().equals(files.hash())) {
                return Taken.KNOWN;
            }
            if (current.isPresent() && readable && isKnown(files)) {
                return Taken.OLDER;
            }
            long number = insert(MapVersion.Origin.FILES, current, files, "files of the city's folder", "files", now);
            if (follows) {
                enterIntoForce(number, Optional.empty(), now);
            }
            record(now, "system", follows ? "map.taken-from-files" : "map.drafted", get(number));
            return follows ? Taken.IN_FORCE : Taken.DRAFT;
        });
    }

    /** The hash of the files that lay in the city's folder at the latest start of an instance. */
    public Optional<String> folderHash() {
        return jdbc.sql("select hash from map_folder").query(String.class).optional();
    }

    /** The newest version with exactly these files, in force or not. */
    public Optional<MapVersion> hashed(String hash) {
        return jdbc.sql("select " + COLUMNS + " from map_version where hash = :hash order by id desc limit 1")
                .param("hash", hash)
                .query((row, n) -> version(row))
                .optional();
    }

    /** Whether a version was the same; one of the time before versions had templates says nothing of these. */
    private boolean isKnown(CityFiles files) {
        return jdbc.sql(
                        "select exists (select 1 from map_version where hash = :hash or (hash = :bare and not says_templates and in_force_until is not null))")
                .param("hash", files.hash())
                .param("bare", files.withTemplates(Map.of()).hash())
                .query(Boolean.class)
                .single();
    }

    private boolean saysTemplates(MapVersion version) {
        return jdbc.sql("select says_templates from map_version where id = :id")
                .param("id", version.number())
                .query(Boolean.class)
                .single();
    }

    /** Before versions had templates, those of the folder were in force whatever people approved: they still are, now on record. */
    private MapVersion withTemplates(MapVersion version, CityFiles folder, Instant now) {
        CityFiles both = files(version.number()).withTemplates(folder.templates());
        if (both.hash().equals(version.hash())) {
            return version;
        }
        long number = insert(
                version.origin(),
                Optional.of(version),
                both,
                "templates of the city's folder, in force already",
                "files",
                now);
        enterIntoForce(number, Optional.of("system"), now);
        record(now, "system", "map.taken-from-files", get(number));
        return get(number);
    }

    private void checked(CityFiles files, String reason) {
        if (reason.isBlank()) {
            throw new MapRefusal(MapRefusal.Why.NO_REASON);
        }
        readNew(files);
    }

    /**
     * Reads what somebody has just written, strictly.
     *
     * @throws ProblemsException with every mistake, those in templates of messages included
     */
    City readNew(CityFiles files) {
        List<Problem> problems = new ArrayList<>(wrongTemplates(files));
        try {
            City city = files.readNew(inForce().map(version -> files(version.number())), formats);
            if (!problems.isEmpty()) {
                throw new ProblemsException(problems);
            }
            return city;
        } catch (ProblemsException e) {
            List<Problem> all = new ArrayList<>(e.problems());
            problems.stream().filter(problem -> !all.contains(problem)).forEach(all::add);
            throw new ProblemsException(all);
        }
    }

    /** What is wrong with the templates of messages, by file and line. */
    List<Problem> wrongTemplates(CityFiles files) {
        return templates.apply(files.templates());
    }

    private static void refuseSame(CityFiles files, Optional<MapVersion> current) {
        current.filter(version -> version.hash().equals(files.hash())).ifPresent(version -> {
            throw new MapRefusal(MapRefusal.Why.SAME, version.number());
        });
    }

    private void refuseOutdated(MapVersion draft) {
        Optional<Long> current = inForce().map(MapVersion::number);
        if (!current.equals(draft.basedOn())) {
            throw new MapRefusal(
                    MapRefusal.Why.OUTDATED,
                    draft.number(),
                    draft.basedOn().map(Object::toString).orElse("–"),
                    current.map(Object::toString).orElse("–"));
        }
    }

    private MapVersion draftOf(long number) {
        MapVersion version = get(number);
        if (!version.isDraft()) {
            throw new MapRefusal(MapRefusal.Why.NOT_A_DRAFT, number);
        }
        return version;
    }

    static MapRefusal overtaken(Optional<Long> current) {
        String number = current.map(Object::toString).orElse("–");
        return new MapRefusal(MapRefusal.Why.OVERTAKEN, number);
    }

    private static MapRefusal unknown(long number) {
        return new MapRefusal(MapRefusal.Why.UNKNOWN, number);
    }

    private void lock() {
        jdbc.sql("select pg_advisory_xact_lock(:key)")
                .param("key", LOCK)
                .query((row, n) -> "")
                .single();
    }

    private long insert(
            MapVersion.Origin origin,
            Optional<MapVersion> basedOn,
            CityFiles files,
            String reason,
            String actor,
            Instant now) {
        return jdbc.sql("""
                insert into map_version (hash, origin, based_on, files, reason, made_by, made_at)
                values (:hash, :origin, :based, cast(:files as json), :reason, :by, :now) returning id""")
                .param("hash", files.hash())
                .param("origin", origin.word())
                .param("based", basedOn.map(MapVersion::number).orElse(null))
                .param("files", Columns.json(files.texts()))
                .param("reason", Columns.text(reason))
                .param("by", actor)
                .param("now", Columns.time(now))
                .query(Long.class)
                .single();
    }

    /** A clock that was set back must not let the new one begin before the old one did. */
    private void enterIntoForce(long number, Optional<String> approvedBy, Instant now) {
        jdbc.sql("update map_version set in_force_until = greatest(:now, in_force_from)"
                        + " where in_force_from is not null and in_force_until is null")
                .param("now", Columns.time(now))
                .update();
        jdbc.sql("""
                update map_version set approved_by = :by, in_force_from = greatest(:now,
                    coalesce((select max(in_force_until) from map_version), :now)) where id = :id""")
                .param("by", approvedBy.orElse(null))
                .param("now", Columns.time(now))
                .param("id", number)
                .update();
        jdbc.sql("select pg_notify('hinomi_map', '')").query((row, n) -> "").single();
    }

    private void record(Instant now, String actor, String action, MapVersion version) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("hash", version.hash());
        version.basedOn().ifPresent(number -> facts.put("based_on", number));
        facts.put("reason", version.reason());
        audit.record(now, actor, action, "map:" + version.number(), facts);
    }

    private static MapVersion version(ResultSet row) throws SQLException {
        long basedOn = row.getLong("based_on");
        Optional<Long> base = row.wasNull() ? Optional.empty() : Optional.of(basedOn);
        return new MapVersion(
                row.getLong("id"),
                row.getString("hash"),
                MapVersion.Origin.valueOf(row.getString("origin").toUpperCase(java.util.Locale.ROOT)),
                base,
                row.getString("reason"),
                row.getString("made_by"),
                Columns.instant(row, "made_at"),
                Optional.ofNullable(row.getString("approved_by")),
                Optional.ofNullable(row.getString("withdrawn_by")),
                Columns.optionalInstant(row, "in_force_from"),
                Columns.optionalInstant(row, "in_force_until"));
    }
}
