package jp.hinomi.alerting.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.RuleHealth;
import jp.hinomi.events.RuleHealthJson;
import jp.hinomi.events.SourceHealth;
import jp.hinomi.events.SourceHealthJson;
import jp.hinomi.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps what the topics of health say. Taking a record again changes nothing: the newest of a source is told by its time, a
 * reject by its place. Thread-safe.
 */
public final class HealthStore {
    private static final Duration BUCKET = Duration.ofMinutes(5);
    static final Duration HISTORY = Duration.ofHours(24);
    private static final int REJECT_DAYS = 30;

    /** Rejects that are kept with their beginning; all are counted. */
    static final int REJECTS = 5_000;

    private static final String PUBLICATION = "hinomi.publication/";

    private final JdbcClient jdbc;

    public HealthStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * In the running transaction.
     *
     * @throws jp.hinomi.events.EventFormatException if it is not what its topic holds
     */
    void take(ConsumerRecord<byte[], byte[]> record, Instant now) {
        switch (record.topic()) {
            case Topics.SOURCE_HEALTH -> takeSource(record);
            case Topics.RULE_HEALTH -> takeRule(record, now);
            case Topics.RULES -> takeDocument(record, now);
            case Topics.REJECTS -> {
                if (record.value() != null) {
                    takeReject(Reject.of(record));
                }
            }
            default -> throw new IllegalArgumentException("topic " + record.topic());
        }
    }

