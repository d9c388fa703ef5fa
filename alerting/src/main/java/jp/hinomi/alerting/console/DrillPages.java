package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.drill.Drill;
import jp.hinomi.alerting.drill.DrillReason;
import jp.hinomi.alerting.drill.DrillStep;
import jp.hinomi.alerting.drill.DrillWish;
import jp.hinomi.alerting.drill.Drills;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.events.Severity;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Exercises: planned, and who reacted when. */
@Controller
@Needs(Permission.SEE_MESSAGES)
public class DrillPages {
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
        int most = Math.min(
                DrillWish.MOST_STEPS, given.getOrDefault("resource", List.of()).size());
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
        // Not now, unless whoever plans it empties the field: it goes to people.
        String tomorrow = LocalDate.ofInstant(clock.instant(), city.get().zone())
                .plusDays(1)
                .atTime(10, 0)
                .toString();
        return page(new Form("", "", tomorrow, List.of(StepForm.EMPTY)), List.of(), model);
    }

    private String page(Form form, List<String> errors, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        model.addAttribute("drills", drills.newest());
        model.addAttribute(
                "resources", city.get().resources().keySet().stream().sorted().toList());
        model.addAttribute("severities", Severity.values());
        model.addAttribute("mostSteps", DrillWish.MOST_STEPS);
        return "drills";
    }

    /** One more alert to fill in. */
    @PostMapping("/rules/drills/more")
    @Needs(Permission.SEND_MESSAGES)
    String more(@RequestParam MultiValueMap<String, String> given, Model model) {
        Form form = form(given);
        return page(form.steps().size() < DrillWish.MOST_STEPS ? form.with(StepForm.EMPTY) : form, List.of(), model);
    }

    @PostMapping("/rules/drills")
    @Needs(Permission.SEND_MESSAGES)
    String plan(@RequestParam MultiValueMap<String, String> given, Principal principal, Model model, Locale locale) {
        Form form = form(given);
        Instant now = clock.instant();
        DrillWish wish = wish(form, now);
        try {
            List<DrillStep> steps = wish.checked(city.get().resources().keySet(), now);
            return "redirect:/rules/drills/" + drills.plan(wish, steps, principal.getName(), now);
        } catch (Refused e) {
            return page(form, e.each().stream().map(one -> one.in(locale)).toList(), model);
        }
    }

    private DrillWish wish(Form form, Instant now) {
        return new DrillWish(
                form.ja(),
                form.en(),
                due(form.at(), now),
                form.steps().stream()
                        .filter(each -> !each.isEmpty())
                        .map(each -> new DrillWish.Step(
                                each.ja(), each.en(), each.severity(), each.resource(), after(each.after())))
                        .toList());
    }

    private static Optional<Duration> after(String minutes) {
        if (!minutes.isEmpty() && !minutes.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMinutes(minutes.isEmpty() ? 0 : Long.parseLong(minutes)));
    }

    /** Empty text = now; absent if it cannot be read. */
    private Optional<Instant> due(String at, Instant now) {
        try {
            return Optional.of(
                    at.isBlank()
                            ? now
                            : LocalDateTime.parse(at.strip())
                                    .atZone(city.get().zone())
                                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Drill find(long id) {
        return drills.find(id).orElseThrow(() -> Refusal.unknown(DrillReason.NO_DRILL, id));
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
