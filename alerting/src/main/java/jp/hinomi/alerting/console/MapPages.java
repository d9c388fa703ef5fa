package jp.hinomi.alerting.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.channel.ChannelBoard;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.map.CityMap;
import jp.hinomi.alerting.map.MapDesk;
import jp.hinomi.alerting.map.MapRefusal;
import jp.hinomi.alerting.map.MapVersion;
import jp.hinomi.alerting.map.Pasted;
import jp.hinomi.alerting.notice.ShownLines;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.alerting.web.Refusal;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The responsibility map, now or as of any time, and what it answers: who is told of this? */
@Controller
@Needs(Permission.SEE_MAP)
public class MapPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** More resources than these are no drawing any more. */
    private static final int DRAWN = 60;

    private final MapDesk desk;
    private final ChannelBoard channels;
    private final InstantSource clock;

    public MapPages(MapDesk desk, ChannelBoard channels, InstantSource clock) {
        this.desk = desk;
        this.channels = channels;
        this.clock = clock;
    }

    @GetMapping("/map")
    String map(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String only,
            @RequestParam(defaultValue = "") String at,
            Model model) {
        Asked asked = asked(at, model);
        if (asked.map().isEmpty()) {
            return "map";
        }
        City city = asked.map().get().city();
        LocalDate day = asked.when().atZone(city.zone()).toLocalDate();
        boolean now = asked.past().isEmpty();
        Set<String> silent = now
                ? desk.neverAnswered().stream()
                        .map(MapDesk.Unanswering::contact)
                        .collect(Collectors.toSet())
                : Set.of();
        model.addAttribute("q", q);
        model.addAttribute("only", only);
        model.addAttribute("city", city);
        model.addAttribute("table", MapTable.of(city, day, new MapTable.Choice(q, only)));
        model.addAttribute("people", MapPeople.of(city, now ? channels.all() : List.of(), silent));
        return "map";
    }

    /** Layers as lanes, and whoever answers. */
    @GetMapping("/map/graph")
    String graph(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String at, Model model) {
        Asked asked = asked(at, model);
        model.addAttribute("q", q);
        asked.map().map(CityMap::city).ifPresent(city -> {
            LocalDate day = asked.when().atZone(city.zone()).toLocalDate();
            MapTable table = MapTable.of(city, day, new MapTable.Choice(q, ""), DRAWN);
            model.addAttribute("city", city);
            model.addAttribute("duties", Duty.values());
            model.addAttribute("table", table);
            model.addAttribute("graph", MapGraph.of(table));
        });
        return "map-graph";
    }

    /**
     * @param q an address, a host name, a URL, an id or a line of a log
     * @param source id of whose line it is; empty = recognised by itself
     */
    @GetMapping("/map/ask")
    String ask(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "high") String severity,
            @RequestParam(defaultValue = "AMBER") String tlp,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String at,
            Model model) {
        Asked asked = asked(at, model);
        model.addAttribute("q", q);
        model.addAttribute("source", source);
        model.addAttribute("readsLines", desk.readsLines());
        model.addAttribute(
                "sources",
                asked.map()
                        .map(map -> List.copyOf(map.city().sources().values()))
                        .orElse(List.of()));
        model.addAttribute("severity", severity);
        model.addAttribute("tlp", tlp);
        model.addAttribute("severities", Severity.values());
        model.addAttribute("labels", Tlp.values());
        if (!q.isBlank() && asked.map().isPresent()) {
            CityMap map = asked.map().get();
            // A source that the map of that time did not have is none.
            Optional<String> of = Optional.of(source).filter(map.city().sources()::containsKey);
            Pasted answer = desk.ask(map, new Pasted.Question(q, of, severity(severity), label(tlp), asked.when()));
            Map<String, List<String>> seen = new HashMap<>();
            answer.decision()
                    .recipients()
                    .forEach(one -> seen.put(one.contact().id(), ShownLines.of(map, answer.alert(), one)));
            model.addAttribute("seen", seen);
            JsonNode decision = JSON.valueToTree(Decisions.json(answer.decision()));
            model.addAttribute("answer", answer);
            model.addAttribute("decision", decision);
            model.addAttribute("city", map.city());
            model.addAttribute(
                    "escalations",
                    answer.decision().escalations().stream()
                            .map(map.city().escalations()::get)
                            .toList());
        }
        return "map-ask";
    }

    /** Where a decision's map leads. */
    @GetMapping("/map/named/{name}")
    String named(@PathVariable String name) {
        MapVersion version =
                desk.versions().named(name).orElseThrow(() -> Refusal.unknown(MapRefusal.Why.NOT_KEPT, name));
        return "redirect:/map/versions/" + version.number();
    }

    /** @param past absent = now */
    private record Asked(Instant when, Optional<Instant> past, Optional<CityMap> map) {}

    /** The map in force at a time of the city's own clock, as a field of a page has it. */
    private Asked asked(String at, Model model) {
        Optional<Instant> past = time(at, model);
        Instant when = past.orElseGet(clock::instant);
        Optional<CityMap> map = desk.map(past);
        model.addAttribute("at", past.isPresent() ? at : "");
        model.addAttribute("past", past.orElse(null));
        model.addAttribute("missing", map.isEmpty());
        model.addAttribute(
                "version",
                past.map(desk.versions()::at)
                        .orElseGet(desk.versions()::inForce)
                        .orElse(null));
        return new Asked(when, past, map);
    }

    private Optional<Instant> time(String at, Model model) {
        if (at.isBlank()) {
            return Optional.empty();
        }
        try {
            Instant time = LocalDateTime.parse(at)
                    .atZone(desk.map(Optional.empty()).orElseThrow().city().zone())
                    .toInstant();
            return Optional.of(time);
        } catch (DateTimeException e) {
            model.addAttribute("noTime", at);
            return Optional.empty();
        }
    }

    private static Severity severity(String word) {
        for (Severity each : Severity.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new CaseworkRefusal(CaseworkRefusal.Why.NO_SEVERITY, word);
    }

    private static Tlp label(String word) {
        for (Tlp each : Tlp.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new CaseworkRefusal(CaseworkRefusal.Why.NO_TLP, word);
    }
}
