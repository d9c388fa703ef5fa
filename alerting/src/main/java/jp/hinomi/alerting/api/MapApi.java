package jp.hinomi.alerting.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.map.CityMap;
import jp.hinomi.alerting.map.MapDesk;
import jp.hinomi.alerting.map.MapRefusal;
import jp.hinomi.alerting.map.MapVersion;
import jp.hinomi.alerting.map.MapZip;
import jp.hinomi.alerting.map.Pasted;
import jp.hinomi.alerting.security.ApiTokenFilter;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.city.CityDiff;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Problem;
import jp.hinomi.events.document.ProblemsException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Versions of the responsibility map: {@code /api/v1/map}.
 *
 * <p>Approving is for people who are logged in: a token of a program is shared, and would be neither pair of the four eyes.
 */
@RestController
@RequestMapping("/api/v1/map")
@Needs(Permission.SEE_MAP)
public class MapApi {
    private final MapDesk desk;
    private final InstantSource clock;

    public MapApi(MapDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @GetMapping("/versions")
    List<Map<String, Object>> versions() {
        return desk.versions().all().stream().map(MapApi::json).toList();
    }

    /** One version with its files, and which of them jobs do not have yet. */
    @GetMapping("/versions/{number}")
    Map<String, Object> version(@PathVariable long number) {
        Map<String, Object> json = json(desk.versions().get(number));
        json.put("not_in_folder", desk.notInFolder(number));
        json.put("files", desk.versions().files(number).texts());
        return json;
    }

    /** The version that was in force at a time; now without one. */
    @GetMapping("/in-force")
    Map<String, Object> inForce(@RequestParam Optional<Instant> at) {
        return desk.versions()
                .at(at.orElseGet(clock::instant))
                .map(MapApi::json)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no version was in force then"));
    }

    @GetMapping("/versions/{number}/check")
    List<Map<String, Object>> check(@PathVariable long number) {
        return problems(desk.check(number, clock.instant()));
    }

    /** @param from absent = the version that it was made from */
    @GetMapping("/versions/{number}/diff")
    List<CityDiff.Change> diff(@PathVariable long number, @RequestParam Optional<Long> from) {
        Optional<Long> before = from.or(() -> desk.versions().get(number).basedOn());
        return before.map(version -> desk.diff(version, number)).orElse(List.of());
    }

    /**
     * A draft.
     *
     * @param base the version in force that it was made from; absent = whichever is in force
     * @param files text by name, such as {@code responsibilities.yaml}; the others stay as they are, and an empty text takes
     *     the file away
     * @param tables CSV files in Base64, by name such as {@code responsibilities.csv}
     */
    public record Draft(String reason, Long base, Map<String, String> files, Map<String, String> tables) {
        MapDesk.Change change() {
            Map<String, byte[]> decoded = new LinkedHashMap<>();
            Optional.ofNullable(tables)
                    .orElse(Map.of())
                    .forEach((name, text) ->
                            decoded.put(name, Base64.getMimeDecoder().decode(text)));
            return new MapDesk.Change(
                    Optional.ofNullable(files).orElse(Map.of()), decoded, reason == null ? "" : reason);
        }
    }

    @Needs(Permission.CHANGE_MAP)
    @PostMapping("/versions")
    Map<String, Object> draft(@RequestBody Draft draft, Principal principal) {
        return json(desk.draft(Optional.ofNullable(draft.base()), draft.change(), actor(principal), clock.instant()));
    }

    @Needs(Permission.CHANGE_MAP)
    @PutMapping("/versions/{number}")
    Map<String, Object> edit(@PathVariable long number, @RequestBody Draft draft, Principal principal) {
        return json(desk.edit(number, draft.change(), actor(principal), clock.instant()));
    }

    /** What a draft would be; keeps nothing. */
    @Needs(Permission.CHANGE_MAP)
    @PostMapping("/try")
    Map<String, Object> attempt(@RequestBody Draft draft) {
        MapDesk.Trial trial = desk.attempt(Optional.empty(), draft.change(), clock.instant());
        return Map.of("changes", trial.changes(), "problems", problems(trial.problems()));
    }

    /** The files of a version. */
    @GetMapping("/versions/{number}/files.zip")
    ResponseEntity<byte[]> files(@PathVariable long number) throws IOException {
        return zip("city-" + number, MapZip.files(desk.versions().files(number)));
    }

    /**
     * Its tables for a spreadsheet.
     *
     * @param charset {@code UTF-8} or {@code Shift_JIS}
     */
    @GetMapping("/versions/{number}/tables.zip")
    ResponseEntity<byte[]> tables(@PathVariable long number, @RequestParam(defaultValue = "UTF-8") String charset)
            throws IOException {
        return zip("tables-" + number, MapZip.tables(desk.versions().files(number), charset));
    }

    private static ResponseEntity<byte[]> zip(String name, byte[] content) {
        return ResponseEntity.ok()
                .header("Content-Type", "application/zip")
                .header("Content-Disposition", "attachment; filename=\"" + name + ".zip\"")
                .body(content);
    }

    @Needs(Permission.CHANGE_MAP)
    @PostMapping("/versions/{number}/withdraw")
    Map<String, Object> withdraw(@PathVariable long number, Principal principal) {
        return json(desk.versions().withdraw(number, actor(principal), clock.instant()));
    }

    /** @param hash of the files that were looked at */
    public record Approval(String hash) {}

    @Needs(Permission.APPROVE_MAP)
    @PostMapping("/versions/{number}/approve")
    Map<String, Object> approve(
            @PathVariable long number,
            @RequestBody Approval approval,
            Principal principal,
            HttpServletRequest request) {
        if (ApiTokenFilter.carriesToken(request)) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN,
                    "a token is no person: log in to the console to approve a version of the map");
        }
        return json(desk.approve(number, String.valueOf(approval.hash()), actor(principal), clock.instant()));
    }

    /**
     * Who is told, by which entry of the map, and what may they see?
     *
     * @param asked an address, host, URL, id, or line of a log
     * @param asOf by the map and the rota of that time
     */
    @GetMapping("/route")
    Map<String, Object> route(
            @RequestParam("q") String asked,
            @RequestParam(defaultValue = "high") String severity,
            @RequestParam(defaultValue = "AMBER") String tlp,
            @RequestParam("as-of") Optional<Instant> asOf) {
        Instant at = asOf.orElseGet(clock::instant);
        CityMap map = desk.map(asOf)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no version was in force then"));
        Pasted answer = Pasted.ask(map, asked, Severity.ofWord(severity.toLowerCase(Locale.ROOT)), Tlp.ofWord(tlp), at);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", at.toString());
        json.put("map", map.version());
        Map<String, Object> found = new LinkedHashMap<>();
        answer.found()
                .forEach((word, all) -> found.put(
                        word,
                        all.stream()
                                .map(each -> Map.of(
                                        "resource", each.resource().id(),
                                        "selector",
                                                each.by().map(Object::toString).orElse("id")))
                                .toList()));
        json.put("found", found);
        json.putAll(Decisions.json(answer.decision()));
        return json;
    }

    /** Contacts that messages reach, and that never answered. */
    @GetMapping("/never-answered")
    List<Map<String, Object>> neverAnswered() {
        List<Map<String, Object>> all = new ArrayList<>();
        desk.neverAnswered()
                .forEach(each -> all.add(Map.of(
                        "contact", each.contact(), "reached", each.reached().toString())));
        return all;
    }

    private static String actor(Principal principal) {
        return "account:" + principal.getName();
    }

    private static Map<String, Object> json(MapVersion version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", version.number());
        json.put("name", version.name());
        json.put("hash", version.hash());
        json.put("state", version.state().word());
        json.put("origin", version.origin().word());
        json.put("based_on", version.basedOn().orElse(null));
        json.put("reason", version.reason());
        json.put("made_by", version.madeBy());
        json.put("made_at", version.madeAt().toString());
        json.put("approved_by", version.approvedBy().orElse(null));
        json.put("withdrawn_by", version.withdrawnBy().orElse(null));
        json.put("in_force_from", version.from().map(Instant::toString).orElse(null));
        json.put("in_force_until", version.until().map(Instant::toString).orElse(null));
        return json;
    }

    private static List<Map<String, Object>> problems(List<Problem> problems) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Problem problem : problems) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("file", problem.file());
            json.put("line", problem.line());
            json.put("code", problem.code());
            json.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
            json.put("message", problem.message());
            json.put("remedy", problem.remedy());
            all.add(json);
        }
        return all;
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unusable(ProblemsException e) {
        return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).body(Map.of("problems", problems(e.problems())));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(MapRefusal e) {
        HttpStatus status = switch (e.why()) {
            case UNKNOWN -> HttpStatus.NOT_FOUND;
            case OWN_DRAFT, NOT_YOURS -> HttpStatus.FORBIDDEN;
            case NO_REASON -> HttpStatus.BAD_REQUEST;
            case NOT_A_DRAFT, OUTDATED, OVERTAKEN, CHANGED, SAME -> HttpStatus.CONFLICT;
        };
        return ResponseEntity.status(status).body(Map.of("refused", e.why().word(), "message", e.getMessage()));
    }

    /** With its words: no version was in force then. */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> absent(ResponseStatusException e) {
        return ResponseEntity.status(e.getStatusCode()).body(Map.of("message", String.valueOf(e.getReason())));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> wrong(IllegalArgumentException e) {
        return ResponseEntity.badRequest().body(Map.of("message", String.valueOf(e.getMessage())));
    }
}
