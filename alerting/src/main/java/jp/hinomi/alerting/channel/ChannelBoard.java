package jp.hinomi.alerting.channel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jp.hinomi.alerting.delivery.ChannelStates;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;
import jp.hinomi.city.City;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every channel of the city's files with what is known of it. Thread-safe. */
public final class ChannelBoard {
    private static final String TESTS = """
            select d.id, d.contact_id, d.channel_type, d.address, d.state, d.created_at, d.finished_at, d.attempts,
                a.latency_ms, a.detail
            from delivery d left join lateral (
                select latency_ms, detail from delivery_attempt where delivery_id = d.id order by number desc limit 1
            ) a on true
            """;

    private final JdbcClient jdbc;
    private final ChannelStates states;
    private final Supplier<City> city;

    public ChannelBoard(JdbcClient jdbc, ChannelStates states, Supplier<City> city) {
        this.jdbc = jdbc;
        this.states = states;
        this.city = city;
    }

    private record Key(String contact, String type, String address) {}

    private record Tested(Key channel, ChannelRow.Test test) {}

    /** In the order of the files. */
    public List<ChannelRow> all() {
        Map<Key, ChannelStates.State> known = new HashMap<>();
        states.all().forEach(state -> known.put(new Key(state.contact(), state.type(), state.address()), state));
        Map<Key, ChannelRow.Test> tests = new HashMap<>();
        jdbc.sql(TESTS + "where d.id in (select max(id) from delivery where kind = 'test'"
                        + " group by contact_id, channel_type, address)")
                .query((row, number) -> tested(row))
                .list()
                .forEach(tested -> tests.put(tested.channel(), tested.test()));
        List<ChannelRow> rows = new ArrayList<>();
        for (Stakeholder stakeholder : city.get().stakeholders().values()) {
            for (Contact contact : stakeholder.contacts()) {
                for (Channel channel : contact.channels()) {
                    Key key = new Key(contact.id(), channel.type(), channel.address());
                    rows.add(row(stakeholder, key, Optional.ofNullable(known.get(key)), tests.get(key)));
                }
            }
        }
        return rows;
    }

    private static ChannelRow row(
            Stakeholder stakeholder, Key key, Optional<ChannelStates.State> state, ChannelRow.Test test) {
        return new ChannelRow(
                stakeholder.id(),
                key.contact(),
                key.type(),
                key.address(),
                state.flatMap(ChannelStates.State::lastOk),
                state.flatMap(ChannelStates.State::lastFailed),
                state.flatMap(ChannelStates.State::lastError),
                state.flatMap(ChannelStates.State::goneAt),
                Optional.ofNullable(test));
    }

    /** One test, while it runs and afterwards. */
    public Optional<ChannelRow.Test> test(long id) {
        return jdbc.sql(TESTS + "where d.id = :id and d.kind = 'test'")
                .param("id", id)
                .query((row, number) -> tested(row).test())
                .optional();
    }

    private static Tested tested(ResultSet row) throws SQLException {
        long latency = row.getLong("latency_ms");
        Optional<Long> measured = row.wasNull() ? Optional.empty() : Optional.of(latency);
        return new Tested(
                new Key(row.getString("contact_id"), row.getString("channel_type"), row.getString("address")),
                new ChannelRow.Test(
                        row.getLong("id"),
                        row.getString("state"),
                        Columns.instant(row, "created_at"),
                        Columns.optionalInstant(row, "finished_at"),
                        row.getInt("attempts"),
                        measured,
                        Optional.ofNullable(row.getString("detail"))));
    }
}
