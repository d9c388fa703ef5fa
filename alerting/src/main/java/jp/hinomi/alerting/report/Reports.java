package jp.hinomi.alerting.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.Timeline;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.city.report.Stage;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Drafts, edits, submits, corrects and withdraws reports, and records who did. Thread-safe. */
public final class Reports {
    private final JdbcClient jdbc;
    private final ReportRows rows;
    private final BasisRows basis;
    private final ReportDocuments documents;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Incidents incidents;
    private final Timeline timeline;
    private final FactQueries facts;
    private final Filler filler;
    private final Texts texts;
    private final CityInForce city;

    public Reports(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            AuditLog audit,
            Incidents incidents,
            Timeline timeline,
            FactQueries facts,
            Filler filler,
            Texts texts,
            CityInForce city) {
        this.jdbc = jdbc;
        this.rows = new ReportRows(jdbc);
        this.basis = new BasisRows(jdbc);
        this.documents = new ReportDocuments(rows, incidents, city);
        this.transaction = transaction;
        this.audit = audit;
        this.incidents = incidents;
        this.timeline = timeline;
        this.facts = facts;
        this.filler = filler;
        this.texts = texts;
        this.city = city;
    }

    /**
     * Begins a report, filled in; the one that is under way if there is one.
     *
     * @param recipient see {@link Recipient#of}
     * @throws Refused if there is no such form, stage or recipient
     */
    public Report draft(Incident incident, String formId, Stage stage, String recipient, String actor, Instant now) {
        ReportForm form = Optional.ofNullable(city.get().reportForms().get(formId))
                .orElseThrow(() -> new Refused(
                        ReportReason.NO_FORM,
                        formId,
                        String.join(", ", city.get().reportForms().keySet())));
        if (form.stage(stage).isEmpty()) {
            throw new Refused(ReportReason.NO_STAGE, stage.word());
        }
        Recipient to = Recipient.of(city.get(), form, recipient);
        incidents.refresh(incident, now);
        return Objects.requireNonNull(transaction.execute(status -> {
            rows.lock(incident);
            return rows.open(incident, form.id(), to.id()).orElseGet(() -> {
                Optional<Report> last = rows.lastSubmitted(incident, form.id(), to.id());
                return begin(incident, form, to, stage, last, Optional.empty(), actor, now);
            });
        }));
    }

