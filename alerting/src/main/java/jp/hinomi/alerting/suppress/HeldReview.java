package jp.hinomi.alerting.suppress;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.routing.Bilingual;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.Inhibition;
import jp.hinomi.city.Silence;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks again whether what holds notices back still does: an alert may be closed, a silence taken out of the city's files or
 * ended while a notice was being held. What is over is told at once. Every instance looks; what one has released another finds
 * released.
 */
public final class HeldReview {
    /** So many of what one silence holds stand for all of it. */
    private static final int SAMPLE = 100;

    private final JdbcClient jdbc;
    private final Silences silences;
    private final Releases releases;
    private final CityInForce city;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    /** What was found to hold, and on what grounds: while they are the same it is not asked again. */
    private Map<String, List<Object>> holding = Map.of();

    public HeldReview(
            JdbcClient jdbc,
            Silences silences,
            Releases releases,
            CityInForce city,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.silences = silences;
        this.releases = releases;
        this.city = city;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Waiting(String inbox, Instant until) {}

    /** Looks once. How many digests come earlier for it. */
    public synchronized int look() {
        Instant now = clock.instant();
        List<Waiting> all = jdbc.sql("""
                select rule_id, max(next_attempt_at) as until from delivery
                where kind = 'digest' and message is null and state = 'pending' and next_attempt_at > :now
                  and held_kind in ('silence', 'maintenance', 'inhibited')
                group by rule_id""")
                .param("now", Columns.time(now))
                .query((row, number) -> new Waiting(row.getString("rule_id"), Columns.instant(row, "until")))
                .list();
        if (all.isEmpty()) {
            holding = Map.of();
            return 0;
        }
        List<Silence> current = silences.current(now);
        Map<String, List<Object>> still = new HashMap<>();
        int earlier = 0;
        for (Waiting one : all) {
            earlier += Hold.kindOf(one.inbox()) == Hold.Kind.INHIBITED
                    ? inhibited(one, still, now)
                    : silenced(one, current, still, now);
        }
        holding = still;
        return earlier;
    }

    private int silenced(Waiting one, List<Silence> current, Map<String, List<Object>> still, Instant now) {
        String id = Hold.whatOf(one.inbox());
        Optional<Instant> lasts = current.stream()
                .filter(silence -> silence.id().equals(id))
                .flatMap(silence -> silence.activeUntil(now).stream())
                .findFirst();
        List<Object> grounds = List.of(current, one.until());
        if (lasts.filter(end -> !end.isBefore(one.until())).isPresent() || grounds.equals(holding.get(one.inbox()))) {
            still.put(one.inbox(), grounds);
            return 0;
        }
        // It is over, or a part of several windows in a row: what is held says.
        Instant until = held(one.inbox()).stream()
                .flatMap(labels -> Quiet.decide(current, labels, now).stream())
                .map(Hold::until)
                .max(Instant::compareTo)
                .orElse(now);
        if (!until.isBefore(one.until())) {
            still.put(one.inbox(), grounds);
            return 0;
        }
        return release(
                one,
                until,
                new Bilingual("保留の理由（" + id + "）が予定より早く終わりました。", "'" + id + "' ended before its time."),
                now);
    }

    private List<Map<String, Set<String>>> held(String inbox) {
        return jdbc.sql("""
                select distinct on (held.alert_id, held.contact_id) alert.body, held.stakeholder_id, held.contact_id
                from delivery held join alert on alert.id = held.alert_id
                where held.state = 'held' and held.inbox = :inbox
                order by held.alert_id, held.contact_id limit :most""")
                .param("inbox", inbox)
                .param("most", SAMPLE)
                .query((row, number) -> Labels.of(
                        alert(row.getString("body")), row.getString("stakeholder_id"), row.getString("contact_id")))
                .list();
    }

    private static Alert alert(String body) {
        return AlertJson.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private record Cause(String status, int revision, String body) {}

    private int inhibited(Waiting one, Map<String, List<Object>> still, Instant now) {
        String what = Hold.whatOf(one.inbox());
        int colon = what.indexOf(':');
        String inhibition = what.substring(0, Math.max(0, colon));
        String source = what.substring(colon + 1);
        Optional<Cause> found = jdbc.sql("select status, revision, body from alert where id = :id")
                .param("id", source)
                .query((row, number) ->
                        new Cause(row.getString("status"), row.getInt("revision"), row.getString("body")))
                .optional();
        List<Inhibition> plan = city.get().notification().inhibitions().stream()
                .filter(each -> each.id().equals(inhibition))
                .toList();
        if (found.isEmpty() || plan.isEmpty() || "closed".equals(found.get().status())) {
            return release(one, now, over(source), now);
        }
        List<Object> grounds = List.of(plan, found.get().revision(), one.until());
        if (grounds.equals(holding.get(one.inbox()))) {
            still.put(one.inbox(), grounds);
            return 0;
        }
        List<String> keys = Inhibitors.sources(plan, Labels.of(alert(found.get().body()))).stream()
                .map(each -> Columns.text(each.key()))
                .toList();
        if (keys.isEmpty()) {
            return release(one, now, over(source), now);
        }
        Instant until = jdbc.sql("""
                select max(until) from inhibitor where inhibition_id = :id and alert_id = :alert and key in (:keys)""")
                .param("id", inhibition)
                .param("alert", source)
                .param("keys", keys)
                .query((row, number) -> Columns.optionalInstant(row, "max"))
                .single()
                .orElse(now);
        if (!until.isBefore(one.until())) {
            still.put(one.inbox(), grounds);
            return 0;
        }
        return release(one, until, over(source), now);
    }

    private static Bilingual over(String source) {
        return new Bilingual(
                "原因とみなした警報（" + source + "）が終了または変更されたため、保留を解きました。",
                "The alert that it was taken for a consequence of (" + source + ") was closed or changed.");
    }

    private int release(Waiting one, Instant until, Bilingual why, Instant now) {
        Integer earlier = transaction.execute(
                status -> releases.tell(List.of(one.inbox()), until.isBefore(now) ? now : until, why, now));
        return earlier == null ? 0 : earlier;
    }
}
