package jp.hinomi.alerting.own;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.Member;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.ack.Answer;
import jp.hinomi.alerting.ack.AnswerReason;
import jp.hinomi.alerting.ack.Outcome;
import jp.hinomi.alerting.incident.evidence.EvidenceFiles;
import jp.hinomi.alerting.report.out.ReportFonts;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.EvidenceAnswer;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** A stakeholder's pages, made for a telephone: what concerns it, and three answers. */
@Controller
@Needs(Permission.SEE_OWN_PART)
public class OwnPages {
    private static final Set<String> OUTCOMES =
            Set.of("accepted", "passed-on", "help-comes", "nobody-else", "already", "closed", "repeated", "noted");

    private final OwnPart part;
    private final OwnQueries queries;
    private final OwnReports reports;

    public OwnPages(OwnPart part, OwnQueries queries, OwnReports reports) {
        this.part = part;
        this.queries = queries;
        this.reports = reports;
    }

    static String own() {
        return Members.current().flatMap(Member::stakeholder).orElseThrow();
    }

    @GetMapping("/own")
    String list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(required = false) Long before,
            Model model) {
        var rows = queries.alerts(own(), !all, before == null ? Long.MAX_VALUE : before, OwnQueries.PAGE + 1);
        boolean more = rows.size() > OwnQueries.PAGE;
        model.addAttribute("alerts", more ? rows.subList(0, OwnQueries.PAGE) : rows);
        model.addAttribute("more", more ? rows.get(OwnQueries.PAGE - 1).seq() : null);
        model.addAttribute("all", all);
        model.addAttribute("incidents", queries.incidents(own(), 20));
        model.addAttribute("reports", reports.list(own(), Long.MAX_VALUE, 10));
        model.addAttribute("member", Members.current().orElseThrow());
        return "own";
    }

    /** @param said what became of the answer that was just given */
    @GetMapping("/own/alerts/{id}")
    String alert(@PathVariable String id, @RequestParam(defaultValue = "") String said, Model model) {
        Member member = Members.current().orElseThrow();
        OwnPart.AlertView view = part.alert(own(), id, member.actor()).orElseThrow(OwnPages::unknown);
        model.addAttribute("view", view);
        model.addAttribute("said", OUTCOMES.contains(said) ? said : null);
        return "own-alert";
    }

    @Needs(Permission.ANSWER_OWN_PART)
    @PostMapping("/own/alerts/{id}")
    String answer(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "ack") String answer) {
        Answer given = Answer.ofWord(answer)
                .filter(known -> known != Answer.TAKE_OVER)
                .orElseThrow(() -> Refusal.bad(AnswerReason.NO_OWN_ANSWER, answer));
        Outcome outcome = part.answer(
                        own(),
                        id,
                        contact,
                        given,
                        note,
                        "console",
                        Members.current().orElseThrow().name())
                .orElseThrow(OwnPages::unknown);
        return "redirect:/own/alerts/" + id + "?said=" + outcome.word();
    }

    @GetMapping("/own/incidents/{number}")
    String incident(@PathVariable String number, Model model) {
        return page(number, "", model);
    }

    @Needs(Permission.ANSWER_OWN_PART)
    @PostMapping("/own/incidents/{number}")
    String note(
            @PathVariable String number,
            @RequestParam(defaultValue = "note") String type,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "false") boolean shared,
            Model model) {
        try {
            boolean added = part.note(
                    own(),
                    number,
                    type,
                    text,
                    shared,
                    Members.current().orElseThrow().actor());
            if (!added) {
                throw unknown();
            }
            return "redirect:/own/incidents/" + number + "#timeline";
        } catch (Refused e) {
            return page(number, text, model);
        }
    }

    @GetMapping("/own/incidents/{number}/files/{id:[0-9]+}")
    ResponseEntity<Resource> file(@PathVariable String number, @PathVariable long id) throws IOException {
        try {
            OwnPart.Handed handed = part.file(
                            own(), number, id, Members.current().orElseThrow().actor())
                    .orElseThrow(OwnPages::unknown);
            return EvidenceAnswer.of(handed.file(), handed.bytes());
        } catch (EvidenceFiles.DamagedException e) {
            throw Refusal.of(HttpStatus.CONFLICT, e);
        }
    }

    /** @param typed what could not be taken, so that it is not lost */
    private String page(String number, String typed, Model model) {
        Member member = Members.current().orElseThrow();
        model.addAttribute("view", part.incident(own(), number, member.actor()).orElseThrow(OwnPages::unknown));
        model.addAttribute("typed", typed);
        model.addAttribute("refused", !typed.isEmpty());
        return "own-incident";
    }

    @GetMapping("/own/reports/{id:[0-9]+}.{format:html|pdf|csv|json}")
    ResponseEntity<byte[]> report(
            @PathVariable long id, @PathVariable String format, @RequestParam(required = false) String lang) {
        try {
            return reports.file(
                            own(),
                            id,
                            format,
                            Optional.ofNullable(lang),
                            Members.current().orElseThrow().actor())
                    .orElseThrow(OwnPages::unknown);
        } catch (ReportFonts.MissingFontException e) {
            throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }

    static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
