package jp.hinomi.alerting.ack;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.escalation.Answers;
import jp.hinomi.alerting.escalation.Ladder;
import jp.hinomi.alerting.escalation.Policy;
import jp.hinomi.alerting.escalation.Target;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.store.Escalations;
import jp.hinomi.city.AckMode;
import jp.hinomi.city.Contact;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Severity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes answers: somebody acts, is not responsible, or needs help. What follows from an answer is written down with it and
 * done by whoever runs escalations, so that none is lost. Thread-safe.
 */
public final class Acknowledgements {
    /** How long whoever is told in place of another has, where no escalation says. */
    private static final Duration LAST_RESORT = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Alerts alerts;
    private final Escalations escalations;
    private final AuditLog audit;
    private final CityInForce city;
    private final TransactionTemplate transaction;
    private final Runnable afterwards;

    /** @param afterwards called when escalations may have something to do */
    public Acknowledgements(
            JdbcClient jdbc,
            Alerts alerts,
            Escalations escalations,
            AuditLog audit,
            CityInForce city,
            TransactionTemplate transaction,
            Runnable afterwards) {
        this.jdbc = jdbc;
        this.alerts = alerts;
        this.escalations = escalations;
        this.audit = audit;
        this.city = city;
        this.transaction = transaction;
        this.afterwards = afterwards;
    }

    private record Row(String status, Severity severity) {}

    public Outcome answer(String alertId, Answerer answerer, Answer answer, String note, Instant now) {
        Outcome outcome = Objects.requireNonNull(transaction.execute(status -> {
            Optional<Row> row = lock(alertId);
            if (row.isEmpty()) {
                return new Outcome.Unknown();
            }
            Attempt attempt = new Attempt(alertId, row.get(), answerer, answer, Columns.text(note.strip()), now);
            return attempt.run();
        }));
        afterwards.run();
        return outcome;
    }

    private Optional<Row> lock(String alertId) {
        return jdbc.sql("select status, severity from alert where id = :id for no key update")
                .param("id", alertId)
                .query((row, number) -> new Row(row.getString("status"), Severity.values()[row.getInt("severity")]))
                .optional();
    }

    /** One answer, in its transaction. */
    private final class Attempt {
        private final String alertId;
        private final Row alert;
        private final Answerer answerer;
        private final Answer answer;
        private final String note;
        private final Instant now;
        private final List<Given> before;
        private final List<Escalations.Running> running;

        Attempt(String alertId, Row alert, Answerer answerer, Answer answer, String note, Instant now) {
            this.alertId = alertId;
            this.alert = alert;
            this.answerer = answerer;
            this.answer = answer;
            this.note = note;
            this.now = now;
            this.before = of(alertId);
            this.running = escalations.lockOf(alertId);
        }

        Outcome run() {
            if ("closed".equals(alert.status())) {
                return repeated().orElseGet(() -> new Outcome.Closed(keep(true, false)));
            }
            return switch (answer) {
                case ACK -> acknowledge();
                case NOT_OURS -> notOurs();
                case HELP -> help();
                case TAKE_OVER -> takeOver();
            };
        }

        /** The same answer of the same, given before; with another note it is none. */
        private Optional<Outcome> repeated() {
            return before.stream()
                    .filter(given -> given.answer() == answer && answerer.gave(given))
                    .filter(given -> note.isEmpty() || note.equals(given.note()))
                    .reduce((earlier, later) -> later)
                    .map(Outcome.Repeated::new);
        }

