package jp.hinomi.alerting.suppress;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Skew;
import jp.hinomi.alerting.store.Writes;
import jp.hinomi.city.Channel;
import jp.hinomi.city.Gateway;
import jp.hinomi.city.Grouping;
import jp.hinomi.city.Notification;
import jp.hinomi.city.Storm;
import jp.hinomi.events.Alert;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks in turn what may hold a notice back: a silence, an alert that it follows from, a storm, the limit of a telephone, its
 * group. What the questions need is read from the database in the transaction of the decision; the answers are plain functions.
 * Thread-safe.
 */
public final class Suppression {
    private final JdbcClient jdbc;
    private final Silences silences;
    private final Tallies tallies;
    private final CityInForce city;
    private final NamedEscalations escalationsOf = new NamedEscalations();

    public Suppression(JdbcClient jdbc, Silences silences, Tallies tallies, CityInForce city) {
        this.jdbc = jdbc;
        this.tallies = tallies;
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
            String key = Columns.text(source.key());
            Writes.note(Waiting.class, () -> new Waiting(new HashSet<>()))
                    .ifPresent(waiting ->
                            waiting.keys().add(List.of(source.inhibition().id(), key)));
            Writes.write(
                    jdbc,
                    Writes.Table.INHIBITOR,
                    """
                    insert into inhibitor (inhibition_id, key, alert_id, until)
                    select :id, :key, :alert, cast(:until as timestamptz)
                    on conflict (inhibition_id, key, alert_id) do update set until = excluded.until""",
                    new MapSqlParameterSource("id", source.inhibition().id())
                            .addValue("key", key)
                            .addValue("alert", alert.id())
                            .addValue(
                                    "until",
                                    Columns.time(now.plus(source.inhibition().lasts()))));
        }
    }

    /** Under what the alerts of this transaction hold others back: by inhibition and key. */
    private record Waiting(Set<List<String>> keys) {}

    /**
     * Many are going to be told: whoever is told is locked in a fixed order, and what counts is read in a few requests instead
     * of some for each.
     */
    public void prepare(Collection<String> stakeholders, Collection<Inbox> groups, Instant now) {
        tallies.lock(stakeholders);
        Storm storm = plan().storm();
        tallies.prepareSent(stakeholders, now.minus(storm.window()), StormGuard.most(storm), now);
        if (!groups.isEmpty()) {
            tallies.prepareLast(groups, now);
        }
    }

    /** What holds the notice back on every channel. */
    public Optional<Hold> notice(Alert alert, Recipient recipient, Cause cause, Instant now) {
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
        return storm(alert, recipient, cause, now);
    }

    private Optional<Inhibitors.Open> open(Inhibitors.Source target, String self, Instant now) {
        Writes.note(Waiting.class, () -> new Waiting(new HashSet<>()))
                .filter(waiting ->
                        waiting.keys().contains(List.of(target.inhibition().id(), Columns.text(target.key()))))
                .ifPresent(any -> Writes.flushCurrent());
        return jdbc.sql("""
                select alert.id, alert.title_ja, alert.title_en, inhibitor.until
                from inhibitor join alert on alert.id = inhibitor.alert_id
                where inhibition_id = :id and key = :key and until > :now and until <= :latest and alert.status <> 'closed' and alert.id <> :self
                order by until desc limit 1""")
                .param("id", target.inhibition().id())
                .param("key", Columns.text(target.key()))
                .param("now", Columns.time(now))
                .param(
                        "latest",
                        Columns.time(Skew.latest(now.plus(target.inhibition().lasts()))))
                .param("self", self)
                .query((row, number) -> new Inhibitors.Open(
                        row.getString("id"),
                        row.getString("title_ja"),
                        row.getString("title_en"),
                        Columns.instant(row, "until")))
                .optional();
    }

    private Optional<Hold> storm(Alert alert, Recipient recipient, Cause cause, Instant now) {
        Storm storm = plan().storm();
        StormGuard.Sent sent = tallies.sent(
                recipient.stakeholder().id(),
                alert.id(),
                Columns.text(alert.rule().id()),
                now.minus(storm.window()),
                StormGuard.most(storm),
                now);
        return StormGuard.decide(
                storm,
                sent,
                cause,
                cause instanceof Cause.Escalated && cameInADigest(alert.id()),
                reach(recipient),
                alert.severity(),
                now);
    }

    private static StormGuard.Reach reach(Recipient recipient) {
        int channels = recipient.contact().channels().size();
        int all = recipient.stakeholder().contacts().stream()
                .mapToInt(contact -> contact.channels().size())
                .sum();
        // A contact may stand for one that is not in the stakeholder's list any more.
        return new StormGuard.Reach(channels, Math.max(channels, all));
    }

    /** Whether somebody was told of it together with others of a storm. */
    private boolean cameInADigest(String alertId) {
        return jdbc.sql("""
                select exists (select 1 from delivery where alert_id = :alert and state = 'digested'
                    and held_kind = 'storm')""").param("alert", alertId).query(Boolean.class).single();
    }

    /** The group of a notice, if the city groups. */
    public Optional<String> group(Alert alert, Recipient recipient) {
        return grouping(recipient.stakeholder().id(), recipient.resources()).map(grouping -> {
            Map<String, Set<String>> labels = Labels.of(alert, recipient);
            // Unlike matchers, a group may lack a label: all that lack it are together.
            return grouping.by().stream()
                    .map(name -> Labels.key(List.of(name), labels).orElse(name + "=;"))
                    .collect(java.util.stream.Collectors.joining());
        });
    }

    /** How the city groups for that stakeholder what concerns those resources. */
    private Optional<Grouping> grouping(String stakeholder, Set<String> resources) {
        return plan().grouping()
                .map(grouping ->
                        grouping.of(stakeholder, grouping.asksForEscalations() ? escalations(resources) : Set.of()));
    }

    private Set<String> escalations(Set<String> resources) {
        Map<String, Set<String>> named = escalationsOf.of(city.get());
        return resources.stream()
                .flatMap(resource -> named.getOrDefault(resource, Set.of()).stream())
                .collect(java.util.stream.Collectors.toSet());
    }

    /** After how long it is told again; absent = never. */
    public Optional<Duration> repeatsAfter(String stakeholder, Set<String> resources) {
        return grouping(stakeholder, resources).flatMap(Grouping::repeat);
    }

    /** The notice is told then: if nobody answers, it is told again. @param group of {@link #group} */
    public void told(
            Alert alert, Recipient recipient, Channel channel, Optional<String> group, Instant at, Instant now) {
        Optional<Duration> again =
                group.flatMap(key -> repeatsAfter(recipient.stakeholder().id(), recipient.resources()));
        if (again.isEmpty()) {
            return;
        }
        Writes.write(
                jdbc,
                Writes.Table.REPETITION,
                """
                insert into repetition (alert_id, contact_id, channel_type, address, stakeholder_id, resources, inbox,
                    told_at, next_at, waits_since)
                select :alert, :contact, :type, :address, :stakeholder, :resources, :inbox, cast(:told as timestamptz),
                    cast(:next as timestamptz), cast(:now as timestamptz)
                on conflict (alert_id, contact_id, channel_type, address) do update set resources = excluded.resources,
                    inbox = excluded.inbox, told_at = excluded.told_at, next_at = excluded.next_at,
                    waits_since = excluded.waits_since""",
                new MapSqlParameterSource("alert", alert.id())
                        .addValue("contact", recipient.contact().id())
                        .addValue("type", channel.type())
                        .addValue("address", channel.address())
                        .addValue("stakeholder", recipient.stakeholder().id())
                        .addValue("resources", String.join(",", recipient.resources()))
                        .addValue("inbox", Columns.text(inboxOf(group.orElseThrow())))
                        .addValue("told", Columns.time(at))
                        .addValue("next", Columns.time(at.plus(again.get())))
                        .addValue("now", Columns.time(now)));
    }

    /** The silence or maintenance window that a notice of it would fall into now. */
    public Optional<Hold> silence(Alert alert, String stakeholder, String contact, Instant now) {
        return Quiet.decide(silences.current(now), Labels.of(alert, stakeholder, contact), now);
    }

    /** What holds it back on that channel alone. @param group of {@link #group} */
    public Optional<Hold> channel(
            Recipient recipient, Channel channel, Cause cause, Optional<String> group, Instant now) {
        if (channel instanceof Channel.Phone phone) {
            Gateway gateway = plan().gateways().get(phone.gateway());
            Optional<Hold> rate = gateway == null
                    ? Optional.empty()
                    : PhoneLimit.decide(
                            gateway,
                            tallies.phone(recipient.contact().id(), channel.type(), now.minus(gateway.window()), now),
                            now);
            if (rate.isPresent()) {
                return rate;
            }
        }
        return group.flatMap(key -> grouping(recipient.stakeholder().id(), recipient.resources())
                .flatMap(grouping -> GroupTimer.decide(
                        grouping,
                        key,
                        tallies.last(Inbox.of(recipient.contact().id(), channel, inboxOf(key)), now),
                        cause,
                        now)));
    }

    /** Where a notice of the group is filed. */
    public static String inboxOf(String group) {
        return Hold.inbox(Hold.Kind.GROUPED, group);
    }
}
