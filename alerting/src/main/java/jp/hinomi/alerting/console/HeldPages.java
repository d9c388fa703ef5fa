package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.suppress.HeldBack;
import jp.hinomi.alerting.suppress.SilencePreview;
import jp.hinomi.alerting.suppress.Silences;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.city.Matchers;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** What is held back and why; silences begun, ended and tried out. */
@Controller
@Needs(Permission.SEE_MESSAGES)
public class HeldPages {
    private static final Duration USUAL = Duration.ofHours(2);
    private static final DateTimeFormatter INPUT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);

    private final Silences silences;
    private final HeldBack held;
    private final SilencePreview preview;
    private final CityInForce city;
    private final Texts texts;
    private final InstantSource clock;

    public HeldPages(
            Silences silences,
            HeldBack held,
            SilencePreview preview,
            CityInForce city,
            Texts texts,
            InstantSource clock) {
        this.silences = silences;
        this.held = held;
        this.preview = preview;
        this.city = city;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping("/held")
    String page(Model model) {
        Instant now = clock.instant();
        String until = INPUT.format(now.plus(USUAL)
                .truncatedTo(ChronoUnit.MINUTES)
                .atZone(city.get().zone()));
        return show(model, SilenceForm.empty(until), now);
    }

    private String show(Model model, SilenceForm form, Instant now) {
        model.addAttribute("form", form);
        model.addAttribute("reasons", held.reasons());
        model.addAttribute("waiting", held.waiting(0, HeldBack.MOST));
        model.addAttribute("inhibitions", held.inhibitions(now, 0, HeldBack.MOST));
        model.addAttribute("silences", silences.list(now));
        model.addAttribute("owners", city.get().stakeholders().keySet());
        return "held";
    }

    /** What it would have held, without beginning it. */
    @Needs(Permission.HOLD_BACK)
    @PostMapping("/held/preview")
    String preview(SilenceForm form, Model model, Locale locale) {
        Instant now = clock.instant();
        List<String> errors = new ArrayList<>();
        Optional<Matchers> match = form.matchers(texts, locale.getLanguage(), errors);
        match.ifPresent(matchers -> model.addAttribute("preview", preview.look(matchers, now)));
        model.addAttribute("errors", errors);
        return show(model, form, now);
    }

    @Needs(Permission.HOLD_BACK)
    @PostMapping("/held/silences")
    String begin(SilenceForm form, Model model, Locale locale, Principal principal) {
        Instant now = clock.instant();
        SilenceForm.Read read = form.read(city.get(), texts, locale.getLanguage(), now);
        if (read instanceof SilenceForm.Read.Meant meant) {
            silences.begin(
                    meant.kind(),
                    meant.match(),
                    form.owner(),
                    form.reason().strip(),
                    meant.from(),
                    meant.until(),
                    "account:" + principal.getName(),
                    now);
            return "redirect:/held";
        }
        if (read instanceof SilenceForm.Read.Wrong wrong) {
            model.addAttribute("errors", wrong.errors());
        }
        return show(model, form, now);
    }

    @Needs(Permission.HOLD_BACK)
    @PostMapping("/held/silences/{id}/end")
    String end(@PathVariable long id, Principal principal) {
        silences.end(id, "account:" + principal.getName(), clock.instant());
        return "redirect:/held";
    }

    /** Does not wait for the time of a digest. */
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/held/digests/{id}/send")
    String send(@PathVariable long id, Principal principal) {
        held.sendNow(id, "account:" + principal.getName(), clock.instant());
        return "redirect:/held";
    }
}
