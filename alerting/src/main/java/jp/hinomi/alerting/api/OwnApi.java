package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.ack.Answer;
import jp.hinomi.alerting.ack.AnswerReason;
import jp.hinomi.alerting.ack.Outcome;
import jp.hinomi.alerting.incident.evidence.EvidenceFiles;
import jp.hinomi.alerting.map.MapRefusal;
import jp.hinomi.alerting.own.OwnMap;
import jp.hinomi.alerting.own.OwnPart;
import jp.hinomi.alerting.own.OwnPartReason;
import jp.hinomi.alerting.own.OwnQueries;
import jp.hinomi.alerting.own.OwnReason;
import jp.hinomi.alerting.own.OwnRecords;
import jp.hinomi.alerting.own.OwnReports;
import jp.hinomi.alerting.report.out.ReportFonts;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.EvidenceAnswer;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.city.Contact;
import jp.hinomi.city.StakeholderContacts;
import jp.hinomi.city.StakeholderDuty;
import jp.hinomi.city.StakeholderPart;
import jp.hinomi.events.document.ProblemsException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A stakeholder's own part, for its programs: what its people see and do on their pages. */
@Tag(name = "A stakeholder's own part")
@RestController
@RequestMapping("/api/v1/own")
@Needs(Permission.SEE_OWN_PART)
public class OwnApi {
    private static final int MOST_INCIDENTS = 10_000;

    private final OwnPart part;
    private final OwnQueries queries;
    private final OwnReports reports;
    private final OwnMap map;
    private final Texts texts;

    public OwnApi(OwnPart part, OwnQueries queries, OwnReports reports, OwnMap map, Texts texts) {
        this.part = part;
        this.queries = queries;
        this.reports = reports;
        this.map = map;
        this.texts = texts;
    }

    private static Member member() {
        return Members.current().orElseThrow();
    }

    private static String own() {
        return member().stakeholder().orElseThrow();
    }

    @Operation(summary = "Alerts that concern you, the newest first")
    @GetMapping("/alerts")
    Page<OwnAnswers.OwnAlert> alerts(
            @Parameter(description = "Closed ones as well.") @RequestParam(defaultValue = "false") boolean all,
            @ParameterObject Paging paging) {
        int size = paging.size();
        return Page.of(
                queries.alerts(own(), !all, paging.below(), size + 1),
                size,
                OwnRecords.AlertLine::seq,
                OwnAnswers.OwnAlert::of);
    }

    @Operation(summary = "An alert, as far as you may see it; that you looked is written down")
    @GetMapping("/alerts/{id}")
    OwnAnswers.OwnAlertWhole alert(@PathVariable String id) {
        return part.alert(own(), id, member().actor())
                .map(OwnAnswers.OwnAlertWhole::of)
                .orElseThrow(() -> Refusal.unknown(OwnReason.NO_ALERT, id));
    }

    public record OwnReply(
            @Schema(
                    description = "Absent = ack.",
                    allowableValues = {"ack", "not-ours", "help"})
            String answer,

            @Schema(description = "Contact of yours for whom it is given; absent = who is waited for.")
            String contact,

            String note) {}

    @Operation(summary = "Acknowledge an alert, say that it is not yours, or ask for help")
    @Needs(Permission.ANSWER_OWN_PART)
    @PostMapping("/alerts/{id}/ack")
    OwnAnswers.OwnOutcome answer(@PathVariable String id, @RequestBody(required = false) OwnReply given) {
        OwnReply reply = given == null ? new OwnReply(null, null, null) : given;
        Answer answer = Answer.ofWord(reply.answer() == null ? "ack" : reply.answer())
                .filter(known -> known != Answer.TAKE_OVER)
                .orElseThrow(() -> Refusal.bad(AnswerReason.NO_OWN_ANSWER, reply.answer()));
        Outcome outcome = part.answer(
                        own(), id, text(reply.contact()), answer, text(reply.note()), "api", member().name())
                .orElseThrow(() -> Refusal.unknown(OwnReason.NO_ALERT, id));
        return new OwnAnswers.OwnOutcome(outcome.word());
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }

