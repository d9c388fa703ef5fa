package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.work.Casework;
import jp.hinomi.alerting.incident.work.Tasks;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.text.Texts;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people do with an incident on its page: judge it, give out tasks, merge and split. */
@Controller
@Needs(Permission.WORK_ON_INCIDENTS)
public class CaseworkPages {
    private final Incidents incidents;
    private final Casework casework;
    private final Tasks tasks;
    private final CityInForce city;
    private final Texts texts;
    private final InstantSource clock;

    public CaseworkPages(
            Incidents incidents, Casework casework, Tasks tasks, CityInForce city, Texts texts, InstantSource clock) {
        this.incidents = incidents;
        this.casework = casework;
        this.tasks = tasks;
        this.city = city;
        this.texts = texts;
        this.clock = clock;
    }

    @PostMapping("/incidents/{number}/tasks")
    String task(
            @PathVariable String number,
            @RequestParam String title,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String due,
            Principal principal,
            RedirectAttributes says,
            Locale locale) {
        Incident incident = find(number);
        return attempt(incident, says, locale, () -> {
            tasks.add(incident, title, owner, time(due), actor(principal), clock.instant());
            return IncidentPages.back(incident, "saved");
        });
    }

    @PostMapping("/incidents/{number}/tasks/{task}")
    String done(@PathVariable String number, @PathVariable long task, @RequestParam boolean done, Principal principal) {
        Incident incident = find(number);
        tasks.done(incident, task, done, actor(principal), clock.instant());
        return IncidentPages.back(incident, "saved");
    }

    @PostMapping("/incidents/{number}/merge")
    String merge(
            @PathVariable String number,
            @RequestParam String into,
            Principal principal,
            RedirectAttributes says,
            Locale locale) {
        Incident incident = find(number);
        Incident other = find(into);
        return attempt(incident, says, locale, () -> {
            casework.merge(incident, other, actor(principal), clock.instant());
            return IncidentPages.back(other, "merged");
        });
    }

    @PostMapping("/incidents/{number}/unmerge")
    String unmerge(@PathVariable String number, Principal principal) {
        Incident incident = find(number);
        casework.unmerge(incident, actor(principal), clock.instant());
        return IncidentPages.back(incident, "unmerged");
    }

    @PostMapping("/incidents/{number}/split")
    String split(
            @PathVariable String number,
            @RequestParam(required = false) List<String> alert,
            Principal principal,
            RedirectAttributes says,
            Locale locale) {
        Incident incident = find(number);
        return attempt(
                incident,
                says,
                locale,
                () -> IncidentPages.back(
                        casework.split(incident, alert == null ? List.of() : alert, actor(principal), clock.instant()),
                        "opened"));
    }

    private interface Attempt {
        String go();
    }

    /** What is refused is said on the page of the incident. */
    private String attempt(Incident incident, RedirectAttributes says, Locale locale, Attempt attempt) {
        try {
            return attempt.go();
        } catch (Refused e) {
            says.addFlashAttribute("refused", e.in(locale));
            return "redirect:/incidents/" + incident.number();
        }
    }

    private Optional<Instant> time(String text) {
        try {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(
                            LocalDateTime.parse(text).atZone(city.get().zone()).toInstant());
        } catch (DateTimeException e) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.NO_TIME, text);
        }
    }

    private static String actor(Principal principal) {
        return IncidentPages.actor(principal);
    }

    private Incident find(String number) {
        return incidents.find(number).orElseThrow(() -> Refusal.unknown(CaseworkRefusal.Why.NO_INCIDENT, number));
    }
}
