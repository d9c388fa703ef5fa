package jp.hinomi.alerting.suppress;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Gateway;
import jp.hinomi.city.Notification;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks in turn what may hold a notice back: a silence, an alert that it follows from, a storm, the limit of a telephone, its
 * group. What the questions need is read from the database in the transaction of the decision; the answers are plain functions.
 * Thread-safe.
 */
public final class Suppression {
    private final JdbcClient jdbc;
    private final Silences silences;
    private final CityInForce city;

    public Suppression(JdbcClient jdbc, Silences silences, CityInForce city) {
        this.jdbc = jdbc;
        this.silences = silences;
        this.city = city;
    }

    private Notification plan() {
        return city.get().notification();
    }

    /** The alert is open: from now on it may hold others back. */
    public void opened(Alert alert, Instant now) {
        if (plan().inhibitions().isEmpty()) {
            return;
        }
        for (Inhibitors.Source source : Inhibitors.sources(plan().inhibitions(), Labels.of(alert))) {
            jdbc.sql("""
                    insert into inhibitor (inhibition_id, key, alert_id, until) values (:id, :key, :alert, :until)
                    on conflict (inhibition_id, key, alert_id) do update set until = excluded.until""")
                    .param("id", source.inhibition().id())
                    .param("key", Columns.text(source.key()))
                    .param("alert", alert.id())
                    .param("until", Columns.time(now.plus(source.inhibition().lasts())))
                    .update();
        }
    }

    /** What holds the notice back on every channel. */
    public Optional<Hold> notice(Alert alert, Recipient recipient, Instant now) {
        Map<String, Set<String>> labels = Labels.of(alert, recipient);
        Optional<Hold> quiet = Quiet.decide(silences.current(now), labels, now);
        if (quiet.isPresent()) {
            return quiet;
        }
        for (Inhibitors.Source target : Inhibitors.targets(plan().inhibitions(), labels)) {
            Optional<Hold> held = Inhibitors.decide(target, open(target, alert.id(), now));
            if (held.isPresent()) {
                return held;
            }
        }
        return storm(alert, recipient, now);
    }

    private Optional<Inhibitors.Open> open(Inhibitors.Source target, String self, Instant now) {
        return jdbc.sql("""
                select alert.id, alert.title_ja, alert.title_en, inhibitor.until
                from inhibitor join alert on alert.id = inhibitor.alert_id
                where inhibition_id = :id and key = :key and until > :now and alert.status = 'open' and alert.id <> :self
                order by until desc limit 1""")
                .param("id", target.inhibition().id())
                .param("key", Columns.text(target.key()))
                .param("now", Columns.time(now))
                .param("self", self)
                .query((row, number) -> new Inhibitors.Open(
                        row.getString("id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        Columns.instant(row, "until")))
                .optional();
    }

    private Optional<Hold> storm(Alert alert, Recipient recipient, Instant now) {
        // Two instances that count at the same moment would both find room.
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:who, 3))")
                .param("who", recipient.stakeholder().id())
                .query((row, number) -> 0)
                .single();
        return jdbc.sql("""
                select count(*) as n, max(alert.severity) as worst
                from delivery left join alert on alert.id = delivery.alert_id
                where delivery.stakeholder_id = :who and delivery.created_at > :since
                  and delivery.state in ('pending', 'sent', 'dead') and delivery.kind in ('notice', 'digest')
                  and not (delivery.kind = 'digest' and delivery.inbox = :storm)""")
                .param("who", recipient.stakeholder().id())
                .param("since", Columns.time(now.minus(plan().storm().window())))
                .param("storm", Hold.inbox(Hold.Kind.STORM, ""))
                .query((row, number) -> StormGuard.decide(
                        plan().storm(),
                        row.getInt("n"),
                        worst(row),
                        recipient.contact().channels().size(),
                        alert.severity(),
                        now))
                .single();
    }

    private static Optional<Severity> worst(ResultSet row) throws SQLException {
        int worst = row.getInt("worst");
        return row.wasNull() ? Optional.empty() : Optional.of(Severity.values()[worst]);
    }

    /** The group of a notice, if the city groups. */
    public Optional<String> group(Alert alert, Recipient recipient) {
        return plan().grouping().map(grouping -> {
            Map<String, Set<String>> labels = Labels.of(alert, recipient);
            // Unlike matchers, a group may lack a label: all that lack it are together.
            return grouping.by().stream()
                    .map(name -> Labels.key(List.of(name), labels).orElse(name + "=;"))
                    .collect(java.util.stream.Collectors.joining());
        });
    }

    /** What holds it back on that channel alone. @param group of {@link #group} */
    public Optional<Hold> channel(
            Recipient recipient, Channel channel, Cause cause, Optional<String> group, Instant now) {
        if (channel instanceof Channel.Phone phone) {
            Gateway gateway = plan().gateways().get(phone.gateway());
            Optional<Hold> rate = gateway == null
                    ? Optional.empty()
                    : PhoneLimit.decide(gateway, sent(recipient, channel, now.minus(gateway.window())), now);
            if (rate.isPresent()) {
                return rate;
            }
        }
        return group.flatMap(key ->
                GroupTimer.decide(plan().grouping().orElseThrow(), key, last(recipient, channel, key), cause, now));
    }

    private int sent(Recipient recipient, Channel channel, Instant since) {
        return jdbc.sql("""
                select count(*) from delivery
                where contact_id = :contact and channel_type = :type and created_at > :since
                  and state in ('pending', 'sent', 'dead') and kind in ('notice', 'digest')""")
                .param("contact", recipient.contact().id())
                .param("type", channel.type())
                .param("since", Columns.time(since))
                .query(Integer.class)
                .single();
    }

    private Optional<GroupTimer.Last> last(Recipient recipient, Channel channel, String group) {
        return jdbc.sql("""
                select kind, coalesce(finished_at, created_at) as at from delivery
                where contact_id = :contact and channel_type = :type and address = :address
                  and inbox = :inbox and state in ('pending', 'sent', 'dead') and (kind = 'notice' or message is not null)
                order by id desc limit 1""")
                .param("contact", recipient.contact().id())
                .param("type", channel.type())
                .param("address", channel.address())
                .param("inbox", Columns.text(Hold.inbox(Hold.Kind.GROUPED, group)))
                .query((row, number) ->
                        new GroupTimer.Last(Columns.instant(row, "at"), "digest".equals(row.getString("kind"))))
                .optional();
    }

    /** Where a notice of the group is filed. */
    public static String inboxOf(String group) {
        return Hold.inbox(Hold.Kind.GROUPED, group);
    }
}
