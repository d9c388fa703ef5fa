package jp.hinomi.alerting.console;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.alarm.AlarmDesk;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.own.OwnPages;
import jp.hinomi.alerting.security.Members;
import jp.hinomi.alerting.store.PoisonRecords;
import jp.hinomi.alerting.text.Texts;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page has around it. */
@ControllerAdvice(basePackageClasses = {Shell.class, OwnPages.class})
public class Shell {
    private final CityInForce city;
    private final Texts texts;
    private final InstantSource clock;
    private final AlertQueries alerts;
    private final GapQueries gaps;
    private final DeliveryQueries deliveries;
    private final PoisonRecords poison;
    private final AlarmDesk alarms;

    public Shell(
            CityInForce city,
            Texts texts,
            InstantSource clock,
            AlertQueries alerts,
            GapQueries gaps,
            DeliveryQueries deliveries,
            PoisonRecords poison,
            AlarmDesk alarms) {
        this.city = city;
        this.texts = texts;
        this.clock = clock;
        this.alerts = alerts;
        this.gaps = gaps;
        this.deliveries = deliveries;
        this.poison = poison;
        this.alarms = alarms;
    }

    @ModelAttribute("show")
    public Show show(Locale locale) {
        return new Show(city.get(), texts, clock, locale.getLanguage());
    }

    @ModelAttribute("theme")
    public String theme(HttpServletRequest request) {
        return Preferences.theme(request);
    }

    /** Where the language and theme switches come back to: this page's own address. */
    @ModelAttribute("here")
    public String here(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    /** The account's name; null for people without a login. */
    @ModelAttribute("user")
    public String user(Principal principal) {
        return principal == null ? null : principal.getName();
    }

    /** Words of the permissions that this request has: what the page need not offer to others. */
    @ModelAttribute("may")
    public Set<String> may() {
        return Members.permissions().stream().map(Permission::word).collect(Collectors.toSet());
    }

    /**
     * Figures beside the navigation ({@code badges}) and open alerts by severity ({@code counts}); none for people without a
     * login, and none for parts of pages.
     */
    @ModelAttribute
    public void figures(Principal principal, HttpServletRequest request, Model model) {
        Map<String, Long> badges = Map.of();
        Map<String, Integer> counts = Map.of();
        if (principal != null && request.getHeader("HX-Request") == null && Members.may(Permission.SEE_ALERTS)) {
            counts = alerts.openBySeverity();
            long open = counts.values().stream().mapToLong(Integer::longValue).sum();
            badges = Map.of(
                    "alerts", open,
                    "gaps", gaps.count(),
                    "dead", deliveries.dead(),
                    "poison", poison.count(),
                    "alarms", alarms.open());
        }
        model.addAttribute("badges", badges);
        model.addAttribute("counts", counts);
    }
}