    /**
     * Begins the report that takes the place of this one.
     *
     * @throws Refused if it is not the last that was submitted, or another is under way
     */
    public Report correct(Report wrong, String actor, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Incident incident = incidents.byId(wrong.incident()).orElseThrow();
            rows.lock(incident);
            Optional<Report> last = rows.lastSubmitted(incident, wrong.form().id(), wrong.recipient());
            if (last.isEmpty() || last.get().id() != wrong.id()) {
                throw new Refused(ReportReason.NOT_THE_LAST);
            }
            if (rows.open(incident, wrong.form().id(), wrong.recipient()).isPresent()) {
                throw new Refused(ReportReason.UNDER_WAY);
            }
            ReportForm form = city.get().reportForms().getOrDefault(wrong.form().id(), wrong.form());
            Recipient to = Recipient.of(city.get(), form, wrong.recipient());
            return begin(incident, form, to, wrong.stage(), last, Optional.of(wrong.id()), actor, now);
        }));
    }

    private Report begin(
            Incident incident,
            ReportForm form,
            Recipient to,
            Stage stage,
            Optional<Report> last,
            Optional<Long> corrects,
            String actor,
            Instant now) {
        Filler.Filled made = filler.fill(form, to, facts.of(incident), to.language());
        Map<String, String> filled = made.fields();
        Map<String, String> fields = last.map(
                        before -> ReportFields.next(form, before.fields(), before.filled(), filled))
                .orElse(filled);
        long id = jdbc.sql("""
                insert into report (incident_id, form_id, form, recipient_kind, recipient, language, stage, state, revision,
                    fields, prefilled, basis, diff_from, corrects, created_by, created_at, updated_at)
                values (:incident, :formId, cast(:form as json), :kind, :recipient, :language, :stage, 'draft', 1,
                    cast(:fields as json), cast(:filled as json), cast(:basis as json), :last, :corrects, :actor, :now, :now)
                returning id""")
                .param("incident", incident.id())
                .param("formId", form.id())
                .param("form", FormJson.write(form))
                .param("kind", form.recipient().kind().word())
                .param("recipient", Columns.text(to.id()))
                .param("language", to.language())
                .param("stage", stage.word())
                .param("fields", Columns.json(fields))
                .param("filled", Columns.json(filled))
                .param("basis", Columns.json(made.basis()))
                .param("last", last.map(Report::id).orElse(null), java.sql.Types.BIGINT)
                .param("corrects", corrects.orElse(null), java.sql.Types.BIGINT)
                .param("actor", actor)
                .param("now", Columns.time(now))
                .query(Long.class)
                .single();
        audit.record(now, actor, "report.drafted", "report:" + id, about(incident, form, to.id(), stage));
        return rows.find(id).orElseThrow();
    }

    private static Map<String, Object> about(Incident incident, ReportForm form, String recipient, Stage stage) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("incident", incident.number());
        about.put("form", form.id());
        about.put("stage", stage.word());
        about.put("recipient", recipient);
        return about;
    }

    /** What became of an edit or a submission. */
    public sealed interface Outcome {
        record Done(Report report) implements Outcome {}

        /** Somebody else has changed it meanwhile: nothing was written. */
        record Overtaken(Report now) implements Outcome {}

        /** It is no draft any more. */
        record Frozen(Report now) implements Outcome {}

        /** It was filled in of what its recipient may not see any more. */
        record Restricted(Report now, CaseworkRefusal why) implements Outcome {}
    }

    /**
     * Writes over the fields given, if nobody else has since {@code revision}.
     *
     * @throws Refused if a field is unknown or too long
     */
    public Outcome edit(
            Report draft, int revision, Map<String, String> written, Stage stage, String actor, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Report before = rows.lock(draft.id());
            Optional<Outcome> refused = refuse(before, revision);
            if (refused.isPresent()) {
                return refused.get();
            }
            if (before.form().stage(stage).isEmpty()) {
                throw new Refused(ReportReason.NO_STAGE, stage.word());
            }
            Map<String, String> after = ReportFields.edit(before.form(), before.fields(), written);
            List<String> changed = after.keySet().stream()
                    .filter(id -> !after.get(id).equals(before.fields().getOrDefault(id, "")))
                    .toList();
            if (changed.isEmpty() && stage == before.stage()) {
                return new Outcome.Done(before);
            }
            jdbc.sql("""
                    update report set fields = cast(:fields as json), stage = :stage, revision = revision + 1,
                        updated_at = :now where id = :id""")
                    .param("fields", Columns.json(after))
                    .param("stage", stage.word())
                    .param("now", Columns.time(now))
                    .param("id", before.id())
                    .update();
            audit.record(
                    now, actor, "report.edited", before.object(), Map.of("fields", changed, "stage", stage.word()));
            return new Outcome.Done(rows.find(before.id()).orElseThrow());
        }));
    }

    /**
     * Fills in anew what nobody wrote over, of what the recipient may see now: after something became more restricted, or more
     * is known.
     */
    public Outcome refill(Report draft, int revision, String actor, Instant now) {
        Incident known = incidents.byId(draft.incident()).orElseThrow();
        incidents.refresh(known, now);
        return Objects.requireNonNull(transaction.execute(status -> {
            Incident incident = incidents.lock(known.id());
            Report before = rows.lock(draft.id());
            Optional<Outcome> refused = refuse(before, revision);
            if (refused.isPresent()) {
                return refused.get();
            }
            Recipient to = Recipient.of(city.get(), before.form(), before.recipient());
            Filler.Filled made = filler.fill(before.form(), to, facts.of(incident), before.language());
            Map<String, String> after =
                    ReportFields.next(before.form(), before.fields(), before.filled(), made.fields());
            jdbc.sql("""
                    update report set fields = cast(:fields as json), prefilled = cast(:filled as json),
                        basis = cast(:basis as json), revision = revision + 1, updated_at = :now where id = :id""")
                    .param("fields", Columns.json(after))
                    .param("filled", Columns.json(made.fields()))
                    .param("basis", Columns.json(made.basis()))
                    .param("now", Columns.time(now))
                    .param("id", before.id())
                    .update();
            List<String> changed = after.keySet().stream()
                    .filter(id -> !after.get(id).equals(before.fields().getOrDefault(id, "")))
                    .toList();
            audit.record(now, actor, "report.refilled", before.object(), Map.of("fields", changed));
            return new Outcome.Done(rows.find(before.id()).orElseThrow());
        }));
    }

    /** Why it may not go to its recipient as it is: something of what it was filled in of is above what that one may see. */
    private Optional<CaseworkRefusal> restricted(Incident incident, Report report) {
        Recipient to = Recipient.of(city.get(), report.form(), report.recipient());
        Tlp clearance = to.clearance(report.form());
        List<String> above = basis.above(incident, report, clearance);
        return above.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaseworkRefusal(
                        CaseworkRefusal.Why.REPORT_RESTRICTED, to.id(), clearance.word(), String.join(", ", above)));
    }

    /**
     * Why a report that is finished may not be shown to whom it is for now: what it was made of is above what that one may see, or
     * does not concern it any more. Absent if nothing is in the way.
     */
    public Optional<CaseworkRefusal> withheld(Report report) {
        Incident incident = incidents.byId(report.incident()).orElseThrow();
        Recipient to = Recipient.of(city.get(), report.form(), report.recipient());
        Tlp clearance = to.clearance(report.form());
        List<String> above = basis.above(incident, report, clearance);
        if (!above.isEmpty()) {
            return Optional.of(new CaseworkRefusal(
                    CaseworkRefusal.Why.REPORT_WITHHELD, to.id(), clearance.word(), String.join(", ", above)));
        }
        Facts whole = facts.of(incident);
        Set<String> seen = filler.seen(report.form(), to, whole).alerts().stream()
                .map(Facts.AlertFact::id)
                .collect(Collectors.toSet());
        Set<String> parts = whole.alerts().stream().map(Facts.AlertFact::id).collect(Collectors.toSet());
        List<String> others = basis.alerts(report).stream()
                .filter(id -> parts.contains(id) && !seen.contains(id))
                .toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaseworkRefusal(
                        CaseworkRefusal.Why.REPORT_UNCONCERNED, to.id(), String.join(", ", others)));
    }

    /** Whether something that it was made of has become more restricted than whom it is for may see. */
    public boolean isAboveClearance(Report report) {
        Incident incident = incidents.byId(report.incident()).orElseThrow();
        Recipient to = Recipient.of(city.get(), report.form(), report.recipient());
        return !basis.knownAbove(incident, report, to.clearance(report.form())).isEmpty();
    }

    private static Optional<Outcome> refuse(Report now, int revision) {
        if (!now.isDraft()) {
            return Optional.of(new Outcome.Frozen(now));
        }
        return now.revision() == revision ? Optional.empty() : Optional.of(new Outcome.Overtaken(now));
    }

    /** Freezes it: from now on it is shown as it stands here, and its hash proves it. */
    public Outcome submit(Report draft, int revision, String actor, Instant at) {
        Instant now = at.truncatedTo(ChronoUnit.MILLIS);
        return Objects.requireNonNull(transaction.execute(status -> {
            Incident incident = incidents.byId(draft.incident()).orElseThrow();
            rows.lock(incident);
            Report before = rows.lock(draft.id());
            Optional<Outcome> refused = refuse(before, revision);
            if (refused.isPresent()) {
                return refused.get();
            }
            Optional<CaseworkRefusal> restricted = restricted(incident, before);
            if (restricted.isPresent()) {
                return new Outcome.Restricted(before, restricted.get());
            }
            Optional<Report> last = rows.lastSubmitted(incident, before.form().id(), before.recipient());
            int seq = jdbc.sql("""
                    select coalesce(max(seq), 0) + 1 from report
                    where incident_id = :incident and form_id = :form and recipient = :recipient""")
                    .param("incident", incident.id())
                    .param("form", before.form().id())
                    .param("recipient", before.recipient())
                    .query(Integer.class)
                    .single();
            byte[] document = documents
                    .make(incident, before, last, Optional.of(new ReportDocuments.Submitting(seq, actor, now)))
                    .write();
            String hash = ReportDocument.sha256(document);
            jdbc.sql("""
                    update report set state = 'submitted', seq = :seq, diff_from = :last, document = :document,
                        sha256 = :hash, submitted_by = :actor, submitted_at = :now, updated_at = :now
                    where id = :id""")
                    .param("seq", seq)
                    .param("last", last.map(Report::id).orElse(null), java.sql.Types.BIGINT)
                    .param("document", document)
                    .param("hash", hash)
                    .param("actor", actor)
                    .param("now", Columns.time(now))
                    .param("id", before.id())
                    .update();
            before.corrects().ifPresent(wrong -> end(wrong, "corrected", "report:" + before.id(), actor, now));
            Map<String, Object> about = about(incident, before.form(), before.recipient(), before.stage());
            about.put("seq", seq);
            about.put("sha256", hash);
            audit.record(now, actor, "report.submitted", before.object(), about);
            tellTimeline(incident, before, seq, actor, now);
            return new Outcome.Done(rows.find(before.id()).orElseThrow());
        }));
    }

    private void tellTimeline(Incident incident, Report report, int seq, String actor, Instant now) {
        Recipient to = Recipient.of(city.get(), report.form(), report.recipient());
        timeline.add(
                incident.id(),
                new TimelineEntry(
                        0,
                        now,
                        now,
                        city.get().zone().getId(),
                        TimelineEntry.Type.REPORT,
                        true,
                        actor,
                        submitted(report, to, seq, "ja"),
                        submitted(report, to, seq, "en"),
                        false,
                        incident.tlp(),
                        false,
                        to.kind() == ReportForm.Kind.STAKEHOLDER
                                ? List.of(city.get().promoter().id(), to.id())
                                : List.of(city.get().promoter().id()),
                        Optional.of("report:" + report.id()),
                        Optional.empty()));
    }

    private String submitted(Report report, Recipient to, int seq, String language) {
        String stage = report.form()
                .stage(report.stage())
                .map(each -> ReportForm.in(each.name(), language))
                .orElse(report.stage().word());
        return texts.get(
                language,
                "timeline.auto.report",
                ReportForm.in(report.form().name(), language),
                stage,
                seq,
                to.name(language));
    }

    /** It counts no more, and stays as it is. False if it is not a submitted one. */
    public boolean withdraw(Report report, String reason, String actor, Instant now) {
        if (reason.isBlank()) {
            throw new Refused(ReportReason.REASON);
        }
        return Boolean.TRUE.equals(transaction.execute(status -> end(report.id(), "withdrawn", reason, actor, now)));
    }

    private boolean end(long id, String state, String reason, String actor, Instant now) {
        boolean done = jdbc.sql("""
                update report set state = :state, ended_by = :actor, ended_at = :now, ended_reason = :reason
                where id = :id and state = 'submitted'""")
                        .param("state", state)
                        .param("actor", actor)
                        .param("now", Columns.time(now))
                        .param("reason", Columns.text(reason))
                        .param("id", id)
                        .update()
                == 1;
        if (done) {
            audit.record(now, actor, "report." + state, "report:" + id, Map.of("reason", reason));
        }
        return done;
    }

    /** A draft that is not wanted. False if it is none any more. */
    public boolean discard(Report report, String actor, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean done = jdbc.sql("""
                    update report set state = 'discarded', ended_by = :actor, ended_at = :now
                    where id = :id and state = 'draft'""")
                            .param("actor", actor)
                            .param("now", Columns.time(now))
                            .param("id", report.id())
                            .update()
                    == 1;
            if (done) {
                audit.record(now, actor, "report.discarded", report.object(), Map.of());
            }
            return done;
        }));
    }

    /** As it was submitted; of a draft as it would be now. */
    public ReportDocument document(Report report) {
        return documents.of(report);
    }

    /** The bytes that were submitted. */
    public Optional<byte[]> frozen(Report report) {
        return rows.frozen(report);
    }

    public Optional<Report> find(long id) {
        return rows.find(id);
    }

    /** Newest first, without those that were discarded. @param before numbers below it */
    public List<Report> newest(Incident incident, long before, int limit) {
        return rows.newest(incident, before, limit);
    }

    /** In the order in which they were begun, without those that were discarded. */
    public List<Report> of(Incident incident) {
        return rows.of(incident);
    }
}
