package jp.hinomi.alerting.incident.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.IncidentText;
import jp.hinomi.alerting.incident.Timeline;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Role;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Files of incidents in PostgreSQL, in pieces of a megabyte; what happens to them stands in the audit log. Thread-safe. */
public final class EvidenceFiles {
    /** Of one incident, withdrawn ones included. */
    public static final int MOST = 500;

    public static final int NOTE = 2000;
    private static final int PIECE = 1 << 20;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Timeline timeline;
    private final Texts texts;
    private final CityInForce city;
    private final long limit;

    /** @param limit of one file, in bytes */
    public EvidenceFiles(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Timeline timeline,
            Texts texts,
            CityInForce city,
            long limit) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.timeline = timeline;
        this.texts = texts;
        this.city = city;
        this.limit = limit;
    }

    public long limit() {
        return limit;
    }

    /** What is said of a file that comes in. @param givenTo ids of stakeholders; none = the promoter's own people */
    public record About(String name, Tlp tlp, List<String> givenTo, String note) {
        public About {
            givenTo = List.copyOf(new TreeSet<>(givenTo));
        }
    }

    /** The stored bytes are not those that came in. */
    public static final class DamagedException extends Refused {
        private static final long serialVersionUID = 1;

        DamagedException(EvidenceFile file, String found) {
            super(CaseworkRefusal.Why.FILE_DAMAGED, file.name(), file.sha256(), found);
        }
    }

    /** The oldest first. */
    public List<EvidenceFile> of(Incident incident) {
        return jdbc.sql("select * from incident_file where incident_id = :incident order by id")
                .param("incident", incident.id())
                .query((row, n) -> file(row))
                .list();
    }

    public Optional<EvidenceFile> find(Incident incident, long id) {
        return jdbc.sql("select * from incident_file where incident_id = :incident and id = :id")
                .param("incident", incident.id())
                .param("id", id)
                .query((row, n) -> file(row))
                .optional();
    }

    /**
     * Keeps a file. The same bytes under the same name are there once, however often they are sent.
     *
     * @throws Spool.TooLargeException if it is larger than the limit
     * @throws IllegalArgumentException if there are too many, or whom it is given to has no part in the incident
     */
    public EvidenceFile add(Incident incident, About about, InputStream bytes, String actor, Instant now)
            throws IOException {
        String name = FileName.of(about.name());
        String note = IncidentText.clean(about.note());
        if (note.length() > NOTE) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.FILE_NOTE, NOTE);
        }
        mayHave(incident, about.givenTo());
        try (Spool spool = Spool.of(bytes, limit)) {
            String hash = spool.hash();
            return transaction.execute(status -> {
                jdbc.sql("select id from incident where id = :id for update")
                        .param("id", incident.id())
                        .query(Long.class)
                        .single();
                List<EvidenceFile> there = of(incident);
                Optional<EvidenceFile> same = there.stream()
                        .filter(file -> !file.isWithdrawn()
                                && file.name().equals(name)
                                && file.sha256().equals(hash))
                        .findFirst();
                if (same.isPresent()) {
                    return same.get();
                }
                if (there.size() >= MOST) {
                    throw new CaseworkRefusal(CaseworkRefusal.Why.FILES_MANY, MOST);
                }
                long id = store(incident, about, name, note, spool, hash, actor, now);
                EvidenceFile file = find(incident, id).orElseThrow();
                tell(incident, file, "added", file.note(), actor, now);
                audit.record(now, actor, "incident.file-added", incident.object(), facts(file));
                return file;
            });
        }
    }

    private void mayHave(Incident incident, List<String> givenTo) {
        for (String id : givenTo) {
            boolean party = jdbc.sql("""
                    select exists (select 1 from incident_party where incident_id = :incident and stakeholder_id = :id)""")
                    .param("incident", incident.id())
                    .param("id", Columns.text(id))
                    .query(Boolean.class)
                    .single();
            if (!party) {
                throw new CaseworkRefusal(CaseworkRefusal.Why.FILE_PARTY, id, incident.number());
            }
        }
    }

    private long store(
            Incident incident,
            About about,
            String name,
            String note,
            Spool spool,
            String hash,
            String actor,
            Instant now) {
        long id = jdbc.sql("select nextval(pg_get_serial_sequence('incident_file', 'id'))")
                .query(Long.class)
                .single();
        try (InputStream in = spool.open()) {
            int seq = 0;
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                jdbc.sql("insert into incident_file_part (file_id, seq, bytes) values (:id, :seq, :bytes)")
                        .param("id", id)
                        .param("seq", seq++)
                        .param("bytes", piece)
                        .update();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jdbc.sql("""
                insert into incident_file (id, incident_id, name, size, sha256, tlp, given_to, note, added_by, added_at)
                values (:id, :incident, :name, :size, :hash, :tlp, string_to_array(:given, ','), :note, :actor, :now)""")
                .param("id", id)
                .param("incident", incident.id())
                .param("name", Columns.text(name))
                .param("size", spool.size())
                .param("hash", hash)
                .param("tlp", about.tlp().ordinal())
                .param("given", String.join(",", about.givenTo()))
                .param("note", Columns.text(note))
                .param("actor", actor)
                .param("now", Columns.time(now))
                .update();
        return id;
    }

    /**
     * The bytes, after their hash was found to be what it was when they came; that somebody had them stands in the audit log. The
     * caller closes it.
     *
     * @throws DamagedException if they are not; the audit log has that, too
     */
    public InputStream read(Incident incident, EvidenceFile file, String actor, Instant now) throws IOException {
        Spool spool = new Spool();
        boolean kept = false;
        try {
            for (int seq = 0; ; seq++) {
                Optional<byte[]> piece = piece(file, seq);
                if (piece.isEmpty()) {
                    break;
                }
                spool.write(piece.get(), piece.get().length);
            }
            String found = spool.hash();
            boolean sound = found.equals(file.sha256()) && spool.size() == file.size();
            Map<String, Object> facts = facts(file);
            if (!sound) {
                facts.put("found", found);
            }
            note(incident, sound ? "incident.file-read" : "incident.file-damaged", facts, actor, now);
            if (!sound) {
                throw new DamagedException(file, found);
            }
            InputStream in = spool.openOnce();
            kept = true;
            return in;
        } finally {
            if (!kept) {
                spool.close();
            }
        }
    }

    /** One piece at a time: a file never has to fit into memory, and no connection is held while it goes out. */
    private Optional<byte[]> piece(EvidenceFile file, int seq) {
        return jdbc.sql("select bytes from incident_file_part where file_id = :id and seq = :seq")
                .param("id", file.id())
                .param("seq", seq)
                .query((row, n) -> row.getBytes("bytes"))
                .optional();
    }

    private void note(Incident incident, String action, Map<String, Object> facts, String actor, Instant now) {
        jp.hinomi.alerting.security.RowScope.lifted(() -> {
            transaction.executeWithoutResult(status -> audit.record(now, actor, action, incident.object(), facts));
            return null;
        });
    }

    /**
     * Says anew who may have it; false if it was withdrawn.
     *
     * @throws IllegalArgumentException if one of them has no part in the incident
     */
    public boolean give(
            Incident incident, EvidenceFile file, Tlp tlp, List<String> givenTo, String actor, Instant now) {
        mayHave(incident, givenTo);
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean changed = jdbc.sql("""
                    update incident_file set tlp = :tlp, given_to = string_to_array(:given, ',')
                    where id = :id and withdrawn_at is null""")
                            .param("tlp", tlp.ordinal())
                            .param("given", String.join(",", new TreeSet<>(givenTo)))
                            .param("id", file.id())
                            .update()
                    == 1;
            if (changed) {
                audit.record(
                        now,
                        actor,
                        "incident.file-given",
                        incident.object(),
                        facts(find(incident, file.id()).orElseThrow()));
            }
            return changed;
        }));
    }

    /**
     * From then on it counts no more, and stakeholders have it no more; false if it was withdrawn before.
     *
     * @throws IllegalArgumentException without a reason
     */
    public boolean withdraw(Incident incident, EvidenceFile file, String reason, String actor, Instant now) {
        String why = IncidentText.clean(reason);
        if (why.isEmpty() || why.length() > NOTE) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.FILE_REASON, NOTE);
        }
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean changed = jdbc.sql("""
                    update incident_file set withdrawn_by = :by, withdrawn_at = :now, withdrawn_reason = :why
                    where id = :id and withdrawn_at is null""")
                            .param("by", actor)
                            .param("now", Columns.time(now))
                            .param("why", Columns.text(why))
                            .param("id", file.id())
                            .update()
                    == 1;
            if (changed) {
                tell(incident, file, "withdrawn", why, actor, now);
                Map<String, Object> facts = facts(file);
                facts.put("reason", why);
                audit.record(now, actor, "incident.file-withdrawn", incident.object(), facts);
            }
            return changed;
        }));
    }

    private static Map<String, Object> facts(EvidenceFile file) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file.id());
        facts.put("name", file.name());
        facts.put("size", file.size());
        facts.put("sha256", file.sha256());
        facts.put("tlp", file.tlp().word());
        facts.put("given_to", file.givenTo());
        return facts;
    }

    /** Into the timeline, for whoever may have the file. */
    private void tell(Incident incident, EvidenceFile file, String what, String words, String actor, Instant now) {
        TreeSet<String> readers = new TreeSet<>(file.givenTo());
        city.get().stakeholders().values().stream()
                .filter(known -> known.role() == Role.PROMOTER)
                .forEach(known -> readers.add(known.id()));
        timeline.add(
                incident.id(),
                new TimelineEntry(
                        0,
                        now,
                        now,
                        city.get().zone().getId(),
                        TimelineEntry.Type.NOTE,
                        true,
                        actor,
                        text("ja", file, what, words),
                        text("en", file, what, words),
                        false,
                        file.tlp(),
                        false,
                        List.copyOf(readers),
                        Optional.of("file:" + file.id() + ":" + what),
                        Optional.empty()));
    }

    private String text(String language, EvidenceFile file, String what, String words) {
        return texts.get(language, "timeline.auto.file." + what, file.name(), Long.toString(file.size()), file.sha256())
                + (words.isEmpty() ? "" : texts.get(language, "timeline.auto.with-note", words));
    }

    private static EvidenceFile file(ResultSet row) throws SQLException {
        Optional<Instant> withdrawn = Columns.optionalInstant(row, "withdrawn_at");
        return new EvidenceFile(
                row.getLong("id"),
                row.getLong("incident_id"),
                row.getString("name"),
                row.getLong("size"),
                row.getString("sha256"),
                Tlp.values()[row.getInt("tlp")],
                Arrays.asList((String[]) row.getArray("given_to").getArray()),
                row.getString("note"),
                row.getString("added_by"),
                Columns.instant(row, "added_at"),
                withdrawn.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new EvidenceFile.Withdrawal(
                                row.getString("withdrawn_by"), withdrawn.get(), row.getString("withdrawn_reason"))));
    }
}
