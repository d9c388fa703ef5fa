package jp.hinomi.alerting.suppress;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Writes;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.city.Matchers;
import jp.hinomi.city.Silence;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Silences: those of the city's files, and those that people begin and end while Hinomi runs. Thread-safe. */
public final class Silences {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Releases releases;
    private final CityInForce city;

    public Silences(
            JdbcClient jdbc, TransactionTemplate transaction, AuditLog audit, Releases releases, CityInForce city) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.releases = releases;
        this.city = city;
    }

    /** @param id absent of one of the city's files */
    public record Row(
            Optional<Long> id,
            String name,
            String kind,
            String match,
            String owner,
            String reason,
            Instant from,
            Instant until,
            String by,
            boolean active,
            long held) {}

    /** Everything that may hold back now; where many alerts are taken in one transaction, as it was when the first was asked for. */
    List<Silence> current(Instant now) {
        Optional<Current> known = Writes.note(Current.class, () -> new Current(read(now)));
        return known.map(Current::all).orElseGet(() -> read(now));
    }

    private record Current(List<Silence> all) {}

    /**
     * Until the transaction ends no silence ends: what is held for one would miss its end. To be called before anything else
     * is locked.
     */
    public void hold() {
        jdbc.sql("select pg_advisory_xact_lock_shared(4, 0)")
                .query((row, number) -> 0)
                .single();
    }

    private List<Silence> read(Instant now) {
        List<Silence> all = new ArrayList<>(city.get().notification().silences());
        jdbc.sql("select * from silence where ended_at is null and ends_at > :now order by id")
                .param("now", Columns.time(now))
                .query((row, number) -> silence(row))
                .list()
                .forEach(all::add);
        return all;
    }

    private static Silence silence(ResultSet row) throws SQLException {
        return new Silence(
                row.getString("id"),
                Silence.Kind.valueOf(row.getString("kind").toUpperCase(java.util.Locale.ROOT)),
                new Matchers(Columns.read(row.getString("match"), new TypeReference<Map<String, List<String>>>() {})),
                row.getString("owner"),
                row.getString("reason"),
                ZoneOffset.UTC,
                Columns.instant(row, "starts_at").atOffset(ZoneOffset.UTC).toLocalDateTime(),
                Columns.instant(row, "ends_at").atOffset(ZoneOffset.UTC).toLocalDateTime(),
                Silence.Repeat.NEVER,
                Optional.empty());
    }

    /**
     * @param owner id of a stakeholder
     * @return its number
     * @throws Refused saying what is wrong
     */
    public long begin(
            Silence.Kind kind,
            Matchers match,
            String owner,
            String reason,
            Instant from,
            Instant until,
            String actor,
            Instant now) {
        if (!city.get().stakeholders().containsKey(owner)) {
            throw new Refused(SilenceReason.NO_OWNER, owner);
        }
        if (reason.isBlank()) {
            throw new Refused(SilenceReason.REASON);
        }
        if (!until.isAfter(from) || !until.isAfter(now)) {
            throw new Refused(SilenceReason.TIMES);
        }
        return transaction.execute(status -> {
            long id = jdbc.sql("""
                    insert into silence (kind, match, owner, reason, starts_at, ends_at, created_by, created_at)
                    values (:kind, cast(:match as json), :owner, :reason, :from, :until, :by, :now) returning id""")
                    .param("kind", kind.word())
                    .param("match", Columns.json(match.values()))
                    .param("owner", owner)
                    .param("reason", Columns.text(reason))
                    .param("from", Columns.time(from))
                    .param("until", Columns.time(until))
                    .param("by", actor)
                    .param("now", Columns.time(now))
                    .query(Long.class)
                    .single();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("match", match.toString());
            facts.put("owner", owner);
            facts.put("reason", reason);
            facts.put("until", until.toString());
            audit.record(now, actor, "silence.begun", "silence:" + id, facts);
            return id;
        });
    }

    /** Ends it now: what it holds is told, unless it was settled meanwhile. False if there is none, or it is over. */
    public boolean end(long id, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            // After those who take alerts just now: see hold().
            jdbc.sql("select pg_advisory_xact_lock(4, 0)")
                    .query((row, number) -> 0)
                    .single();
            boolean ended = jdbc.sql("update silence set ended_at = :now, ended_by = :by"
                                    + " where id = :id and ended_at is null and ends_at > :now")
                            .param("now", Columns.time(now))
                            .param("by", actor)
                            .param("id", id)
                            .update()
                    == 1;
            if (ended) {
                releases.tell(
                        inboxes(Long.toString(id)),
                        now,
                        new Bilingual("サイレンスが終了されました（" + actor + "）。", "The silence was ended by " + actor + "."),
                        now);
                audit.record(now, actor, "silence.ended", "silence:" + id, Map.of());
            }
            return ended;
        }));
    }

    private static List<String> inboxes(String id) {
        return List.of(Hold.inbox(Hold.Kind.SILENCE, id), Hold.inbox(Hold.Kind.MAINTENANCE, id));
    }

    /** Those that are not over, the city's own first. */
    public List<Row> list(Instant now) {
        List<Row> rows = new ArrayList<>();
        for (Silence silence : city.get().notification().silences()) {
            ZoneId zone = silence.zone();
            Optional<Instant> active = silence.activeUntil(now);
            rows.add(new Row(
                    Optional.empty(),
                    silence.id(),
                    silence.kind().word(),
                    silence.match().toString(),
                    silence.owner(),
                    silence.reason(),
                    silence.from().atZone(zone).toInstant(),
                    active.orElse(silence.until().atZone(zone).toInstant()),
                    "notification.yaml",
                    active.isPresent(),
                    held(silence.id())));
        }
        rows.addAll(jdbc.sql("select * from silence where ended_at is null and ends_at > :now order by id desc")
                .param("now", Columns.time(now))
                .query((row, number) -> {
                    Silence silence = silence(row);
                    Instant from = Columns.instant(row, "starts_at");
                    return new Row(
                            Optional.of(row.getLong("id")),
                            silence.id(),
                            silence.kind().word(),
                            silence.match().toString(),
                            silence.owner(),
                            silence.reason(),
                            from,
                            Columns.instant(row, "ends_at"),
                            row.getString("created_by"),
                            !from.isAfter(now),
                            held(silence.id()));
                })
                .list());
        return rows;
    }

    private long held(String id) {
        return jdbc.sql("select count(*) from delivery where state = 'held' and inbox in (:inboxes)")
                .param("inboxes", inboxes(id))
                .query(Long.class)
                .single();
    }

    /** How many notices are held, by kind of reason. */
    public Map<String, Long> heldByKind() {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.sql(
                        "select coalesce(held_kind, 'rule') as kind, count(*) as n from delivery where state = 'held' group by 1 order by 1")
                .query((row, number) -> counts.put(row.getString("kind"), row.getLong("n")))
                .list();
        return counts;
    }
}
