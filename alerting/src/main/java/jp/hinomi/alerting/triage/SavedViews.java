package jp.hinomi.alerting.triage;

import java.time.Instant;
import java.util.List;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Filters that an account keeps under a name. Thread-safe. */
public final class SavedViews {
    /** More are not listed. */
    private static final int MOST = 30;

    private final JdbcClient jdbc;

    public SavedViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param query of the list's address, with its question mark; empty for the list without a filter */
    public record View(long id, String name, String query) {}

    public List<View> of(String account) {
        return jdbc.sql("select id, name, query from saved_view where account = :account order by id limit :most")
                .param("account", account)
                .param("most", MOST)
                .query((row, number) -> new View(row.getLong("id"), row.getString("name"), row.getString("query")))
                .list();
    }

    /** The same name again replaces what it stood for. */
    public void save(String account, String name, String query, Instant now) {
        jdbc.sql("""
                insert into saved_view (account, name, query, created_at) values (:account, :name, :query, :now)
                on conflict (account, name) do update set query = excluded.query""")
                .param("account", account)
                .param("name", Columns.text(name))
                .param("query", Columns.text(query))
                .param("now", Columns.time(now))
                .update();
    }

    /** Leaves what is not theirs. */
    public void drop(String account, long id) {
        jdbc.sql("delete from saved_view where account = :account and id = :id")
                .param("account", account)
                .param("id", id)
                .update();
    }
}
