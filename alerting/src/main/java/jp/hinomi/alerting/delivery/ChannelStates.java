package jp.hinomi.alerting.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether channels work: when each last took a message, and what it said when it did not. Thread-safe. */
public final class ChannelStates {
    private final JdbcClient jdbc;

    public ChannelStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param lastOk absent = it never took one
     * @param goneAt when the receiver said that the channel is no more; absent if it did not, or took a message since
     */
    public record State(
            String contact,
            String type,
            String address,
            Optional<Instant> lastOk,
            Optional<Instant> lastFailed,
            Optional<String> lastError,
            Optional<Instant> goneAt) {}

    public List<State> all() {
        return jdbc.sql("select * from channel_state order by contact_id, channel_type, address")
                .query((row, number) -> new State(
                        row.getString("contact_id"),
                        row.getString("channel_type"),
                        row.getString("address"),
                        Columns.optionalInstant(row, "last_ok_at"),
                        Columns.optionalInstant(row, "last_failed_at"),
                        Optional.ofNullable(row.getString("last_error")),
                        Columns.optionalInstant(row, "gone_at")))
                .list();
    }

    /** The same transport, keeping what comes of each attempt. */
    Transport watching(Transport transport, InstantSource clock) {
        return new Transport() {
            @Override
            public String channelType() {
                return transport.channelType();
            }

            @Override
            public int atATime() {
                return transport.atATime();
            }

            @Override
            public SendResult send(Leased message) {
                SendResult result = transport.send(message);
                keep(message, result, clock.instant());
                return result;
            }
        };
    }

    private void keep(Leased message, SendResult result, Instant now) {
        boolean fine = result instanceof SendResult.Sent;
        boolean gone = result instanceof SendResult.Refused refused && refused.gone();
        jdbc.sql("""
                insert into channel_state as known
                    (contact_id, channel_type, address, last_ok_at, last_failed_at, last_error, gone_at)
                values (:contact, :type, :address, :ok, :failed, :error, :gone)
                on conflict (contact_id, channel_type, address) do update set
                    last_ok_at = coalesce(excluded.last_ok_at, known.last_ok_at),
                    last_failed_at = coalesce(excluded.last_failed_at, known.last_failed_at),
                    last_error = case when excluded.last_ok_at is null then excluded.last_error end,
                    gone_at = case when excluded.last_ok_at is null then coalesce(known.gone_at, excluded.gone_at) end""")
                .param("contact", message.contactId())
                .param("type", message.channelType())
                .param("address", Columns.text(message.address()))
                .param("ok", fine ? Columns.time(now) : null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("failed", fine ? null : Columns.time(now), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("error", fine ? null : Columns.text(result.detail()), java.sql.Types.VARCHAR)
                .param("gone", gone ? Columns.time(now) : null, java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }
}