        private Outcome acknowledge() {
            boolean unanswered = false;
            boolean counts = false;
            boolean renews = false;
            boolean disowned = false;
            Set<String> awaited = new LinkedHashSet<>();
            Set<String> meanwhile = new LinkedHashSet<>();
            for (Escalations.Running each : running) {
                Ladder ladder = each.ladder();
                List<Target> told = escalations.targets(each.id(), ladder.loop());
                Set<String> mine = Answers.spokenFor(ladder, told, answerer.contact(), organisation(), duties(told));
                boolean asked = !mine.isEmpty() || wasAskedBefore(each);
                if ("acknowledged".equals(each.state())) {
                    if (each.nextAt().isPresent() && (asked || isPromoter())) {
                        renews = true;
                        escalations.set(each.id(), "acknowledged", ladder.askAgainAt(now), now);
                    }
                    continue;
                }
                unanswered = true;
                // Where nobody answered the promoter was alarmed: it answers for what nobody else does.
                boolean ends = "exhausted".equals(each.state()) && isPromoter();
                if (!asked && !ends) {
                    awaited.addAll(waiting(told));
                    continue;
                }
                counts = true;
                escalations.answer(each.id(), ladder.loop(), mine, Target.State.ACKNOWLEDGED, false, now);
                List<Target> after = escalations.targets(each.id(), ladder.loop());
                if (ends || mine.isEmpty() || Answers.suffice(ladder, after)) {
                    escalations.set(each.id(), "acknowledged", ladder.askAgainAt(now), now);
                    meanwhile.addAll(toldAfter(told));
                } else {
                    disowned |= after.stream().anyMatch(target -> target.state() == Target.State.ORPHANED);
                    awaited.addAll(waiting(after));
                    escalations.waitAnew(each.id(), now);
                }
            }
            if (counts || !unanswered && "open".equals(alert.status())) {
                Given given = keep(false, false);
                // What nobody answers for stays open, whoever acts on the rest.
                if ("open".equals(alert.status()) && !disowned) {
                    status("acknowledged");
                }
                return new Outcome.Accepted(given, List.copyOf(awaited), List.copyOf(meanwhile));
            }
            if (renews) {
                return new Outcome.Accepted(keep(false, false), List.copyOf(awaited), List.of());
            }
            Optional<Given> first = lastThatTook();
            if (unanswered && (first.isEmpty() || "open".equals(alert.status()))) {
                return repeated().orElseGet(() -> new Outcome.Noted(keep(false, true), List.copyOf(awaited)));
            }
            return repeated().orElseGet(() -> {
                Given given = keep(first.isPresent(), false);
                return first.<Outcome>map(taken -> new Outcome.Already(taken, given))
                        .orElseGet(() -> new Outcome.Accepted(given, List.of(), List.of()));
            });
        }

        /** Ends everything that asks: somebody of the city says so, by name. */
        private Outcome takeOver() {
            if (!answerer.mayTakeOver()) {
                return new Outcome.NotAllowed();
            }
            boolean ends = "open".equals(alert.status());
            for (Escalations.Running each : running) {
                if (!"acknowledged".equals(each.state())) {
                    ends = true;
                }
                if (!"acknowledged".equals(each.state()) || each.nextAt().isPresent()) {
                    escalations.set(each.id(), "acknowledged", each.ladder().askAgainAt(now), now);
                }
            }
            if (!ends) {
                Optional<Outcome> same = repeated();
                if (same.isPresent()) {
                    return same.get();
                }
            }
            Given given = keep(false, false);
            status("acknowledged");
            return new Outcome.Accepted(given, List.of(), List.of());
        }

        private static List<String> waiting(List<Target> told) {
            return told.stream()
                    .filter(target -> target.state() == Target.State.WAITING)
                    .map(Target::contact)
                    .toList();
        }

        /** For whom the answer is given: an account without an organisation of its own is the city's. */
        private String organisation() {
            return answerer.stakeholder().orElse(city.get().promoter().id());
        }

        private boolean isPromoter() {
            return organisation().equals(city.get().promoter().id());
        }

        /** The schedules by which others were told, and whoever answers is on duty in now. */
        private Set<String> duties(List<Target> told) {
            return told.stream()
                    .flatMap(target -> target.via().stream())
                    .filter(id -> Optional.ofNullable(city.get().schedules().get(id))
                            .filter(schedule -> answerer.contact()
                                    .filter(schedule.contacts(now)::contains)
                                    .isPresent())
                            .isPresent())
                    .collect(Collectors.toSet());
        }

        /** Whether a step of an earlier round asked whoever answers, where one answer is enough. */
        private boolean wasAskedBefore(Escalations.Running each) {
            Ladder ladder = each.ladder();
            for (int loop = 0; loop < ladder.loop(); loop++) {
                List<Target> told = escalations.targets(each.id(), loop).stream()
                        .filter(target ->
                                ladder.policy().steps().get(target.step()).ack() == AckMode.ANY)
                        .toList();
                if (!Answers.spokenFor(ladder, told, answerer.contact(), organisation(), duties(told))
                        .isEmpty()) {
                    return true;
                }
            }
            return false;
        }

