package jp.hinomi.alerting.incident.join;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jp.hinomi.alerting.alarm.Alarm;
import jp.hinomi.alerting.alarm.AlarmDesk;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.city.City;
import jp.hinomi.city.Responsibility;
import jp.hinomi.events.Alert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes alerts off the queue, some in a transaction, and makes them part of the incident that they belong to, or proposes it.
 * An alert that comes again, or is looked at by another instance, changes nothing; after a crash the transaction begins
 * again. Thread-safe.
 */
public final class Joins {
    private static final Logger LOG = LoggerFactory.getLogger(Joins.class);
    private static final int BATCH = 50;

    private final TransactionTemplate transaction;
    private final Incidents incidents;
    private final JoinRows rows;
    private final CityInForce city;
    private final AlarmDesk alarms;

    /** One at a time after something went wrong, so that what is wrong with one alert stops only that one. */
    private volatile int batch = BATCH;

    public Joins(
            JdbcClient jdbc, TransactionTemplate transaction, Incidents incidents, CityInForce city, AlarmDesk alarms) {
        this.transaction = transaction;
        this.incidents = incidents;
        this.rows = new JoinRows(jdbc);
        this.city = city;
        this.alarms = alarms;
    }

    /** False if there was nothing to do, or if another instance does it. */
    public boolean next(Instant now) {
        try {
            boolean worked = Boolean.TRUE.equals(transaction.execute(status -> take(now)));
            batch = BATCH;
            return worked;
        } catch (RuntimeException e) {
            if (batch > 1) {
                batch = 1;
                return true;
            }
            LOG.warn("an alert could not be joined to incidents: {}; others go first", e.toString());
            transaction.executeWithoutResult(status -> rows.failed(e.toString())
                    .ifPresent(alert -> alarms.raise(Alarm.setAside(alert, e.toString()), now)));
            return true;
        }
    }

    private boolean take(Instant now) {
        List<JoinRows.Due> due = rows.begin() ? rows.due(batch) : List.of();
        if (due.isEmpty()) {
            return false;
        }
        boolean live = rows.hasLiveIncidents();
        for (JoinRows.Due each : due) {
            List<Mention> mentions = Mentions.of(each.alert());
            rows.keep(each.alert(), mentions);
            if (live) {
                consider(each, mentions, now);
            }
        }
        incidents.followLabels(due.stream().map(each -> each.alert().id()).toList(), now);
        rows.done(due);
        return true;
    }

    private void consider(JoinRows.Due due, List<Mention> mentions, Instant now) {
        Alert alert = due.alert();
        if (rows.isAttached(alert.id())) {
            rows.attachedTo(alert.id()).forEach(incident -> suggestBefore(alert, mentions, incident, now));
            return;
        }
        List<Sighting> sightings = rows.sightings(alert, mentions);
        Set<Long> touched = JoinRows.incidents(sightings);
        if (touched.isEmpty()) {
            return;
        }
        Newcomer newcomer = new Newcomer(
                alert.id(),
                Instant.ofEpochMilli(alert.first()),
                Instant.ofEpochMilli(alert.last()),
                due.received(),
                alert.tlp(),
                parties(alert));
        for (Proposal each : Joining.decide(newcomer, sightings, rows.stories(touched, alert.id()))) {
            if (each.joins()) {
                Incident incident = incidents.byId(each.incident()).orElseThrow();
                incidents.attach(incident, alert.id(), Optional.of(JoinRows.json(each.links())), "system", now);
            } else {
                rows.suggest(alert.id(), each, now);
            }
        }
    }

    private void suggestBefore(Alert alert, List<Mention> mentions, long incident, Instant now) {
        Joining.before(
                        Instant.ofEpochMilli(alert.first()),
                        Instant.ofEpochMilli(alert.last()),
                        incident,
                        rows.sightings(alert, mentions))
                .forEach((other, links) ->
                        rows.suggest(other, new Proposal(incident, Proposal.Hold.EARLIER, links), now));
    }

    /** Who would get a part: whoever answers for what it hit, on the day of the alert. */
    private Set<String> parties(Alert alert) {
        City map = city.get();
        Set<String> parties = new TreeSet<>();
        parties.add(map.promoter().id());
        for (Alert.AffectedResource resource : alert.resources()) {
            map
                    .responsibilities(
                            resource.id(),
                            Instant.ofEpochMilli(alert.time())
                                    .atZone(map.zone())
                                    .toLocalDate())
                    .stream()
                    .map(Responsibility::stakeholder)
                    .forEach(parties::add);
        }
        return parties;
    }
}
