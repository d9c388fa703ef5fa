package jp.hinomi.alerting.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import jp.hinomi.alerting.ack.AckKey;
import jp.hinomi.alerting.ack.AckToken;
import jp.hinomi.alerting.ack.Acknowledgements;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.City;
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
public class AckPages {
    private static final int NOTE_LIMIT = 2000;

    private final AckKey key;
    private final Acknowledgements acknowledgements;
    private final DetailQueries details;
    private final City city;
    private final Texts texts;
    private final InstantSource clock;

    public AckPages(
            AckKey key,
            Acknowledgements acknowledgements,
            DetailQueries details,
            City city,
            Texts texts,
            InstantSource clock) {
        this.key = key;
        this.acknowledgements = acknowledgements;
        this.details = details;
        this.city = city;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping("/a/{token}")
    String ask(@PathVariable String token, Model model, HttpServletRequest request, HttpServletResponse response) {
        return page(token, Optional.empty(), model, request, response);
    }

    @PostMapping("/a/{token}")
    String answer(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String note,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        return page(
                token, Optional.of(note.substring(0, Math.min(NOTE_LIMIT, note.length()))), model, request, response);
    }

    private String page(
            String text, Optional<String> note, Model model, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
        Instant now = clock.instant();
        AckToken.Reading reading = AckToken.read(text, key.bytes(), now);
        if (reading instanceof AckToken.Reading.Expired) {
            return failed(model, "expired", 410, response);
        }
        if (!(reading instanceof AckToken.Reading.Valid valid)) {
            return failed(model, "invalid", 404, response);
        }
        Optional<City.ContactOf> contact = city.contact(valid.token().contactId());
        Optional<AlertDetail> alert = details.of(valid.token().alertId());
        if (contact.isEmpty() || alert.isEmpty()) {
            return failed(model, "invalid", 404, response);
        }
        show(model, contact.get(), alert.get(), text, request);
        if (note.isPresent()) {
            confirm(model, contact.get(), alert.get(), note.get(), now);
        } else if (!"open".equals(alert.get().row().status())) {
            alert.get().acknowledgements().stream()
                    .reduce((earlier, later) -> later)
                    .ifPresent(given -> already(model, given));
        }
        return "acknowledge";
    }

    private void show(
            Model model, City.ContactOf contact, AlertDetail alert, String token, HttpServletRequest request) {
        String language = "ja".equals(contact.stakeholder().locale()) ? "ja" : "en";
        Preferences.Languages.use(request, language);
        model.addAttribute("show", new Show(city, texts, clock, language));
        model.addAttribute("alert", alert);
        model.addAttribute("row", alert.row());
        model.addAttribute("stakeholder", contact.stakeholder().name(language));
        model.addAttribute("contact", contact.contact().id());
        boolean full = Disclosure.of(alert.row().tlp(), contact.stakeholder().maxTlp()) == Disclosure.FULL;
        model.addAttribute("full", full);
        model.addAttribute("token", token);
        model.addAttribute("state", "ask");
        model.addAttribute(
                "since",
                Texts.time(language, contact.contact().zone(), alert.row().firstSeen()));
    }

    private void confirm(Model model, City.ContactOf contact, AlertDetail alert, String note, Instant now) {
        Acknowledgements.Outcome outcome = acknowledgements.acknowledge(
                alert.row().id(),
                new Acknowledgements.Answerer(
                        "link",
                        contact.contact().id(),
                        Optional.of(contact.contact().id()),
                        Optional.of(contact.stakeholder().id())),
                note,
                now);
        if (outcome instanceof Acknowledgements.Outcome.Already earlier) {
            already(model, earlier.given());
        } else {
            model.addAttribute("state", "done");
        }
    }

    private static void already(Model model, Acknowledgements.Given given) {
        model.addAttribute("state", "already");
        model.addAttribute("given", given);
    }

    private static String failed(Model model, String state, int status, HttpServletResponse response) {
        response.setStatus(status);
        model.addAttribute("state", state);
        return "acknowledge";
    }
}
