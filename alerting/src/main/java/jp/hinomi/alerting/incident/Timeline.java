package jp.hinomi.alerting.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Entries in PostgreSQL; each call that writes belongs into a transaction of the caller. Each is read with the label
 * that its alert, or its incident, has now. Thread-safe.
 */
public final class Timeline {
    private static final String LABEL = "timeline_entry_label(tlp, raw_ref, follows, incident_id, supersedes_id)";

    private final JdbcClient jdbc;

    public Timeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False if what it is made of stands there already, or if the entry that it corrects was corrected before. */
    public boolean add(long incident, TimelineEntry entry) {
        boolean added = jdbc.sql("""
                insert into timeline_entry (incident_id, occurred_at, recorded_at, original_tz, type, source, author,
                    text_ja, text_en, in_report, tlp, follows, visible_orgs, raw_ref, supersedes_id)
                values (:incident, :occurred, :recorded, :zone, :type, :source, :author, :ja, :en, :inReport, :tlp, :follows,
                    string_to_array(:visible, ','), :ref, :supersedes)
                on conflict do nothing""")
                        .param("incident", incident)
                        .param("occurred", Columns.time(entry.occurred()))
                        .param("recorded", Columns.time(entry.recorded()))
                        .param("zone", entry.zone())
                        .param("type", entry.type().word())
                        .param("source", entry.automatic() ? "auto" : "manual")
                        .param("author", Columns.text(entry.author()))
                        .param("ja", Columns.text(entry.textJa()))
                        .param("en", Columns.text(entry.textEn()))
                        .param("inReport", entry.inReport())
                        .param("tlp", entry.tlp().ordinal())
                        .param("follows", entry.follows())
                        .param("visible", String.join(",", entry.visibleTo()))
                        .param("ref", entry.rawRef().map(Columns::text).orElse(null), java.sql.Types.VARCHAR)
                        .param("supersedes", entry.supersedes().orElse(null), java.sql.Types.BIGINT)
                        .update()
                == 1;
        if (added && entry.supersedes().isPresent()) {
            jdbc.sql("""
                    update timeline_pin set entry_id = (select id from timeline_entry where supersedes_id = :before)
                    where entry_id = :before""").param("before", entry.supersedes().get()).update();
        }
        return added;
    }

    /** What counts now, in the order in which it happened: entries that were corrected are left out. */
    public List<TimelineEntry> of(long incident) {
        return jdbc.sql("""
                select e.*, %s as label from timeline_entry e
                where incident_id = :incident
                  and not exists (select 1 from timeline_entry later where later.supersedes_id = e.id)
                order by occurred_at, id""".formatted(LABEL))
                .param("incident", incident)
                .query((row, n) -> entry(row))
                .list();
    }

    /** The last of them, in the same order. */
    public List<TimelineEntry> newest(long incident, int limit) {
        return jdbc.sql("""
                select last.*, %s as label from (
                    select * from timeline_entry e where incident_id = :incident
                      and not exists (select 1 from timeline_entry later where later.supersedes_id = e.id)
                    order by occurred_at desc, id desc limit :limit) last
                order by occurred_at, id""".formatted(LABEL))
                .param("incident", incident)
                .param("limit", limit)
                .query((row, n) -> entry(row))
                .list();
    }

    /** Everything that was ever written, corrections and what they correct included. */
    public List<TimelineEntry> history(long incident) {
        return jdbc.sql("select *, " + LABEL + " as label from timeline_entry"
                        + " where incident_id = :incident order by id")
                .param("incident", incident)
                .query((row, n) -> entry(row))
                .list();
    }

    public Optional<TimelineEntry> find(long incident, long id) {
        return jdbc.sql("select *, " + LABEL + " as label from timeline_entry"
                        + " where incident_id = :incident and id = :id")
                .param("incident", incident)
                .param("id", id)
                .query((row, n) -> entry(row))
                .optional();
    }

    private static TimelineEntry entry(ResultSet row) throws SQLException {
        long supersedes = row.getLong("supersedes_id");
        boolean first = row.wasNull();
        return new TimelineEntry(
                row.getLong("id"),
                Columns.instant(row, "occurred_at"),
                Columns.instant(row, "recorded_at"),
                row.getString("original_tz"),
                TimelineEntry.Type.ofWord(row.getString("type")),
                "auto".equals(row.getString("source")),
                row.getString("author"),
                row.getString("text_ja"),
                row.getString("text_en"),
                row.getBoolean("in_report"),
                Tlp.values()[row.getInt("label")],
                row.getBoolean("follows"),
                Arrays.asList((String[]) row.getArray("visible_orgs").getArray()),
                Optional.ofNullable(row.getString("raw_ref")),
                first ? Optional.empty() : Optional.of(supersedes));
    }
}