    @Operation(summary = "Incidents that you are a part of, open ones first")
    @GetMapping("/incidents")
    Page<OwnAnswers.OwnIncident> incidents(@ParameterObject Paging paging) {
        return Page.cut(queries.incidents(own(), MOST_INCIDENTS), paging, OwnAnswers.OwnIncident::of);
    }

    @Operation(summary = "An incident, as far as you may see it")
    @GetMapping("/incidents/{number}")
    OwnAnswers.OwnIncidentWhole incident(@PathVariable String number) {
        return part.incident(own(), number, member().actor())
                .map(OwnAnswers.OwnIncidentWhole::of)
                .orElseThrow(() -> noIncident(number));
    }

    private static ResponseStatusException noIncident(String number) {
        return Refusal.unknown(OwnReason.NO_INCIDENT, number);
    }

    public record OwnNote(
            @Schema(description = "Absent = note.") String type,

            String text,

            @Schema(description = "Whether all who are a part of the incident may read it; absent = the CSIRT alone.")
            Boolean shared) {}

    @Operation(summary = "Write into the timeline of an incident")
    @Needs(Permission.ANSWER_OWN_PART)
    @PostMapping("/incidents/{number}/timeline")
    OwnAnswers.OwnIncidentWhole note(@PathVariable String number, @RequestBody OwnNote note) {
        boolean added = part.note(
                own(),
                number,
                note.type() == null ? "note" : note.type(),
                text(note.text()),
                Boolean.TRUE.equals(note.shared()),
                member().actor());
        if (!added) {
            throw noIncident(number);
        }
        return incident(number);
    }

    @Operation(summary = "A file of an incident that was given to you")
    @ApiResponse(
            responseCode = "200",
            description = "The file.",
            content = @Content(mediaType = "application/octet-stream"))
    @GetMapping("/incidents/{number}/files/{id:[0-9]+}")
    ResponseEntity<Resource> file(@PathVariable String number, @PathVariable long id) throws IOException {
        try {
            OwnPart.Handed handed = part.file(own(), number, id, member().actor())
                    .orElseThrow(() -> Refusal.unknown(OwnReason.NO_FILE, id));
            return EvidenceAnswer.of(handed.file(), handed.bytes());
        } catch (EvidenceFiles.DamagedException e) {
            throw Refusal.of(HttpStatus.CONFLICT, e);
        }
    }

    @Operation(summary = "Reports that were submitted to you, the newest first")
    @GetMapping("/reports")
    Page<OwnAnswers.OwnReport> reports(@ParameterObject Paging paging) {
        int size = paging.size();
        return Page.of(
                reports.list(own(), paging.below(), size + 1),
                size,
                OwnRecords.ReportLine::id,
                OwnAnswers.OwnReport::of);
    }

    @Operation(summary = "A report as a file, as it was submitted; that you looked is written down")
    @ApiResponse(
            responseCode = "200",
            description = "The file.",
            content = @Content(mediaType = "application/octet-stream"))
    @GetMapping("/reports/{id:[0-9]+}.{format:html|pdf|csv|json}")
    ResponseEntity<byte[]> report(
            @PathVariable long id, @PathVariable String format, @RequestParam(required = false) String lang) {
        try {
            return reports.file(own(), id, format, Optional.ofNullable(lang), member().actor())
                    .orElseThrow(() -> Refusal.unknown(OwnReason.NO_REPORT, id));
        } catch (ReportFonts.MissingFontException e) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }

    @Operation(summary = "Your contacts, by the map in force, and whether their channels work")
    @GetMapping("/contacts")
    Page<OwnAnswers.OwnContact> contacts(@ParameterObject Paging paging) {
        return Page.cut(part.contacts(own()), paging, OwnAnswers.OwnContact::of);
    }

    /** @param addresses by the number of the channel */
    public record OwnReach(
            @Schema(description = "24x7, or hours such as Mon-Fri 09:00-17:00; absent = as they are.")
            String hours,

            @Schema(description = "New addresses by number of the channel (email, sms, voice); empty takes it away.")
            Map<Integer, String> addresses,

            @Schema(description = "E-mail addresses to add.")
            List<String> emails,

            String reason) {}

