package jp.hinomi.alerting.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.access.OpenToAll;
import jp.hinomi.alerting.ack.AckToken;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.ack.Answer;
import jp.hinomi.alerting.ack.Answerer;
import jp.hinomi.alerting.ack.Given;
import jp.hinomi.alerting.ack.Outcome;
import jp.hinomi.alerting.ack.ShortLinks;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.escalation.Target;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.notice.Cause;
import jp.hinomi.alerting.notice.Notice;
import jp.hinomi.alerting.notice.Notices;
import jp.hinomi.alerting.notice.Readers;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.store.Alerts;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.City;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page behind the link in a notice. Opening it changes nothing, because mail scanners open links; its button does. No
 * login: the link's signature says who answers.
 */
@Controller
@OpenToAll("the link's signature says who answers")
public class AckPages {
    private static final int NOTE_LIMIT = 2000;

    private final ShortLinks links;
    private final Acknowledgements acknowledgements;
    private final DetailQueries details;
    private final Alerts alerts;
    private final Notices notices;
    private final Readers readers;
    private final EvidenceLooks looks;
    private final CityInForce city;
    private final Texts texts;
    private final InstantSource clock;

    public AckPages(
            ShortLinks links,
            Acknowledgements acknowledgements,
            DetailQueries details,
            Alerts alerts,
            Notices notices,
            Readers readers,
            EvidenceLooks looks,
            CityInForce city,
            Texts texts,
            InstantSource clock) {
        this.links = links;
        this.acknowledgements = acknowledgements;
        this.details = details;
        this.alerts = alerts;
        this.notices = notices;
        this.readers = readers;
        this.looks = looks;
        this.city = city;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping("/a/{token}")
    String ask(
            @PathVariable String token,
            @RequestParam(defaultValue = "link") String from,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        return page(token, from, Optional.empty(), model, request, response);
    }

    @PostMapping("/a/{token}")
    String answer(
            @PathVariable String token,
            @RequestParam(defaultValue = "link") String from,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "ack") String answer,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        // A link speaks for one contact: it takes nothing from others.
        Optional<Answer> given = Answer.ofWord(answer).filter(any -> any != Answer.TAKE_OVER);
        if (given.isEmpty()) {
            return failed(model, "invalid", 400, response);
        }
        String kept = note.substring(0, Math.min(NOTE_LIMIT, note.length()));
        return page(token, from, Optional.of(new Said(given.get(), kept)), model, request, response);
    }

    private record Said(Answer answer, String note) {}

    private String page(
            String text,
            String from,
            Optional<Said> said,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
        Instant now = clock.instant();
        AckToken.Reading reading = links.read(text, now);
        if (reading instanceof AckToken.Reading.Expired) {
            return failed(model, "expired", 410, response);
        }
        if (!(reading instanceof AckToken.Reading.Valid valid)) {
            return failed(model, "invalid", 404, response);
        }
        Optional<City.ContactOf> contact = city.get().contact(valid.token().contactId());
        Optional<AlertDetail> alert = details.of(valid.token().alertId());
        if (contact.isEmpty() || alert.isEmpty()) {
            return failed(model, "invalid", 404, response);
        }
        Notice notice = open(valid.token(), contact.get(), now);
        show(model, contact.get(), alert.get(), notice, text, request);
        if (said.isPresent()) {
            String via = "chat".equals(from) ? "chat" : "link";
            confirm(model, via, contact.get(), alert.get(), said.get(), now);
        } else {
            standing(model, contact.get(), alert.get());
        }
        return "acknowledge";
    }

    /** What a message the same way would say now; whoever sees values of it is written down with what they were. */
    private Notice open(AckToken token, City.ContactOf contact, Instant now) {
        String body = alerts.body(token.alertId()).orElseThrow();
        Alert alert = AlertJson.read(body.getBytes(StandardCharsets.UTF_8));
        Recipient reader = readers.byLink(alert, contact, token.way());
        Notice notice = notices.write(alert, reader, List.of(contact.stakeholder()), new Cause.First(), now);
        if (notice.isFull()) {
            looks.shown(
                    "contact:" + contact.contact().id(),
                    "alert:" + alert.id(),
                    "link",
                    Readers.facts(alert, reader, notice));
        }
        return notice;
    }

