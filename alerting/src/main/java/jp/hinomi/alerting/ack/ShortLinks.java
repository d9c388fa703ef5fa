package jp.hinomi.alerting.ack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Writes;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Acknowledgement links for text messages: a signature alone, {@value AckToken#SHORT} characters; what it signs is a row. Thread-safe.
 */
public final class ShortLinks {
    /** So long a link that is over still says so, instead of being unknown. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final AckKey key;
    private final InstantSource clock;

    public ShortLinks(JdbcClient jdbc, AckKey key, InstantSource clock) {
        this.jdbc = jdbc;
        this.key = key;
        this.clock = clock;
    }

    /** What stands in the link; kept in the running transaction, so that it works as soon as the message can be sent. */
    public String write(AckToken token) {
        String text = token.writeShort(key.bytes());
        Writes.write(
                jdbc,
                Writes.Table.ANSWER_LINK,
                """
                insert into answer_link (hash, alert_id, contact_id, way, expires_at)
                values (:hash, :alert, :contact, :way, :expires) on conflict (hash) do nothing""",
                new MapSqlParameterSource("hash", hash(text))
                        .addValue("alert", token.alertId())
                        .addValue("contact", token.contactId())
                        .addValue("way", token.way().map(Tlp::ordinal).orElse(null), Types.SMALLINT)
                        .addValue("expires", Columns.time(token.expires())));
        return text;
    }

    /** What a presented text turns out to be, short or long. */
    public AckToken.Reading read(String text, Instant now) {
        if (!AckToken.isShort(text)) {
            return AckToken.read(text, key.bytes(), now);
        }
        return jdbc.sql("select alert_id, contact_id, way, expires_at from answer_link where hash = :hash")
                .param("hash", hash(text))
                .query((row, number) -> {
                    int ordinal = row.getInt("way");
                    Optional<Tlp> way = row.wasNull() ? Optional.empty() : Optional.of(Tlp.values()[ordinal]);
                    return new AckToken(
                            row.getString("alert_id"),
                            row.getString("contact_id"),
                            Columns.instant(row, "expires_at"),
                            way);
                })
                .optional()
                // Written by somebody without the key, or with a key that was replaced.
                .filter(token -> token.isSignedBy(text, key.bytes()))
                .map(token -> token.standing(now))
                .orElseGet(AckToken.Reading.Forged::new);
    }

    /** Forgets some of what is over for long. Returns how many. */
    public int forget() {
        return jdbc.sql("""
                delete from answer_link where ctid = any (array(
                    select ctid from answer_link where expires_at < :old order by expires_at limit 500
                    for update skip locked))""")
                .param("old", Columns.time(clock.instant().minus(REMEMBERED)))
                .update();
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