    @Operation(summary = "Propose how a contact of yours is to be reached; somebody of the city approves it")
    @Needs(Permission.CHANGE_OWN_PART)
    @PutMapping("/contacts/{contact}")
    Page<OwnAnswers.OwnProposal> reach(@PathVariable String contact, @RequestBody OwnReach wanted) {
        String hours = wanted.hours() == null
                ? part.contacts(own()).stream()
                        .filter(known -> known.id().equals(contact))
                        .map(OwnRecords.ContactLine::hours)
                        .findFirst()
                        .orElse("")
                : wanted.hours();
        Map<Integer, String> addresses = new TreeMap<>();
        if (wanted.addresses() != null) {
            wanted.addresses()
                    .forEach((number, address) ->
                            addresses.put(number, text(address).strip()));
        }
        List<String> emails = wanted.emails() == null
                ? List.of()
                : wanted.emails().stream().map(OwnApi::text).toList();
        map.reach(
                own(),
                new StakeholderContacts.Reached(contact, hours, addresses, emails),
                text(wanted.reason()),
                member().actor());
        return proposals();
    }

    public record OwnJoining(
            @Schema(description = "Id of the new contact: letters, digits, '.', '_' and '-'.")
            String contact,

            @Schema(
                    description = "Absent = person.",
                    allowableValues = {"person", "desk"})
            String kind,

            @Schema(description = "24x7, or hours such as Mon-Fri 09:00-17:00; absent = 24x7.")
            String hours,

            @Schema(description = "At least one.") List<String> emails,
            String reason) {}

    @Operation(summary = "Propose a new contact of yours; somebody of the city approves it")
    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/contacts")
    Page<OwnAnswers.OwnProposal> join(@RequestBody OwnJoining wanted) {
        map.join(
                own(),
                new StakeholderContacts.Joining(
                        text(wanted.contact()).strip(),
                        "desk".equals(wanted.kind()) ? Contact.Kind.DESK : Contact.Kind.PERSON,
                        wanted.hours() == null ? Contact.ALWAYS : wanted.hours(),
                        wanted.emails() == null
                                ? List.of()
                                : wanted.emails().stream().map(OwnApi::text).toList()),
                text(wanted.reason()),
                member().actor());
        return proposals();
    }

    public record OwnLeaving(String reason) {}

    @Operation(summary = "Propose that a contact of yours goes; 409 while duties or others of the map name it")
    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/contacts/{contact}/removal")
    Page<OwnAnswers.OwnProposal> leave(@PathVariable String contact, @RequestBody OwnLeaving wanted) {
        map.leave(own(), contact, text(wanted.reason()), member().actor());
        return proposals();
    }

    public record OwnNewTurns(
            String rotation,

            @Schema(
                    description =
                            "In the order in which they take over; each one contact of yours, or several together.")
            List<List<String>> members,

            @Schema(description = "How long each turn is: 12h, 1d, 1w, 1mo; of no matter if there is one turn.")
            String shift,

            @Schema(description = "Time of day at which turns change, as 09:00.")
            @com.fasterxml.jackson.annotation.JsonProperty("hand_over")
            String handOver,

            @Schema(description = "The first turn begins on that day, which is not after today: 2026-08-13.")
            String from,

            String reason) {}

    @Operation(summary = "Propose who of you takes turns in a rotation, and when; somebody of the city approves it")
    @Needs(Permission.CHANGE_OWN_PART)
    @PutMapping("/duty/{schedule}/turns")
    Page<OwnAnswers.OwnProposal> turns(@PathVariable String schedule, @RequestBody OwnNewTurns wanted) {
        List<List<String>> members = wanted.members() == null ? List.of() : wanted.members();
        boolean several = members.size() > 1;
        map.turns(
                own(),
                schedule,
                text(wanted.rotation()),
                members,
                text(wanted.shift()),
                several ? read("hand_over", wanted.handOver(), LocalTime::parse) : LocalTime.MIDNIGHT,
                several ? read("from", wanted.from(), LocalDate::parse) : LocalDate.EPOCH,
                text(wanted.reason()),
                member().actor());
        return proposals();
    }

