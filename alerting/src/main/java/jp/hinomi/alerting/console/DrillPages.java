package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.drill.Drill;
import jp.hinomi.alerting.drill.Drills;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.events.Severity;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Exercises: planned, and who reacted when. */
@Controller
@Needs(Permission.SEE_MESSAGES)
public class DrillPages {
    private static final int LONGEST_NAME = 120;
    private static final Duration LATEST = Duration.ofDays(366);

    private final Drills drills;
    private final CityInForce city;
    private final Texts texts;
    private final InstantSource clock;

    public DrillPages(Drills drills, CityInForce city, Texts texts, InstantSource clock) {
        this.drills = drills;
        this.city = city;
        this.texts = texts;
        this.clock = clock;
    }

    /** As somebody writes it into the page; nothing that was typed is lost when something is wrong. */
    public record Form(String ja, String en, String severity, String resource, String at) {}

    @GetMapping("/rules/drills")
    String drills(Model model) {
        return page(new Form("", "", Severity.HIGH.word(), "", ""), List.of(), model);
    }

    private String page(Form form, List<String> errors, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        model.addAttribute("drills", drills.newest());
        model.addAttribute(
                "resources", city.get().resources().keySet().stream().sorted().toList());
        model.addAttribute("severities", Severity.values());
        return "drills";
    }

    @PostMapping("/rules/drills")
    @Needs(Permission.SEND_MESSAGES)
    String plan(
            @RequestParam(defaultValue = "") String ja,
            @RequestParam(defaultValue = "") String en,
            @RequestParam(defaultValue = "") String severity,
            @RequestParam(defaultValue = "") String resource,
            @RequestParam(defaultValue = "") String at,
            Principal principal,
            Model model,
            Locale locale) {
        List<String> errors = new ArrayList<>();
        String language = locale.getLanguage();
        Instant now = clock.instant();
        Instant due = due(at, now);
        if (ja.isBlank() || en.isBlank() || ja.length() > LONGEST_NAME || en.length() > LONGEST_NAME) {
            errors.add(texts.get(language, "drills.error.name", LONGEST_NAME));
        }
        if (!city.get().resources().containsKey(resource)) {
            errors.add(texts.get(language, "drills.error.resource"));
        }
        if (due == null || due.isBefore(now.minusSeconds(60)) || due.isAfter(now.plus(LATEST))) {
            errors.add(texts.get(language, "drills.error.time"));
        }
        if (!errors.isEmpty()) {
            return page(new Form(ja, en, severity, resource, at), errors, model);
        }
        Severity chosen = List.of(Severity.values()).stream()
                .filter(each -> each.word().equals(severity))
                .findFirst()
                .orElse(Severity.HIGH);
        long id = drills.plan(
                Map.of("ja", ja.strip(), "en", en.strip()), chosen, resource, due, principal.getName(), now);
        return "redirect:/rules/drills/" + id;
    }

    /** Empty = now. Null if it cannot be read. */
    private Instant due(String at, Instant now) {
        try {
            return at.isBlank()
                    ? now
                    : LocalDateTime.parse(at.strip()).atZone(city.get().zone()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Drill find(long id) {
        return drills.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @GetMapping("/rules/drills/{id:[0-9]+}")
    String drill(@PathVariable long id, Model model) {
        Drill drill = find(id);
        model.addAttribute("drill", drill);
        model.addAttribute("reactions", drills.reactions(drill));
        return "drill";
    }

    @PostMapping("/rules/drills/{id:[0-9]+}/cancel")
    @Needs(Permission.SEND_MESSAGES)
    String cancel(@PathVariable long id, Principal principal) {
        drills.cancel(id, principal.getName(), clock.instant());
        return "redirect:/rules/drills/" + id;
    }

    @GetMapping("/rules/drills/{id:[0-9]+}.csv")
    ResponseEntity<byte[]> file(@PathVariable long id, Locale locale) {
        Drill drill = find(id);
        String language = locale.getLanguage();
        Show show = new Show(city.get(), texts, clock, language);
        Csv csv = new Csv(List.of("time", "seconds", "what", "who", "by").stream()
                .map(key -> texts.get(language, "drills.csv." + key))
                .toArray(String[]::new));
        drills.reactions(drill)
                .forEach(each -> csv.row(
                        each.at(),
                        each.after().toSeconds(),
                        each.what(),
                        each.contact() ? show.contact(each.who()) : each.who(),
                        each.by()));
        return csv.file("drill-" + id + ".csv");
    }
}
