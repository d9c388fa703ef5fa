package jp.hinomi.alerting.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.Principal;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.learning.ProposalDesk;
import jp.hinomi.alerting.learning.RuleBook;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.proposal.ExceptionDesk;
import jp.hinomi.alerting.proposal.ProposalRefusal;
import jp.hinomi.alerting.proposal.ProposedException;
import jp.hinomi.alerting.proposal.ProposedExceptions;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changes of rules: what verdicts speak for, what people have proposed, and what was decided. Values of alerts stand in them. */
@Controller
@Needs(Permission.SEE_ALERTS)
public class ProposalPages {
    private static final int NOTE = 500;

    private final ProposalDesk verdicts;
    private final ProposedExceptions proposals;
    private final ExceptionDesk desk;
    private final RuleBook book;
    private final CityInForce city;
    private final Texts texts;
    private final InstantSource clock;

    public ProposalPages(
            ProposalDesk verdicts,
            ProposedExceptions proposals,
            ExceptionDesk desk,
            RuleBook book,
            CityInForce city,
            Texts texts,
            InstantSource clock) {
        this.verdicts = verdicts;
        this.proposals = proposals;
        this.desk = desk;
        this.book = book;
        this.city = city;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping("/rules/proposals")
    String proposals(Model model) {
        model.addAttribute("made", proposals.newest());
        model.addAttribute("proposals", verdicts.all(city.get().zone(), clock.instant()));
        return "proposals";
    }

    @GetMapping("/rules/proposals/{id}")
    String proposal(@PathVariable long id, Principal principal, Model model) {
        ProposedException proposal = find(id);
        model.addAttribute("proposal", proposal);
        model.addAttribute("own", proposal.madeBy().equals(principal.getName()));
        model.addAttribute("inForce", isInForce(proposal));
        if (proposal.state() == ProposedException.State.PROPOSED
                || proposal.state() == ProposedException.State.APPROVED) {
            Optional<ExceptionDesk.Look> look = desk.look(proposal);
            model.addAttribute("gone", look.isEmpty());
            look.ifPresent(found -> {
                model.addAttribute("look", found);
                model.addAttribute("preview", found.preview());
            });
        }
        return "proposal";
    }

    private ProposedException find(long id) {
        return proposals.find(id).orElseThrow(() -> Refusal.unknown(ProposalRefusal.Why.UNKNOWN, id));
    }

    /** Whether the rules that the job runs have it. */
    private boolean isInForce(ProposedException proposal) {
        return book.rules().filters().keySet().stream()
                .anyMatch(filter -> filter.name().equals(proposal.name()));
    }

    @GetMapping("/rules/proposals/{id}.yml")
    ResponseEntity<byte[]> file(@PathVariable long id) {
        ProposedException proposal = find(id);
        return ResponseEntity.ok()
                .header("Content-Type", "application/yaml")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(proposal.name() + ".yml")
                                .build()
                                .toString())
                .body(proposal.body().getBytes(UTF_8));
    }

    @Needs(Permission.CHANGE_RULES)
    @PostMapping("/rules/proposals/{id}/approve")
    String approve(
            @PathVariable long id,
            @RequestParam String sha256,
            @RequestParam(defaultValue = "") String note,
            Principal principal,
            Locale locale,
            RedirectAttributes next) {
        return decided(
                id,
                () -> proposals.approve(id, sha256, kept(note), principal.getName(), clock.instant()),
                locale,
                next);
    }

    @Needs(Permission.CHANGE_RULES)
    @PostMapping("/rules/proposals/{id}/refuse")
    String refuse(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String note,
            Principal principal,
            Locale locale,
            RedirectAttributes next) {
        return decided(id, () -> proposals.refuse(id, kept(note), principal.getName(), clock.instant()), locale, next);
    }

    @Needs(Permission.PROPOSE_RULES)
    @PostMapping("/rules/proposals/{id}/withdraw")
    String withdraw(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String note,
            Principal principal,
            Locale locale,
            RedirectAttributes next) {
        return decided(
                id, () -> proposals.withdraw(id, kept(note), principal.getName(), clock.instant()), locale, next);
    }

    private String decided(long id, Runnable decision, Locale locale, RedirectAttributes next) {
        try {
            decision.run();
        } catch (ProposalRefusal e) {
            if (e.why() == ProposalRefusal.Why.UNKNOWN) {
                throw Refusal.of(HttpStatus.NOT_FOUND, e);
            }
            next.addFlashAttribute("refused", e.in(locale));
        }
        return "redirect:/rules/proposals/" + id;
    }

    private static String kept(String note) {
        String text = note.strip();
        return text.length() > NOTE ? text.substring(0, NOTE) : text;
    }
}
