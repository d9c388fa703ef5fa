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
                return repeated().orElseGet(() -> new Outcome.Closed(keep(true)));
            }
            return switch (answer) {
                case ACK -> acknowledge();
                case NOT_OURS -> notOurs();
                case HELP -> help();
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
            boolean counts = "open".equals(alert.status());
            boolean renews = false;
            List<String> awaited = new ArrayList<>();
            Set<String> meanwhile = new LinkedHashSet<>();
            for (Escalations.Running each : running) {
                Ladder ladder = each.ladder();
                if ("acknowledged".equals(each.state())) {
                    if (each.nextAt().isPresent()) {
                        renews = true;
                        escalations.set(each.id(), "acknowledged", ladder.askAgainAt(now), now);
                    }
                    continue;
                }
                counts = true;
                List<Target> told = escalations.targets(each.id(), ladder.loop());
                Set<String> mine = mine(ladder, told);
                escalations.answer(each.id(), ladder.loop(), mine, Target.State.ACKNOWLEDGED, false, now);
                List<Target> after = escalations.targets(each.id(), ladder.loop());
                if (isAny(ladder) || Answers.suffice(ladder, after)) {
                    escalations.set(each.id(), "acknowledged", ladder.askAgainAt(now), now);
                    toldAfter(told).forEach(meanwhile::add);
                } else {
                    after.stream()
                            .filter(target -> target.state() == Target.State.WAITING)
                            .map(Target::contact)
                            .forEach(awaited::add);
                }
            }
            if (counts) {
                Given given = keep(false);
                if ("open".equals(alert.status())) {
                    status("acknowledged");
                }
                return new Outcome.Accepted(given, awaited.stream().distinct().toList(), List.copyOf(meanwhile));
            }
            if (renews) {
                return new Outcome.Accepted(keep(false), List.of(), List.of());
            }
            return repeated().orElseGet(() -> {
                Optional<Given> first = before.stream()
                        .filter(given -> given.answer() == Answer.ACK && !given.late())
                        .reduce((earlier, later) -> later);
                Given given = keep(first.isPresent());
                return first.<Outcome>map(taken -> new Outcome.Already(taken, given))
                        .orElseGet(() -> new Outcome.Accepted(given, List.of(), List.of()));
            });
        }

        /** Whether one answer, whosesoever, is enough for a step that was told. */
        private static boolean isAny(Ladder ladder) {
            return ladder.policy().steps().subList(0, ladder.step() + 1).stream()
                    .anyMatch(step -> step.ack() == AckMode.ANY);
        }

        /** The targets that this answer speaks for: the contact, and where one per organisation is enough its colleagues. */
        private Set<String> mine(Ladder ladder, List<Target> told) {
            // An account without an organisation of its own is the city's.
            String organisation =
                    answerer.stakeholder().orElse(city.get().promoter().id());
            return told.stream()
                    .filter(target -> answerer.contact()
                                    .filter(target.contact()::equals)
                                    .isPresent()
                            || ladder.policy().steps().get(target.step()).ack() == AckMode.PER_ORGANISATION
                                    && target.stakeholder().equals(organisation)
                                    && target.state() != Target.State.PASSED)
                    .map(Target::contact)
                    .collect(Collectors.toSet());
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
            String organisation =
                    answerer.stakeholder().orElse(city.get().promoter().id());
            if (organisation.equals(city.get().promoter().id())) {
                return new Outcome.NobodyElse(keep(true));
            }
            Optional<Given> taken = before.stream()
                    .filter(given -> given.answer() == Answer.ACK
                            && !given.late()
                            && !given.stakeholder().equals(answerer.stakeholder()))
                    .reduce((earlier, later) -> later);
            if ("acknowledged".equals(alert.status()) && taken.isPresent() && !isWaitedFor(organisation)) {
                return new Outcome.Already(taken.get(), keep(false));
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
            Given given = keep(false);
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
            Given given = keep(false);
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

        /** Writes the answer down. @param late it changes nothing */
        private Given keep(boolean late) {
            Given given = new Given(
                    answer,
                    answerer.via(),
                    answerer.name(),
                    answerer.contact(),
                    answerer.stakeholder(),
                    note,
                    late,
                    answerer.byAccount(),
                    now);
            jdbc.sql("""
                    insert into acknowledgement (alert_id, kind, via, actor, contact_id, stakeholder_id, note, late,
                        by_account, severity, at)
                    values (:alert, :kind, :via, :actor, :contact, :stakeholder, :note, :late, :by, :severity, :now)""")
                    .param("alert", alertId)
                    .param("kind", answer.word())
                    .param("via", given.via())
                    .param("actor", given.actor())
                    .param("contact", given.contact().orElse(null), Types.VARCHAR)
                    .param("stakeholder", given.stakeholder().orElse(null), Types.VARCHAR)
                    .param("note", note)
                    .param("late", late)
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
            String action = switch (answer) {
                case ACK -> "alert.acknowledged";
                case NOT_OURS -> "alert.refused";
                case HELP -> "alert.help-needed";
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
                    where alert_id = :alert and stakeholder_id is not null and not late
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
                Optional.ofNullable(row.getString("by_account")),
                Columns.instant(row, "at"));
    }
}
