package jp.hinomi.alerting.store;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps records of the topic that are no alerts, whole and with the reason. Thread-safe. */
public final class PoisonRecords {
    private final JdbcClient jdbc;

    public PoisonRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Once per record, however often it is read. */
    public void add(String topic, int partition, long offset, byte[] key, byte[] value, String reason, Instant now) {
        jdbc.sql("""
                insert into poison_record (topic, partition, record_offset, record_key, record_value, reason, received_at)
                values (:topic, :partition, :offset, :key, :value, :reason, :now)
                on conflict do nothing""")
                .param("topic", topic)
                .param("partition", partition)
                .param("offset", offset)
                .param("key", key)
                .param("value", value)
                .param("reason", Columns.text(reason))
                .param("now", Columns.time(now))
                .update();
    }

    public long count() {
        return jdbc.sql("select count(*) from poison_record").query(Long.class).single();
    }
}
