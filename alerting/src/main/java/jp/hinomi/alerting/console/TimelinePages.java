package jp.hinomi.alerting.console;

import java.security.Principal;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.Party;
import jp.hinomi.alerting.incident.axis.AxisEntry;
import jp.hinomi.alerting.incident.axis.AxisFilter;
import jp.hinomi.alerting.incident.axis.AxisQueries;
import jp.hinomi.alerting.incident.axis.Cell;
import jp.hinomi.alerting.incident.axis.Drawing;
import jp.hinomi.alerting.incident.axis.Lanes;
import jp.hinomi.alerting.incident.axis.Window;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The timeline of an incident on one axis. All of what is looked at stands in the address. */
@Controller
@Needs(Permission.SEE_INCIDENTS)
public class TimelinePages {
    /** What stands behind the question mark of our own addresses. */
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9=&%._:+~-]{0,2000}");

    private static final int FARTHEST = 1_000_000;

    private final Incidents incidents;
    private final AxisQueries axis;
    private final AuditLog audit;
    private final EvidenceLooks looks;
    private final TransactionTemplate transaction;
    private final CityInForce city;
    private final InstantSource clock;

    public TimelinePages(
            Incidents incidents,
            AxisQueries axis,
            AuditLog audit,
            EvidenceLooks looks,
            TransactionTemplate transaction,
            CityInForce city,
            InstantSource clock) {
        this.incidents = incidents;
        this.axis = axis;
        this.audit = audit;
        this.looks = looks;
        this.transaction = transaction;
        this.city = city;
        this.clock = clock;
    }

    /** Addresses of the page. */
    public record Links(String number) {
        public String to(AxisFilter filter) {
            return to(filter, 0);
        }

        public String to(AxisFilter filter, int skip) {
            String query = query(filter, skip);
            return "/incidents/" + number + "/timeline" + (query.isEmpty() ? "" : "?" + query);
        }

        /** Only letters, digits and what {@link TimelinePages#QUERY} allows. */
        public String query(AxisFilter filter, int skip) {
            UriComponentsBuilder builder = UriComponentsBuilder.newInstance();
            List<Object> values = new ArrayList<>();
            int n = 0;
            for (Map.Entry<String, String> each : filter.parameters()) {
                builder.queryParam(each.getKey(), "{v" + n++ + "}");
                values.add(each.getValue());
            }
            if (skip > 0) {
                builder.queryParam("skip", skip);
            }
            String query = builder.encode().buildAndExpand(values.toArray()).getQuery();
            return query == null ? "" : query;
        }
    }

    @ModelAttribute("filter")
    AxisFilter filter(
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(required = false) List<String> kind,
            @RequestParam(defaultValue = "") String lane,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "false") boolean pinned,
            @RequestParam(defaultValue = "false") boolean report,
            @RequestParam(defaultValue = "") String lanes,
            @RequestParam(defaultValue = "") String tz) {
        return AxisFilter.of(from, to, kind, lane, q, pinned, report, lanes, tz);
    }

    @GetMapping("/incidents/{number}/timeline")
    String page(
            @PathVariable String number,
            @ModelAttribute("filter") AxisFilter filter,
            @RequestParam(defaultValue = "0") int skip,
            Principal principal,
            Model model) {
        Incident incident = find(number);
        looks.seen(IncidentPages.actor(principal), incident.object(), "timeline");
        incidents.refresh(incident, clock.instant());
        Lanes lanes = lanes(incident, filter);
        int start = Math.max(0, Math.min(FARTHEST, skip));
        Optional<Window> extent = axis.extent(incident.id(), lanes, filter);
        Window window = filter.window()
                .or(() -> extent)
                .orElseGet(() -> Window.around(incident.openedAt(), incident.openedAt()));
        List<Cell> cells = axis.cells(incident.id(), lanes, filter, window);
        List<AxisEntry> entries = axis.list(incident.id(), lanes, filter, start);
        boolean more = entries.size() > AxisQueries.PAGE;
        ZoneId zone = filter.utc() ? ZoneOffset.UTC : city.get().zone();
        List<String> order = lanes.order(cells.stream().map(Cell::lane).toList());
        model.addAttribute("incident", incident);
        model.addAttribute("links", new Links(incident.number()));
        model.addAttribute("window", window);
        model.addAttribute("kinds", AxisFilter.KINDS);
        model.addAttribute("drawing", Drawing.of(window, zone, order, cells));
        model.addAttribute("entries", more ? entries.subList(0, AxisQueries.PAGE) : entries);
        model.addAttribute("skip", start);
        model.addAttribute("next", more ? start + AxisQueries.PAGE : null);
        model.addAttribute("previous", start > 0 ? Math.max(0, start - AxisQueries.PAGE) : null);
        model.addAttribute("zone", zone);
        return "timeline";
    }

    private Lanes lanes(Incident incident, AxisFilter filter) {
        return filter.byLayer()
                ? Lanes.OfLayers.of(city.get())
                : new Lanes.OfStakeholders(
                        city.get().promoter().id(),
                        incidents.parties(incident).stream()
                                .map(Party::stakeholder)
                                .collect(Collectors.toSet()));
    }

    @Needs(Permission.WORK_ON_INCIDENTS)
    @PostMapping("/incidents/{number}/timeline/{entry}/pin")
    String pin(
            @PathVariable String number,
            @PathVariable long entry,
            @RequestParam boolean value,
            @RequestParam(defaultValue = "") String back,
            Principal principal) {
        Incident incident = find(number);
        String actor = IncidentPages.actor(principal);
        transaction.executeWithoutResult(status -> {
            if (axis.pin(incident.id(), entry, value, actor, clock.instant())) {
                audit.record(
                        clock.instant(),
                        actor,
                        value ? "incident.entry-pinned" : "incident.entry-unpinned",
                        incident.object(),
                        Map.of("entry", entry));
            }
        });
        return "redirect:" + address(incident, back) + "#e-" + entry;
    }

    /** @param back what stood behind the question mark; anything else than our own is left out */
    static String address(Incident incident, String back) {
        String path = "/incidents/" + incident.number() + "/timeline";
        return back.isEmpty() || !QUERY.matcher(back).matches() ? path : path + "?" + back;
    }

    private Incident find(String number) {
        return incidents.find(number).orElseThrow(() -> Refusal.unknown(CaseworkRefusal.Why.NO_INCIDENT, number));
    }
}
