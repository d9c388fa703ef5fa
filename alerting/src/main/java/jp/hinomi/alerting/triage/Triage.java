package jp.hinomi.alerting.triage;

import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.ack.Answer;
import jp.hinomi.alerting.ack.Answerer;
import jp.hinomi.alerting.ack.Outcome;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Columns;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes the steps of analysts, each in one transaction with its line in the audit log. Thread-safe. */
public final class Triage {
    private final JdbcClient jdbc;
    private final Alerts alerts;
    private final Acknowledgements acknowledgements;
    private final Incidents incidents;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    public Triage(
            JdbcClient jdbc,
            Alerts alerts,
            Acknowledgements acknowledgements,
            Incidents incidents,
            AuditLog audit,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.alerts = alerts;
        this.acknowledgements = acknowledgements;
        this.incidents = incidents;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** A verdict with who gave it; a later one stands beside it. */
    public record Given(Verdict verdict, String note, String account, Instant at) {}

    private record State(
            String status, boolean inProgress, Optional<String> assignee, Optional<String> verdict, int version) {}

    /**
     * @param seen the count of steps that the analyst saw; if there were others since, nothing is done. Absent: whatever there
     *     was. Acknowledging needs none: it takes nothing from anybody.
     */
    public Result take(String alertId, Step step, String note, OptionalInt seen, String account, Instant now) {
        return Objects.requireNonNull(
                transaction.execute(status -> apply(alertId, step, Columns.text(note.strip()), seen, account, now)));
    }

    private Result apply(String alertId, Step step, String note, OptionalInt seen, String account, Instant now) {
        Optional<State> found = lock(alertId);
        if (found.isEmpty()) {
            return Result.UNKNOWN;
        }
        State state = found.get();
        if (step instanceof Step.Acknowledge) {
            return acknowledge(alertId, note, account, now);
        }
        if (step instanceof Step.Attach attach) {
            return attach(alertId, attach, account, now);
        }
        if (seen.isPresent() && seen.getAsInt() != state.version()) {
            return Result.CHANGED;
        }
        if (step instanceof Step.Assign assign) {
            return assign(alertId, state, assign, note, account, now);
        } else if (step instanceof Step.Begin) {
            return begin(alertId, state, note, account, now);
        } else if (step instanceof Step.Judge judge) {
            return judge(alertId, state, judge.verdict(), note, account, now);
        }
        return reopen(alertId, state, note, account, now);
    }

    private Optional<State> lock(String alertId) {
        return jdbc.sql("""
                select status, in_progress, assignee, verdict, triage_version from alert
                where id = :id for no key update""")
                .param("id", alertId)
                .query((row, number) -> new State(
                        row.getString("status"),
                        row.getBoolean("in_progress"),
                        Optional.ofNullable(row.getString("assignee")),
                        Optional.ofNullable(row.getString("verdict")),
                        row.getInt("triage_version")))
                .optional();
    }

    private Result acknowledge(String alertId, String note, String account, Instant now) {
        // Who may take steps at all (SecurityConfiguration) is who may answer for the whole alert.
        Answerer analyst = Answerer.account("console", account, true);
        Outcome outcome = acknowledgements.answer(alertId, analyst, Answer.ACK, note, now);
        return outcome instanceof Outcome.Accepted ? Result.DONE : Result.NOTHING;
    }

    private Result attach(String alertId, Step.Attach attach, String account, Instant now) {
        String actor = "account:" + account;
        if (attach.incident().isEmpty()) {
            return incidents.open(alertId, Optional.empty(), actor, now).isPresent() ? Result.DONE : Result.UNKNOWN;
        }
        Optional<Incident> incident = incidents.find(attach.incident().get());
        if (incident.isEmpty()) {
            return Result.UNKNOWN;
        }
        return incidents.attach(incident.get(), alertId, actor, now) ? Result.DONE : Result.NOTHING;
    }

    private Result assign(String alertId, State state, Step.Assign assign, String note, String account, Instant now) {
        if (state.assignee().equals(assign.account())) {
            return Result.NOTHING;
        }
        set(alertId, assign.account(), state.inProgress(), state.verdict(), now);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("from", state.assignee().orElse(""));
        detail.put("to", assign.account().orElse(""));
        return done(alertId, "alert.assigned", detail, note, account, now);
    }

    private Result begin(String alertId, State state, String note, String account, Instant now) {
        if ("closed".equals(state.status())) {
            return Result.CHANGED;
        }
        if (state.inProgress()) {
            return Result.NOTHING;
        }
        if ("open".equals(state.status())) {
            acknowledge(alertId, note, account, now);
        }
        set(alertId, state.assignee().or(() -> Optional.of(account)), true, state.verdict(), now);
        return done(alertId, "alert.begun", new LinkedHashMap<>(), note, account, now);
    }

    private Result judge(String alertId, State state, Verdict verdict, String note, String account, Instant now) {
        boolean closed = "closed".equals(state.status());
        if (closed
                && note.isEmpty()
                && state.verdict().filter(verdict.word()::equals).isPresent()) {
            return Result.NOTHING;
        }
        jdbc.sql("""
                insert into alert_verdict (alert_id, verdict, note, account, at)
                values (:alert, :verdict, :note, :account, :now)""")
                .param("alert", alertId)
                .param("verdict", verdict.word())
                .param("note", note)
                .param("account", account)
                .param("now", Columns.time(now))
                .update();
        status(alertId, "closed");
        set(alertId, state.assignee(), false, Optional.of(verdict.word()), now);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("verdict", verdict.word());
        state.verdict().ifPresent(before -> detail.put("before", before));
        return done(alertId, closed ? "alert.judged-anew" : "alert.judged", detail, note, account, now);
    }

    /** Whoever reopens it works on it: nobody is told anew. */
    private Result reopen(String alertId, State state, String note, String account, Instant now) {
        if (!"closed".equals(state.status())) {
            return Result.NOTHING;
        }
        status(alertId, "acknowledged");
        set(alertId, Optional.of(account), true, state.verdict(), now);
        return done(alertId, "alert.reopened", new LinkedHashMap<>(), note, account, now);
    }

    private void status(String alertId, String status) {
        jdbc.sql("update alert set status = :status where id = :id")
                .param("status", status)
                .param("id", alertId)
                .update();
    }

    private void set(
            String alertId, Optional<String> assignee, boolean inProgress, Optional<String> verdict, Instant now) {
        jdbc.sql("""
                update alert set assignee = :assignee, in_progress = :progress, verdict = :verdict,
                    triage_version = triage_version + 1, updated_at = :now
                where id = :id""")
                .param("assignee", assignee.orElse(null), Types.VARCHAR)
                .param("progress", inProgress)
                .param("verdict", verdict.orElse(null), Types.VARCHAR)
                .param("now", Columns.time(now))
                .param("id", alertId)
                .update();
    }

    private Result done(
            String alertId, String action, Map<String, Object> detail, String note, String account, Instant now) {
        if (!note.isEmpty()) {
            detail.put("note", note);
        }
        audit.record(now, "account:" + account, action, "alert:" + alertId, detail);
        alerts.announce(alertId);
        return Result.DONE;
    }

    /** How the alert was judged, oldest first. */
    public List<Given> verdicts(String alertId) {
        return jdbc.sql("select verdict, note, account, at from alert_verdict where alert_id = :id order by id")
                .param("id", alertId)
                .query((row, number) -> new Given(
                        Verdict.ofWord(row.getString("verdict")).orElseThrow(),
                        row.getString("note"),
                        row.getString("account"),
                        Columns.instant(row, "at")))
                .list();
    }

    /** Names of accounts that an alert can be given to. */
    public List<String> accounts() {
        return jdbc.sql("""
                select name from account where not disabled and role in ('admin', 'analyst', 'csirt-lead')
                order by name""").query(String.class).list();
    }
}