    @Operation(summary = "Schedules that your contacts have duty in")
    @GetMapping("/duty")
    Page<OwnAnswers.OwnDuty> duty(@ParameterObject Paging paging) {
        return Page.cut(part.roster(own()), paging, OwnAnswers.OwnDuty::of);
    }

    /** @param from by the schedule's clock */
    public record OwnAbsence(
            @Schema(description = "By the schedule's clock: 2026-08-13T09:00.")
            String from,

            String to,

            @Schema(description = "Contact of yours whose duty it would be.")
            String away,

            @Schema(description = "Contacts of yours who take it.")
            @com.fasterxml.jackson.annotation.JsonProperty("on_duty")
            List<String> onDuty,

            String reason) {}

    @Operation(summary = "Propose who of you stands in for whom; somebody of the city approves it")
    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/duty/{schedule}/stand-ins")
    Page<OwnAnswers.OwnProposal> standIn(@PathVariable String schedule, @RequestBody OwnAbsence wanted) {
        map.standIn(
                own(),
                new StakeholderDuty.StandIn(
                        schedule,
                        time("from", wanted.from()),
                        time("to", wanted.to()),
                        text(wanted.away()),
                        wanted.onDuty() == null
                                ? List.of()
                                : wanted.onDuty().stream().map(OwnApi::text).toList(),
                        text(wanted.reason())),
                member().actor());
        return proposals();
    }

    public record OwnReturn(
            @Schema(description = "When the stand-in begins: 2026-08-13T09:00.")
            String from,

            String away,
            String reason) {}

    @Operation(summary = "Propose that a stand-in of yours is taken back; somebody of the city approves it")
    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/duty/{schedule}/stand-ins/take-back")
    Page<OwnAnswers.OwnProposal> takeBack(@PathVariable String schedule, @RequestBody OwnReturn wanted) {
        map.takeBack(
                own(),
                schedule,
                time("from", wanted.from()),
                text(wanted.away()),
                text(wanted.reason()),
                member().actor());
        return proposals();
    }

    private static LocalDateTime time(String name, String text) {
        return read(name, text, LocalDateTime::parse);
    }

    private static <T> T read(String name, String text, Function<String, T> reader) {
        try {
            return reader.apply(text(text));
        } catch (DateTimeParseException e) {
            throw Refusal.bad(OwnReason.NOT_A_TIME, name, text(text));
        }
    }

    @Operation(summary = "What this account has proposed and nobody has decided about yet")
    @GetMapping("/proposals")
    Page<OwnAnswers.OwnProposal> proposals(@ParameterObject Paging paging) {
        return Page.cut(map.proposals(member().actor()), paging, each -> OwnAnswers.OwnProposal.of(each, texts));
    }

    private Page<OwnAnswers.OwnProposal> proposals() {
        return proposals(Paging.WHOLE);
    }

    @Operation(summary = "Withdraw what this account has proposed")
    @Needs(Permission.CHANGE_OWN_PART)
    @PostMapping("/proposals/{number}/withdraw")
    Page<OwnAnswers.OwnProposal> withdraw(@PathVariable long number) {
        map.withdraw(number, member().actor());
        return proposals();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notTheirs(StakeholderPart.RefusedException e, Locale locale) {
        return ApiProblems.answer(
                switch (e.why()) {
                    case UNKNOWN -> HttpStatus.NOT_FOUND;
                    case NOBODY_ON_DUTY, BEGINS_LATER -> HttpStatus.BAD_REQUEST;
                    case TAKEN, NEEDED, LAST_CONTACT -> HttpStatus.CONFLICT;
                    case NOT_YOUR_CONTACT, NOT_YOUR_DUTY, NOT_AN_ADDRESS, NOBODY_STANDS_IN, SHARED_DUTY ->
                        HttpStatus.FORBIDDEN;
                },
                OwnPartReason.of(e),
                locale);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(MapRefusal e, Locale locale) {
        return MapApi.problem(e, locale);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unusable(ProblemsException e, Locale locale) {
        return MapApi.problem(e, locale);
    }
}
