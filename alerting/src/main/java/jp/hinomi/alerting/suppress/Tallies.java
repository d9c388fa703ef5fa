package jp.hinomi.alerting.suppress;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Skew;
import jp.hinomi.alerting.store.Writes;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What recipients were sent lately; what is dated later than now by more than {@link Skew#MOST} was not. While many alerts are taken in one transaction, each answer is read once and then kept in
 * step with what that transaction adds: nobody else adds anything, because whoever decides about messages to a stakeholder
 * holds its lock. Thread-safe.
 */
public final class Tallies {
    private final JdbcClient jdbc;

    public Tallies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Messages to a stakeholder. */
    private static final class Storm {
        private int count;
        private int dead;
        private Optional<Severity> worst = Optional.empty();
        private final Set<String> rules = new HashSet<>();

        /** What it was before the alert that was asked about last. */
        private String alert = "";

        private int before;
        private Optional<Severity> worstBefore = Optional.empty();
        private Set<String> rulesBefore = Set.of();

        void add(String rule, Severity severity) {
            count++;
            rules.add(rule);
            worst = worst.filter(before -> before.compareTo(severity) >= 0).or(() -> Optional.of(severity));
        }

        StormGuard.Sent sent(String asked, String rule) {
            if (!asked.equals(alert)) {
                alert = asked;
                before = count;
                worstBefore = worst;
                rulesBefore = rules.contains(rule) ? Set.of(rule) : Set.of();
            }
            return new StormGuard.Sent(count, before, dead, worstBefore, rulesBefore.contains(rule));
        }
    }

    private record Phone(String contact, String type) {}

    /** What a transaction knows already. */
    private static final class Known {
        private final Set<String> locked = new HashSet<>();
        private final Map<String, Storm> storms = new HashMap<>();
        private final Map<Inbox, Integer> notices = new HashMap<>();
        private final Map<Inbox, Optional<GroupTimer.Last>> last = new HashMap<>();
        private final Map<Phone, Integer> phones = new HashMap<>();
    }

    private static Known known() {
        return Writes.note(Known.class, Known::new).orElseGet(Known::new);
    }

    /**
     * Until the transaction ends nobody else decides about messages to these stakeholders: two that count at the same moment
     * would both find room. In a fixed order, so that two that decide about several cannot wait for each other.
     */
    public void lock(Collection<String> stakeholders) {
        Set<String> wanted = new TreeSet<>(stakeholders);
        Set<String> locked = known().locked;
        wanted.removeAll(locked);
        if (!wanted.isEmpty()) {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(id, 3))"
                            + " from unnest(cast(:ids as text[])) as wanted (id)")
                    .param("ids", wanted.toArray(String[]::new))
                    .query((row, number) -> 0)
                    .list();
            locked.addAll(wanted);
        }
    }

    /**
     * Messages to the stakeholder since then, waiting digests included, but not those of the storm itself. Locks the
     * stakeholder.
     *
     * @param alert that is decided about
     * @param rule of the alert: whether something of it was told is asked, too
     * @param most no more are counted than this
     */
    StormGuard.Sent sent(String stakeholder, String alert, String rule, Instant since, int most, Instant now) {
        lock(List.of(stakeholder));
        Known known = known();
        if (!known.storms.containsKey(stakeholder)) {
            readSent(known, List.of(stakeholder), alert, since, most, now);
        }
        return known.storms.get(stakeholder).sent(alert, rule);
    }

    /** The same for many in one request. */
    void prepareSent(Collection<String> stakeholders, Instant since, int most, Instant now) {
        readSent(known(), stakeholders, "", since, most, now);
    }

    /** @param alert that is decided about, whose messages of this moment are of the same decision */
    private void readSent(
            Known known, Collection<String> stakeholders, String alert, Instant since, int most, Instant now) {
        jdbc.sql("""
                select who.id, counted.sent, counted.before, counted.dead, counted.worst, counted.worst_before,
                    counted.rules, counted.rules_before
                from unnest(cast(:ids as text[])) as who (id), lateral (
                    select count(*) filter (where state <> 'dead') as sent,
                        count(*) filter (where state = 'dead') as dead,
                        count(*) filter (where state <> 'dead' and earlier) as before,
                        max(severity) filter (where state <> 'dead') as worst,
                        max(severity) filter (where state <> 'dead' and earlier) as worst_before,
                        array_agg(distinct rule_id) filter (where state <> 'dead' and kind = 'notice') as rules,
                        array_agg(distinct rule_id) filter (where state <> 'dead' and kind = 'notice' and earlier)
                            as rules_before
                    from (
                        select state, kind, severity, rule_id,
                            alert_id is distinct from :alert or created_at <> :now as earlier
                        from delivery
                        where stakeholder_id = who.id and created_at > :since and created_at <= :latest and not ahead
                          and state in ('pending', 'sent', 'dead') and kind in ('notice', 'digest')
                          and not (kind = 'digest' and inbox = :storm)
                        order by created_at desc limit :most) latest) counted""")
                .param("ids", stakeholders.toArray(String[]::new))
                .param("alert", alert)
                .param("now", Columns.time(now))
                .param("since", Columns.time(since))
                .param("latest", Columns.time(Skew.latest(now)))
                .param("storm", Hold.inbox(Hold.Kind.STORM, ""))
                .param("most", most)
                .query((row, number) -> known.storms.put(row.getString("id"), storm(row, alert)))
                .list();
    }

    private static Storm storm(ResultSet row, String alert) throws SQLException {
        Storm storm = new Storm();
        storm.count = row.getInt("sent");
        storm.dead = row.getInt("dead");
        storm.worst = severity(row, "worst");
        storm.rules.addAll(rules(row, "rules"));
        storm.alert = alert;
        storm.before = row.getInt("before");
        storm.worstBefore = severity(row, "worst_before");
        storm.rulesBefore = rules(row, "rules_before");
        return storm;
    }

    private static Optional<Severity> severity(ResultSet row, String column) throws SQLException {
        int ordinal = row.getInt(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Severity.values()[ordinal]);
    }

    private static Set<String> rules(ResultSet row, String column) throws SQLException {
        Array rules = row.getArray(column);
        return rules == null ? Set.of() : Set.of((String[]) rules.getArray());
    }

    /** Notices of that inbox since then, sent or about to be. */
    public int notices(Inbox inbox, Instant since, Instant now) {
        Known known = known();
        if (!known.notices.containsKey(inbox)) {
            readNotices(known, List.of(inbox), since, now);
        }
        return known.notices.get(inbox);
    }

    /** The same for many in one request. */
    public void prepareNotices(Collection<Inbox> inboxes, Instant since, Instant now) {
        readNotices(known(), List.copyOf(inboxes), since, now);
    }

    private void readNotices(Known known, List<Inbox> inboxes, Instant since, Instant now) {
        unnested("""
                select n, (select count(*) from delivery
                    where contact_id = wanted.contact and inbox = wanted.inbox and channel_type = wanted.type
                      and address = wanted.address and kind = 'notice' and state in ('pending', 'sent', 'dead')
                      and created_at > :since and created_at <= :latest and not ahead) as notices
                from""", inboxes)
                .param("since", Columns.time(since))
                .param("latest", Columns.time(Skew.latest(now)))
                .query((row, number) -> known.notices.put(inboxes.get(row.getInt("n") - 1), row.getInt("notices")))
                .list();
    }

    /** The newest message of that inbox. */
    Optional<GroupTimer.Last> last(Inbox inbox, Instant now) {
        Known known = known();
        if (!known.last.containsKey(inbox)) {
            readLast(known, List.of(inbox), now);
        }
        return known.last.get(inbox);
    }

    /** The same for many in one request. */
    void prepareLast(Collection<Inbox> inboxes, Instant now) {
        readLast(known(), List.copyOf(inboxes), now);
    }

    private void readLast(Known known, List<Inbox> inboxes, Instant now) {
        inboxes.forEach(inbox -> known.last.put(inbox, Optional.empty()));
        unnested("""
                select n, newest.kind, newest.at
                from""", inboxes, """
                , lateral (select kind,
                        case when finished_at <= :latest then finished_at else created_at end as at
                    from delivery
                    where contact_id = wanted.contact and channel_type = wanted.type and address = wanted.address
                      and inbox = wanted.inbox and state in ('pending', 'sent', 'dead')
                      and (kind = 'notice' or message is not null) and created_at <= :latest and not ahead
                    order by created_at desc, id desc limit 1) newest""")
                .param("latest", Columns.time(Skew.latest(now)))
                .query((row, number) -> known.last.put(
                        inboxes.get(row.getInt("n") - 1),
                        Optional.of(new GroupTimer.Last(
                                Columns.instant(row, "at"), "digest".equals(row.getString("kind"))))))
                .list();
    }

    private JdbcClient.StatementSpec unnested(String before, List<Inbox> inboxes) {
        return unnested(before, inboxes, "");
    }

    private JdbcClient.StatementSpec unnested(String before, List<Inbox> inboxes, String after) {
        return jdbc.sql(before
                        + " unnest(cast(:contacts as text[]), cast(:types as text[]), cast(:addresses as text[]),"
                        + " cast(:inboxes as text[])) with ordinality as wanted (contact, type, address, inbox, n)"
                        + after)
                .param("contacts", inboxes.stream().map(Inbox::contact).toArray(String[]::new))
                .param("types", inboxes.stream().map(Inbox::type).toArray(String[]::new))
                .param("addresses", inboxes.stream().map(Inbox::address).toArray(String[]::new))
                .param(
                        "inboxes",
                        inboxes.stream()
                                .map(inbox -> Columns.text(inbox.name()))
                                .toArray(String[]::new));
    }

    /** Messages to the contact over that kind of phone, {@code sms} or {@code voice}, since then. */
    int phone(String contact, String type, Instant since, Instant now) {
        Known known = known();
        return known.phones.computeIfAbsent(
                new Phone(contact, type),
                phone -> jdbc.sql("""
                        select count(*) from delivery
                        where contact_id = :contact and channel_type = :type and channel_type in ('sms', 'voice')
                          and created_at > :since and created_at <= :latest and not ahead
                          and state in ('pending', 'sent', 'dead') and kind in ('notice', 'digest')""")
                        .param("contact", contact)
                        .param("type", type)
                        .param("since", Columns.time(since))
                        .param("latest", Columns.time(Skew.latest(now)))
                        .query(Integer.class)
                        .single());
    }

    /** A notice that is sent: from now on it counts. */
    public void addNotice(String stakeholder, Inbox inbox, String rule, Severity severity, Instant now) {
        Known known = known();
        Storm storm = known.storms.get(stakeholder);
        if (storm != null) {
            storm.add(rule, severity);
        }
        known.notices.computeIfPresent(inbox, (any, notices) -> notices + 1);
        known.last.computeIfPresent(inbox, (any, before) -> Optional.of(new GroupTimer.Last(now, false)));
        known.phones.computeIfPresent(new Phone(inbox.contact(), inbox.type()), (any, sent) -> sent + 1);
    }

    /** A digest that will be sent. */
    public void addDigest(String stakeholder, Inbox inbox) {
        Known known = known();
        Storm storm = known.storms.get(stakeholder);
        if (storm != null && Hold.kindOf(inbox.name()) != Hold.Kind.STORM) {
            storm.count++;
        }
        known.phones.computeIfPresent(new Phone(inbox.contact(), inbox.type()), (any, sent) -> sent + 1);
    }
}