    private void takeSource(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            jdbc.sql("delete from source_health where source = :source")
                    .param("source", key(record))
                    .update();
            return;
        }
        SourceHealth health = SourceHealthJson.read(record.value());
        int taken = jdbc.sql("""
                insert into source_health (source, state, since, known_until, last_seen, per_second, reject_rate,
                    offset_ms, spread_ms, advice)
                values (:source, :state, :since, :until, :seen, :rate, :rejects, :offset, :spread, :advice)
                on conflict (source) do update set state = excluded.state, since = excluded.since,
                    known_until = excluded.known_until, last_seen = excluded.last_seen,
                    per_second = excluded.per_second, reject_rate = excluded.reject_rate,
                    offset_ms = excluded.offset_ms, spread_ms = excluded.spread_ms, advice = excluded.advice
                where source_health.known_until <= excluded.known_until""")
                .param("source", Columns.text(health.source()))
                .param("state", health.state().word())
                .param("since", Columns.time(health.since()))
                .param("until", Columns.time(health.time()))
                .param(
                        "seen",
                        health.lastSeen().isPresent()
                                ? Columns.time(health.lastSeen().getAsLong())
                                : null)
                .param("rate", health.perSecond())
                .param("rejects", health.rejectRate())
                .param("offset", boxed(health.offsetMillis()))
                .param("spread", boxed(health.spreadMillis()))
                .param("advice", health.advice().map(Columns::text).orElse(null))
                .update();
        if (taken > 0) {
            remember(health);
        }
    }

    private void remember(SourceHealth health) {
        long bucket = Math.floorDiv(health.time(), BUCKET.toMillis()) * BUCKET.toMillis();
        jdbc.sql("""
                insert into source_history (source, bucket, state, per_second, reject_rate, offset_ms)
                values (:source, :bucket, :state, :rate, :rejects, :offset)
                on conflict (source, bucket) do update set state = excluded.state, per_second = excluded.per_second,
                    reject_rate = excluded.reject_rate, offset_ms = excluded.offset_ms""")
                .param("source", Columns.text(health.source()))
                .param("bucket", Columns.time(bucket))
                .param("state", health.state().word())
                .param("rate", health.perSecond())
                .param("rejects", health.rejectRate())
                .param("offset", boxed(health.offsetMillis()))
                .update();
    }

    private void takeRule(ConsumerRecord<byte[], byte[]> record, Instant now) {
        if (record.value() == null) {
            jdbc.sql("delete from rule_health where rule = :rule")
                    .param("rule", key(record))
                    .update();
            return;
        }
        RuleHealth health = RuleHealthJson.read(record.value());
        jdbc.sql("""
                insert into rule_health (rule, state, body, read_at, first_at) values (:rule, :state, :body::json, :now, :now)
                on conflict (rule) do update set state = excluded.state, body = excluded.body,
                    read_at = excluded.read_at""")
                .param("rule", key(record))
                .param("state", health.state().word())
                .param("body", new String(record.value(), UTF_8))
                .param("now", Columns.time(now))
                .update();
    }

    private void takeDocument(ConsumerRecord<byte[], byte[]> record, Instant now) {
        String key = key(record);
        boolean publication = key.startsWith(PUBLICATION);
        if (record.value() == null) {
            jdbc.sql(
                            publication
                                    ? "delete from rule_publication where key = :key"
                                    : "delete from rule_document where key = :key")
                    .param("key", key)
                    .update();
        } else if (publication) {
            jdbc.sql("""
                    insert into rule_publication (key, body, signer, at) values (:key, :body, :signer, :at)
                    on conflict (key) do update set body = excluded.body, signer = excluded.signer, at = excluded.at""")
                    .param("key", key)
                    .param("body", Columns.text(new String(record.value(), UTF_8)))
                    .param("signer", header(record, Topics.HEADER_KEY).orElse(""))
                    .param("at", Columns.time(record.timestamp()))
                    .update();
        } else {
            jdbc.sql("""
                    insert into rule_document (key, pack, file, line, body, read_at)
                    values (:key, :pack, :file, :line, :body, :now)
                    on conflict (key) do update set pack = excluded.pack, file = excluded.file, line = excluded.line,
                        body = excluded.body, read_at = excluded.read_at""")
                    .param("key", key)
                    .param("pack", header(record, Topics.HEADER_PACK).orElse(null))
                    .param("file", header(record, Topics.HEADER_FILE).orElse(null))
                    .param(
                            "line",
                            header(record, Topics.HEADER_LINE)
                                    .map(HealthStore::line)
                                    .orElse(null))
                    .param("body", Columns.text(new String(record.value(), UTF_8)))
                    .param("now", Columns.time(now))
                    .update();
        }
    }

    private void takeReject(Reject reject) {
        int taken = jdbc.sql("""
                insert into reject (partition, record_offset, at, source, decoder, reason, kind, origin, byte_offset,
                    size, beginning, replayed_from)
                values (:partition, :offset, :at, :source, :decoder, :reason, :kind, :origin, :byte, :size, :beginning,
                    :replayed)
                on conflict do nothing""")
                .param("partition", reject.partition())
                .param("offset", reject.offset())
                .param("at", Columns.time(reject.at()))
                .param("source", Columns.text(reject.source()))
                .param("decoder", Columns.text(reject.decoder()))
                .param("reason", Columns.text(reject.reason()))
                .param("kind", Columns.text(reject.kind()))
                .param("origin", reject.origin().map(Columns::text).orElse(null))
                .param("byte", boxed(reject.byteOffset()))
                .param("size", reject.size())
                .param("beginning", reject.beginning())
                .param("replayed", reject.replayedFrom().map(Columns::text).orElse(null), java.sql.Types.VARCHAR)
                .update();
        if (taken == 0) {
            return;
        }
        jdbc.sql("""
                insert into reject_count (source, kind, day, n, last) values (:source, :kind, :day, 1, :at)
                on conflict (source, kind, day) do update
                set n = reject_count.n + 1, last = greatest(reject_count.last, excluded.last)""")
                .param("source", Columns.text(reject.source()))
                .param("kind", Columns.text(reject.kind()))
                .param("day", Date.valueOf(reject.at().atOffset(ZoneOffset.UTC).toLocalDate()))
                .param("at", Columns.time(reject.at()))
                .update();
    }

    /** Forgets what is too old or too much. */
    public void trim(Instant now) {
        jdbc.sql("delete from source_history where bucket < :before")
                .param("before", Columns.time(now.minus(HISTORY)))
                .update();
        jdbc.sql("""
                delete from reject where at < (select at from reject order by at desc offset :most limit 1)""").param("most", REJECTS).update();
        jdbc.sql("delete from reject_count where day < :before")
                .param(
                        "before",
                        Date.valueOf(now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(REJECT_DAYS)))
                .update();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : Columns.text(new String(record.key(), UTF_8));
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return Optional.ofNullable(header).map(Header::value).map(value -> Columns.text(new String(value, UTF_8)));
    }

    private static Integer line(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
