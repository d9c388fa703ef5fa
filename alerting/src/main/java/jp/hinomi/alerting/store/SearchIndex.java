package jp.hinomi.alerting.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives alerts from before there was an index for free text their place in it, some at a time. Thread-safe. */
public final class SearchIndex {
    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public SearchIndex(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    private record Text(long seq, String search) {}

    /** False if there is none left. */
    public boolean fillSome() {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            List<Text> texts = jdbc.sql("""
                    select seq, search from alert where grams is null order by seq limit :some
                    for no key update skip locked""")
                    .param("some", AT_ONCE)
                    .query((row, number) -> new Text(row.getLong("seq"), row.getString("search")))
                    .list();
            for (Text text : texts) {
                jdbc.sql("update alert set grams = cast(:grams as integer[]) where seq = :seq")
                        .param("grams", Grams.literal(Grams.of(text.search())))
                        .param("seq", text.seq())
                        .update();
            }
            return !texts.isEmpty();
        }));
    }
}