        private Optional<Given> lastThatTook() {
            return before.stream().filter(Given::takes).reduce((earlier, later) -> later);
        }

        private List<String> toldAfter(List<Target> told) {
            int mine = told.stream()
                    .filter(target ->
                            answerer.contact().filter(target.contact()::equals).isPresent())
                    .mapToInt(Target::step)
                    .max()
                    .orElse(Integer.MAX_VALUE);
            return told.stream()
                    .filter(target -> target.step() > mine && target.state() != Target.State.PASSED)
                    .map(Target::contact)
                    .toList();
        }

        private Outcome notOurs() {
            Optional<Outcome> same = repeated();
            if (same.isPresent()
                    && refusedBy(alertId).contains(answerer.stakeholder().orElse(""))) {
                return same.get();
            }
            String organisation = organisation();
            if (isPromoter()) {
                return new Outcome.NobodyElse(keep(true, false));
            }
            Optional<Given> taken = before.stream()
                    .filter(given -> given.takes() && !given.stakeholder().equals(answerer.stakeholder()))
                    .reduce((earlier, later) -> later);
            if ("acknowledged".equals(alert.status()) && taken.isPresent() && !isWaitedFor(organisation)) {
                return new Outcome.Already(taken.get(), keep(false, false));
            }
            int concerned = 0;
            for (Escalations.Running each : running) {
                int loop = each.ladder().loop();
                Set<String> mine = escalations.targets(each.id(), loop).stream()
                        .filter(target ->
                                target.stakeholder().equals(organisation) && target.state() != Target.State.PASSED)
                        .map(Target::contact)
                        .collect(Collectors.toSet());
                if (escalations.answer(each.id(), loop, mine, Target.State.NOT_OURS, true, now) > 0) {
                    concerned++;
                    escalations.set(each.id(), "running", Optional.of(now), now);
                }
            }
            if (concerned == 0) {
                lastResort(Target.State.NOT_OURS);
            }
            Given given = keep(false, false);
            status("open");
            return new Outcome.PassedOn(given);
        }

        /** Whether an escalation that runs still wants an answer of that organisation, whoever else has given one. */
        private boolean isWaitedFor(String organisation) {
            return running.stream()
                    .filter(Escalations.Running::isRunning)
                    .flatMap(
                            each -> escalations.targets(each.id(), each.ladder().loop()).stream())
                    .anyMatch(target -> target.state() == Target.State.WAITING
                            && target.stakeholder().equals(organisation));
        }

        private Outcome help() {
            List<Escalations.Running> asked = new ArrayList<>();
            boolean waitsForHelp = false;
            for (Escalations.Running each : running) {
                int loop = each.ladder().loop();
                List<Target> told = escalations.targets(each.id(), loop);
                Optional<Target> mine = told.stream()
                        .filter(target -> target.contact().equals(answerer.name()))
                        .reduce((earlier, later) -> later);
                if (mine.isPresent()) {
                    waitsForHelp |= mine.get().state() == Target.State.HELP;
                    asked.add(each);
                }
            }
            if (waitsForHelp && repeated().isPresent()) {
                return repeated().get();
            }
            if (asked.isEmpty()) {
                asked.addAll(running);
            }
            for (Escalations.Running each : asked) {
                Ladder ladder = each.ladder();
                int told = escalations.answer(
                        each.id(), ladder.loop(), Set.of(answerer.name()), Target.State.HELP, true, now);
                if (told == 0) {
                    escalations.addTarget(each.id(), ladder.loop(), target(ladder.step(), Target.State.HELP));
                    escalations.answer(each.id(), ladder.loop(), Set.of(answerer.name()), Target.State.HELP, true, now);
                }
                escalations.set(each.id(), "running", Optional.of(now), now);
            }
            if (asked.isEmpty()) {
                lastResort(Target.State.HELP);
            }
            Given given = keep(false, false);
            status("open");
            return new Outcome.HelpComes(given);
        }

