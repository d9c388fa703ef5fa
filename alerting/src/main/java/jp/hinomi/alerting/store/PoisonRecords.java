package jp.hinomi.alerting.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps records of the topic that are no alerts, whole and with the reason. Thread-safe. */
public final class PoisonRecords {
    /** Bytes of a value that are shown. */
    private static final int BEGINNING = 400;

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

    /** Which record. */
    public record Place(String topic, int partition, long offset) {
        /** {@code topic-partition-offset}. */
        @Override
        public String toString() {
            return topic + "-" + partition + "-" + offset;
        }
    }

    /**
     * One that waits for somebody.
     *
     * @param beginning of its value, as text as far as it is any
     * @param size of its value in bytes
     */
    public record Poison(Place place, String reason, Instant receivedAt, String beginning, int size) {}

    /** Those that nobody has settled yet, newest first. */
    public List<Poison> open(int limit) {
        return jdbc.sql("""
                select topic, partition, record_offset, reason, received_at,
                    substr(record_value, 1, :beginning) as beginning, coalesce(length(record_value), 0) as size
                from poison_record where dismissed_at is null
                order by received_at desc, topic, partition, record_offset desc limit :limit""")
                .param("beginning", BEGINNING)
                .param("limit", limit)
                .query((row, number) -> new Poison(
                        new Place(row.getString("topic"), row.getInt("partition"), row.getLong("record_offset")),
                        row.getString("reason"),
                        Columns.instant(row, "received_at"),
                        row.getBytes("beginning") == null
                                ? ""
                                : new String(row.getBytes("beginning"), StandardCharsets.UTF_8),
                        row.getInt("size")))
                .list();
    }

    /** The value, with its row locked until the transaction ends. */
    public Optional<byte[]> lock(Place place) {
        return at(jdbc.sql("""
                select record_value from poison_record
                where topic = :topic and partition = :partition and record_offset = :offset and dismissed_at is null
                for update"""), place)
                .query((row, number) ->
                        Optional.ofNullable(row.getBytes("record_value")).orElse(new byte[0]))
                .optional();
    }

    /** It was taken after all. */
    public void remove(Place place) {
        at(jdbc.sql("""
                delete from poison_record
                where topic = :topic and partition = :partition and record_offset = :offset"""), place).update();
    }

    /** It is kept, but waits for nobody any more. False if that was so already. */
    public boolean dismiss(Place place, Instant now) {
        return at(jdbc.sql("""
                        update poison_record set dismissed_at = :now
                        where topic = :topic and partition = :partition and record_offset = :offset
                          and dismissed_at is null"""), place).param("now", Columns.time(now)).update() == 1;
    }

    private static JdbcClient.StatementSpec at(JdbcClient.StatementSpec sql, Place place) {
        return sql.param("topic", place.topic())
                .param("partition", place.partition())
                .param("offset", place.offset());
    }

    /** How many wait for somebody. */
    public long count() {
        return jdbc.sql("select count(*) from poison_record where dismissed_at is null")
                .query(Long.class)
                .single();
    }
}