    private void show(
            Model model,
            City.ContactOf contact,
            AlertDetail alert,
            Notice notice,
            String token,
            HttpServletRequest request) {
        String language = "ja".equals(contact.stakeholder().locale()) ? "ja" : "en";
        Preferences.Languages.use(request, language);
        model.addAttribute("show", new Show(city.get(), texts, clock, language));
        model.addAttribute("alert", alert);
        model.addAttribute("row", alert.row());
        model.addAttribute("stakeholder", contact.stakeholder().name(language));
        model.addAttribute("contact", contact.contact().id());
        model.addAttribute(
                "promoter",
                contact.stakeholder().id().equals(city.get().promoter().id()));
        model.addAttribute("notice", notice);
        model.addAttribute("full", notice.isFull());
        model.addAttribute("token", token);
        model.addAttribute("state", "ask");
        model.addAttribute("given", null);
        model.addAttribute("names", "");
        model.addAttribute(
                "since",
                Texts.time(language, contact.contact().zone(), alert.row().firstSeen()));
    }

    /** What whoever opens the link should know before they answer: others may have, or they themselves. */
    private void standing(Model model, City.ContactOf contact, AlertDetail alert) {
        if ("closed".equals(alert.row().status())) {
            model.addAttribute("state", "closed");
            return;
        }
        if ("open".equals(alert.row().status()) || isAwaited(contact.contact().id(), alert)) {
            return;
        }
        alert.acknowledgements().stream()
                .filter(Given::takes)
                .reduce((earlier, later) -> later)
                .ifPresent(given -> {
                    model.addAttribute("state", "already");
                    before(model, given, contact);
                });
    }

    private static boolean isAwaited(String contact, AlertDetail alert) {
        return alert.escalations().stream()
                .filter(escalation -> "running".equals(escalation.state()))
                .flatMap(escalation -> escalation.targets().stream())
                .anyMatch(told ->
                        told.target().contact().equals(contact) && told.target().state() == Target.State.WAITING);
    }

    private void confirm(Model model, String via, City.ContactOf contact, AlertDetail alert, Said said, Instant now) {
        Outcome outcome = acknowledgements.answer(
                alert.row().id(),
                Answerer.contact(
                        via, contact.contact().id(), contact.stakeholder().id()),
                said.answer(),
                said.note(),
                now);
        model.addAttribute("state", outcome.word());
        if (outcome instanceof Outcome.Already already) {
            before(model, already.first(), contact);
        } else if (outcome instanceof Outcome.Noted noted) {
            Show show = (Show) model.getAttribute("show");
            model.addAttribute("awaited", names(noted.awaited(), contact, show, model));
        } else if (outcome instanceof Outcome.Repeated repeated) {
            before(model, repeated.before(), contact);
        } else if (outcome instanceof Outcome.Accepted accepted) {
            Show show = (Show) model.getAttribute("show");
            model.addAttribute("awaited", names(accepted.awaited(), contact, show, model));
            model.addAttribute("meanwhile", names(accepted.meanwhile(), contact, show, model));
        }
    }

    /** Of an alert that they may not see whole, whoever opens the link learns of no other organisation. */
    private List<String> names(List<String> contacts, City.ContactOf reader, Show show, Model model) {
        boolean full = Boolean.TRUE.equals(model.getAttribute("full"));
        return contacts.stream()
                .map(id ->
                        full || isOf(id, reader) ? show.contact(id) : texts.get(show.language(), "ack.somebody-else"))
                .distinct()
                .toList();
    }

    /** Who answered before, and what they wrote: their own people's words, or those of an alert that they see whole. */
    private void before(Model model, Given given, City.ContactOf reader) {
        Show show = (Show) model.getAttribute("show");
        boolean open = Boolean.TRUE.equals(model.getAttribute("full"))
                || given.stakeholder().filter(reader.stakeholder().id()::equals).isPresent();
        model.addAttribute("given", given);
        model.addAttribute(
                "by",
                open
                        ? given.contact().map(show::contact).orElse(given.actor())
                        : texts.get(show.language(), "ack.somebody-else"));
        model.addAttribute("words", open ? given.note() : "");
    }

    private boolean isOf(String contact, City.ContactOf reader) {
        return city.get()
                .contact(contact)
                .filter(of -> of.stakeholder().id().equals(reader.stakeholder().id()))
                .isPresent();
    }

    private static String failed(Model model, String state, int status, HttpServletResponse response) {
        response.setStatus(status);
        model.addAttribute("state", state);
        return "acknowledge";
    }
}