        /** No escalation is entered for what they answer for: the promoter comes after them. */
        private void lastResort(Target.State state) {
            List<Policy.Step> steps = new ArrayList<>();
            steps.add(new Policy.Step(answerer.name(), Optional.of(LAST_RESORT)));
            Stakeholder promoter = city.get().promoter();
            List<String> others = promoter.contacts().stream()
                    .filter(contact -> !contact.channels().isEmpty())
                    .map(Contact::id)
                    .filter(contact -> !contact.equals(answerer.name()))
                    .toList();
            others.stream().limit(1).forEach(contact -> steps.add(new Policy.Step(contact, Optional.empty())));
            Ladder ladder = Ladder.start(new Policy(Policy.LAST_RESORT, steps));
            escalations
                    .start(alertId, ladder, alert.severity(), Optional.of(now), now)
                    .ifPresent(id -> {
                        escalations.addTarget(id, 0, target(0, state));
                        escalations.answer(id, 0, Set.of(answerer.name()), state, true, now);
                    });
        }

        private Target target(int step, Target.State state) {
            return new Target(
                    step,
                    answerer.name(),
                    answerer.stakeholder().orElse(city.get().promoter().id()),
                    Optional.empty(),
                    state,
                    Optional.empty(),
                    now,
                    Optional.empty(),
                    Optional.of(now));
        }

        private void status(String status) {
            jdbc.sql("update alert set status = :status, updated_at = :now where id = :id")
                    .param("status", status)
                    .param("now", Columns.time(now))
                    .param("id", alertId)
                    .update();
            alerts.announce(alertId);
        }

        /**
         * Writes the answer down.
         *
         * @param late it changes nothing any more
         * @param noted it is nobody's who was asked
         */
        private Given keep(boolean late, boolean noted) {
            Given given = new Given(
                    answer,
                    answerer.via(),
                    answerer.name(),
                    answerer.contact(),
                    answerer.stakeholder(),
                    note,
                    late,
                    noted,
                    answerer.byAccount(),
                    now);
            jdbc.sql("""
                    insert into acknowledgement (alert_id, kind, via, actor, contact_id, stakeholder_id, note, late,
                        noted, by_account, severity, at)
                    values (:alert, :kind, :via, :actor, :contact, :stakeholder, :note, :late, :noted, :by, :severity,
                        :now)""")
                    .param("alert", alertId)
                    .param("kind", answer.word())
                    .param("via", given.via())
                    .param("actor", given.actor())
                    .param("contact", given.contact().orElse(null), Types.VARCHAR)
                    .param("stakeholder", given.stakeholder().orElse(null), Types.VARCHAR)
                    .param("note", note)
                    .param("late", late)
                    .param("noted", noted)
                    .param("by", given.byAccount().orElse(null), Types.VARCHAR)
                    .param("severity", alert.severity().ordinal())
                    .param("now", Columns.time(now))
                    .update();
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("via", given.via());
            detail.put("note", note);
            if (given.byAccount().isPresent()) {
                detail.put("contact", given.actor());
            }
            if (late) {
                detail.put("late", true);
            }
            if (noted) {
                detail.put("noted", true);
            }
            String action = switch (answer) {
                case ACK -> "alert.acknowledged";
                case NOT_OURS -> "alert.refused";
                case HELP -> "alert.help-needed";
                case TAKE_OVER -> "alert.taken-over";
            };
            audit.record(now, answerer.actor(), action, "alert:" + alertId, detail);
            alerts.announce(alertId);
            return given;
        }
    }

    /** Ids of the organisations whose last answer was that it is not theirs. */
    public Set<String> refusedBy(String alertId) {
        return Set.copyOf(
                jdbc.sql("""
                select stakeholder_id from (
                    select distinct on (stakeholder_id) stakeholder_id, kind from acknowledgement
                    where alert_id = :alert and stakeholder_id is not null and not late and not noted
                    order by stakeholder_id, id desc) last
                where kind = 'not-ours'""").param("alert", alertId).query(String.class).list());
    }

    /** Oldest first. */
    public List<Given> of(String alertId) {
        return jdbc.sql("select * from acknowledgement where alert_id = :alert order by id")
                .param("alert", alertId)
                .query((row, number) -> given(row))
                .list();
    }

    private static Given given(ResultSet row) throws SQLException {
        return new Given(
                Answer.ofWord(row.getString("kind")).orElseThrow(),
                row.getString("via"),
                row.getString("actor"),
                Optional.ofNullable(row.getString("contact_id")),
                Optional.ofNullable(row.getString("stakeholder_id")),
                row.getString("note"),
                row.getBoolean("late"),
                row.getBoolean("noted"),
                Optional.ofNullable(row.getString("by_account")),
                Columns.instant(row, "at"));
    }
}
