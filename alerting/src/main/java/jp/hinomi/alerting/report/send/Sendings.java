package jp.hinomi.alerting.report.send;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.delivery.AttachedFile;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was sent to whom, and what became of it. Thread-safe. */
public final class Sendings {
    private final JdbcClient jdbc;

    public Sendings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they were asked for. */
    public List<Sending> of(long report) {
        return of(List.of(report)).getOrDefault(report, List.of());
    }

    /** The same of several, by report. */
    public Map<Long, List<Sending>> of(Collection<Long> reports) {
        Map<Long, List<Sending>> all = new LinkedHashMap<>();
        jdbc.sql("""
                select s.*, d.state, d.finished_at, d.last_error,
                    array(select f.name || ' ' || f.sha256 from delivery_file f where f.delivery_id = d.id
                        order by f.place) as files
                from report_sending s join delivery d on d.id = s.delivery_id
                where s.report_id = any (cast(:reports as bigint[])) order by s.id""")
                .param("reports", reports.toArray(Long[]::new))
                .query((row, n) -> sending(row))
                .list()
                .forEach(each -> all.computeIfAbsent(each.report(), any -> new ArrayList<>())
                        .add(each));
        return all;
    }

    private static Sending sending(ResultSet row) throws SQLException {
        List<Sending.File> files = new ArrayList<>();
        for (String file : (String[]) row.getArray("files").getArray()) {
            int space = file.lastIndexOf(' ');
            files.add(new Sending.File(file.substring(0, space), file.substring(space + 1)));
        }
        return new Sending(
                row.getLong("id"),
                row.getLong("report_id"),
                row.getLong("delivery_id"),
                row.getString("stakeholder_id"),
                row.getString("contact_id"),
                row.getString("channel_type"),
                row.getString("address"),
                row.getString("state"),
                Tlp.values()[row.getInt("tlp")],
                row.getString("sha256"),
                files,
                row.getString("asked_by"),
                Columns.instant(row, "asked_at"),
                Columns.optionalInstant(row, "finished_at"),
                Optional.ofNullable(row.getString("last_error")));
    }

    void add(long report, long delivery, Way way, Tlp tlp, String sha256, String actor, java.time.Instant now) {
        jdbc.sql("""
                insert into report_sending (report_id, delivery_id, stakeholder_id, contact_id, channel_type, address,
                    tlp, sha256, asked_by, asked_at)
                values (:report, :delivery, :stakeholder, :contact, :type, :address, :tlp, :hash, :actor, :now)""")
                .param("report", report)
                .param("delivery", delivery)
                .param("stakeholder", way.to().stakeholder().id())
                .param("contact", way.contact())
                .param("type", way.channel().type())
                .param("address", Columns.text(way.channel().address()))
                .param("tlp", tlp.ordinal())
                .param("hash", sha256)
                .param("actor", actor)
                .param("now", Columns.time(now))
                .update();
    }

    /** Two who press the button at once: the second sees what the first did. Belongs into a transaction. */
    void lock(long report) {
        jdbc.sql("select id from report where id = :id for update")
                .param("id", report)
                .query(Long.class)
                .single();
    }

    /** Whether somebody of the stakeholder can log in to its own pages. */
    boolean hasAccount(String stakeholder) {
        return jdbc.sql("""
                select exists (select 1 from account
                    where role = 'stakeholder' and stakeholder = :id and not disabled and not withdrawn)""").param("id", stakeholder).query(Boolean.class).single();
    }

    static List<String> hashes(List<AttachedFile> files) {
        return files.stream().map(file -> file.name() + " " + file.sha256()).toList();
    }
}
