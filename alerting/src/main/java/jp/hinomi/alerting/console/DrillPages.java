package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.drill.Drill;
import jp.hinomi.alerting.drill.DrillStep;
import jp.hinomi.alerting.drill.Drills;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.events.Severity;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
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

    /** Alerts of one exercise. */
    private static final int MOST_STEPS = 20;

    private static final Duration FARTHEST = Duration.ofDays(3);
    private static final Set<String> ANSWERS = Set.of("ack", "not-ours", "help", "take-over");

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

    /** An alert as somebody writes it; of one without resource nothing is kept. @param after minutes after the beginning */
    public record StepForm(String ja, String en, String severity, String resource, String after) {
        private static final StepForm EMPTY = new StepForm("", "", Severity.HIGH.word(), "", "0");

        boolean isEmpty() {
            return resource.isBlank();
        }
    }

    /** As somebody writes it into the page; nothing that was typed is lost when something is wrong. */
    public record Form(String ja, String en, String at, List<StepForm> steps) {
        Form with(StepForm more) {
            List<StepForm> all = new ArrayList<>(steps);
            all.add(more);
            return new Form(ja, en, at, all);
        }
    }

    /** The fields of one alert stand in the lists at the same place. */
    private static Form form(MultiValueMap<String, String> given) {
        List<StepForm> steps = new ArrayList<>();
        int most =
                Math.min(MOST_STEPS, given.getOrDefault("resource", List.of()).size());
        for (int i = 0; i < most; i++) {
            steps.add(new StepForm(
                    at(given, "step-ja", i),
                    at(given, "step-en", i),
                    at(given, "severity", i),
                    at(given, "resource", i),
                    at(given, "after", i)));
        }
        return new Form(at(given, "ja", 0), at(given, "en", 0), at(given, "at", 0), steps);
    }

    private static String at(MultiValueMap<String, String> given, String name, int place) {
        List<String> values = given.getOrDefault(name, List.of());
        return place < values.size() && values.get(place) != null
                ? values.get(place).strip()
                : "";
    }

    @GetMapping("/rules/drills")
    String drills(Model model) {
        return page(new Form("", "", "", List.of(StepForm.EMPTY)), List.of(), model);
    }

    private String page(Form form, List<String> errors, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        model.addAttribute("drills", drills.newest());
        model.addAttribute(
                "resources", city.get().resources().keySet().stream().sorted().toList());
        model.addAttribute("severities", Severity.values());
        model.addAttribute("mostSteps", MOST_STEPS);
        return "drills";
    }

    /** One more alert to fill in. */
    @PostMapping("/rules/drills/more")
    @Needs(Permission.SEND_MESSAGES)
    String more(@RequestParam MultiValueMap<String, String> given, Model model) {
        Form form = form(given);
        return page(form.steps().size() < MOST_STEPS ? form.with(StepForm.EMPTY) : form, List.of(), model);
    }

    @PostMapping("/rules/drills")
    @Needs(Permission.SEND_MESSAGES)
    String plan(@RequestParam MultiValueMap<String, String> given, Principal principal, Model model, Locale locale) {
        Form form = form(given);
        String language = locale.getLanguage();
        Instant now = clock.instant();
        Instant due = due(form.at(), now);
        Set<String> errors = new LinkedHashSet<>();
        if (!isName(form.ja()) || !isName(form.en())) {
            errors.add(texts.get(language, "drills.error.name", LONGEST_NAME));
        }
        if (due == null || due.isBefore(now.minusSeconds(60)) || due.isAfter(now.plus(LATEST))) {
            errors.add(texts.get(language, "drills.error.time"));
        }
        List<DrillStep> steps = steps(form, errors, language);
        if (steps.isEmpty()) {
            errors.add(texts.get(language, "drills.error.resource"));
        }
        if (!errors.isEmpty()) {
            return page(form, List.copyOf(errors), model);
        }
        long id = drills.plan(Map.of("ja", form.ja(), "en", form.en()), steps, due, principal.getName(), now);
        return "redirect:/rules/drills/" + id;
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME;
    }

    /** In the order in which they are sent. */
    private List<DrillStep> steps(Form form, Set<String> errors, String language) {
        List<DrillStep> steps = new ArrayList<>();
        for (StepForm each : form.steps()) {
            if (each.isEmpty()) {
                continue;
            }
            if (!city.get().resources().containsKey(each.resource())) {
                errors.add(texts.get(language, "drills.error.resource"));
            }
            if (each.ja().isBlank() != each.en().isBlank()
                    || each.ja().length() > LONGEST_NAME
                    || each.en().length() > LONGEST_NAME) {
                errors.add(texts.get(language, "drills.error.title", LONGEST_NAME));
            }
            Optional<Duration> after = after(each.after());
            if (after.isEmpty()) {
                errors.add(texts.get(language, "drills.error.after", FARTHEST.toMinutes()));
            }
            steps.add(DrillStep.planned(
                    1,
                    each.ja().isBlank() || each.en().isBlank() ? Map.of() : Map.of("ja", each.ja(), "en", each.en()),
                    List.of(Severity.values()).stream()
                            .filter(one -> one.word().equals(each.severity()))
                            .findFirst()
                            .orElse(Severity.HIGH),
                    each.resource(),
                    after.orElse(Duration.ZERO)));
        }
        steps.sort(Comparator.comparing(DrillStep::after));
        List<DrillStep> numbered = new ArrayList<>();
        for (DrillStep each : steps) {
            numbered.add(DrillStep.planned(
                    numbered.size() + 1, each.title(), each.severity(), each.resource(), each.after()));
        }
        return numbered;
    }

    private static Optional<Duration> after(String minutes) {
        if (!minutes.isEmpty() && !minutes.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        Duration after = Duration.ofMinutes(minutes.isEmpty() ? 0 : Long.parseLong(minutes));
        return Optional.of(after).filter(each -> each.compareTo(FARTHEST) <= 0);
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

    /** An alert of an exercise with what came of it. @param first that somebody did about it */
    public record Row(DrillStep step, List<Drills.Reaction> reactions, Optional<Drills.Reaction> first) {
        static Row of(DrillStep step, List<Drills.Reaction> reactions) {
            return new Row(
                    step,
                    reactions,
                    reactions.stream()
                            .filter(each -> ANSWERS.contains(each.what()))
                            .findFirst());
        }
    }

    @GetMapping("/rules/drills/{id:[0-9]+}")
    String drill(@PathVariable long id, Model model) {
        Drill drill = find(id);
        model.addAttribute("drill", drill);
        model.addAttribute(
                "rows",
                drill.steps().stream()
                        .map(step -> Row.of(step, drills.reactions(step)))
                        .toList());
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
        Csv csv = new Csv(List.of("time", "seconds", "what", "who", "by", "number", "alert", "resource").stream()
                .map(key -> texts.get(language, "drills.csv." + key))
                .toArray(String[]::new));
        for (DrillStep step : drill.steps()) {
            drills.reactions(step)
                    .forEach(each -> csv.row(
                            each.at(),
                            each.after().toSeconds(),
                            each.what(),
                            each.contact() ? show.contact(each.who()) : each.who(),
                            each.by(),
                            step.n(),
                            show.words(drill.title(step)),
                            step.resource()));
        }
        return csv.file("drill-" + id + ".csv");
    }
}
