package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.map.CityMap;
import jp.hinomi.alerting.map.MapDesk;
import jp.hinomi.alerting.map.MapRefusal;
import jp.hinomi.alerting.map.MapVersion;
import jp.hinomi.alerting.map.MapZip;
import jp.hinomi.alerting.map.Pasted;
import jp.hinomi.alerting.security.ApiTokenFilter;
import jp.hinomi.city.CityDiff;
import jp.hinomi.city.CityPhrases;
import jp.hinomi.events.document.ProblemsException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
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

/**
 * Versions of the responsibility map: {@code /api/v1/map}.
 *
 * <p>Approving is for people who are logged in: a token of a program is shared, and would be neither pair of the four eyes.
 */
@Tag(name = "Responsibility map")
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

    @Operation(summary = "Versions of the responsibility map, the newest first")
    @GetMapping("/versions")
    Page<MapAnswers.MapVersionState> versions(@ParameterObject Paging paging) {
        int size = paging.size();
        return Page.of(
                desk.versions().list(paging.below(), size + 1),
                size,
                MapVersion::number,
                MapAnswers.MapVersionState::of);
    }

    /** One version with its files, and which of them jobs do not have yet. */
    @Operation(summary = "One version with its files, and which of them jobs do not have yet")
    @GetMapping("/versions/{number}")
    MapAnswers.MapVersionWhole version(@PathVariable long number) {
        return new MapAnswers.MapVersionWhole(
                MapAnswers.MapVersionState.of(desk.versions().get(number)),
                desk.notInFolder(number),
                desk.versions().files(number).texts());
    }

    /** The version that was in force at a time; now without one. */
    @Operation(summary = "The version that was in force at a time; now without one")
    @GetMapping("/in-force")
    MapAnswers.MapVersionState inForce(@RequestParam Optional<Instant> at) {
        return desk.versions()
                .at(at.orElseGet(clock::instant))
                .map(MapAnswers.MapVersionState::of)
                .orElseThrow(() -> new MapRefusal(MapRefusal.Why.NONE_THEN));
    }

    @Operation(summary = "What is wrong with a version")
    @GetMapping("/versions/{number}/check")
    List<MapAnswers.MapProblem> check(@PathVariable long number) {
        return MapAnswers.MapProblem.all(desk.check(number, clock.instant()));
    }

    /** @param from absent = the version that it was made from */
    @Operation(summary = "What is different from another version")
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
    public record MapDraft(
            String reason,

            @Schema(description = "Version in force that it was made from; absent = whichever is in force.")
            Long base,

            @Schema(description = "Text by name; the others stay, an empty text takes the file away.")
            Map<String, String> files,

            @Schema(description = "CSV files in Base64, by name.")
            Map<String, String> tables) {
        MapDesk.Change change() {
            Map<String, byte[]> decoded = new LinkedHashMap<>();
            Optional.ofNullable(tables)
                    .orElse(Map.of())
                    .forEach((name, text) -> decoded.put(name, decoded(name, text)));
            return new MapDesk.Change(
                    Optional.ofNullable(files).orElse(Map.of()), decoded, reason == null ? "" : reason);
        }

        private static byte[] decoded(String name, String text) {
            try {
                return Base64.getMimeDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new MapRefusal(MapRefusal.Why.NO_BASE64, name);
            }
        }
    }

    @Operation(summary = "Draft a version")
    @Needs(Permission.CHANGE_MAP)
    @PostMapping("/versions")
    MapAnswers.MapVersionState draft(@RequestBody MapDraft draft, Principal principal) {
        return MapAnswers.MapVersionState.of(
                desk.draft(Optional.ofNullable(draft.base()), draft.change(), actor(principal), clock.instant()));
    }

    @Operation(summary = "Change a draft")
    @Needs(Permission.CHANGE_MAP)
    @PutMapping("/versions/{number}")
    MapAnswers.MapVersionState edit(@PathVariable long number, @RequestBody MapDraft draft, Principal principal) {
        return MapAnswers.MapVersionState.of(desk.edit(number, draft.change(), actor(principal), clock.instant()));
    }

    /** What a draft would be; keeps nothing. */
    @Operation(summary = "What a draft would be; keeps nothing")
    @Needs(Permission.CHANGE_MAP)
    @PostMapping("/try")
    MapAnswers.MapTrial attempt(@RequestBody MapDraft draft) {
        MapDesk.Trial trial = desk.attempt(Optional.empty(), draft.change(), clock.instant());
        return new MapAnswers.MapTrial(trial.changes(), MapAnswers.MapProblem.all(trial.problems()));
    }

    /** The files of a version. */
    @Operation(summary = "The files of a version")
    @ApiResponse(responseCode = "200", description = "The file.", content = @Content(mediaType = "application/zip"))
    @GetMapping("/versions/{number}/files.zip")
    ResponseEntity<byte[]> files(@PathVariable long number) throws IOException {
        return zip("city-" + number, MapZip.files(desk.versions().files(number)));
    }

    /**
     * Its tables for a spreadsheet.
     *
     * @param charset {@code UTF-8} or {@code Shift_JIS}
     */
    @Operation(summary = "Its tables for a spreadsheet")
    @ApiResponse(responseCode = "200", description = "The file.", content = @Content(mediaType = "application/zip"))
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

    @Operation(summary = "Withdraw a draft")
    @Needs(Permission.CHANGE_MAP)
    @PostMapping("/versions/{number}/withdraw")
    MapAnswers.MapVersionState withdraw(@PathVariable long number, Principal principal) {
        return MapAnswers.MapVersionState.of(desk.versions().withdraw(number, actor(principal), clock.instant()));
    }

    /** @param hash of the files that were looked at */
    public record Approval(String hash) {}

    @Operation(summary = "Put a draft into force; for people who are logged in, never for tokens")
    @Needs(Permission.APPROVE_MAP)
    @PostMapping("/versions/{number}/approve")
    MapAnswers.MapVersionState approve(
            @PathVariable long number,
            @RequestBody Approval approval,
            Principal principal,
            HttpServletRequest request) {
        if (ApiTokenFilter.carriesToken(request)) {
            throw new MapRefusal(MapRefusal.Why.NO_PERSON);
        }
        return MapAnswers.MapVersionState.of(
                desk.approve(number, String.valueOf(approval.hash()), actor(principal), clock.instant()));
    }

    /**
     * Who is told, by which entry of the map, and what may they see?
     *
     * @param asked an address, host, URL, id, or line of a log
     * @param source id of whose line it is; absent = recognised by itself
     * @param asOf by the map and the rota of that time
     */
    @Operation(summary = "Who is told of an address, host, URL, id or line of a log, and what may they see")
    @GetMapping("/route")
    MapAnswers.Routed route(
            @RequestParam("q") String asked,
            @RequestParam(defaultValue = "high") String severity,
            @RequestParam(defaultValue = "AMBER") String tlp,
            @Parameter(description = "Id of the source whose line it is; without one its format is recognised.")
                    @RequestParam
                    Optional<String> source,
            @RequestParam("as-of") Optional<Instant> asOf) {
        Instant at = asOf.orElseGet(clock::instant);
        CityMap map = desk.map(asOf).orElseThrow(() -> new MapRefusal(MapRefusal.Why.NONE_THEN));
        source.filter(id -> !map.city().sources().containsKey(id)).ifPresent(id -> {
            throw new MapRefusal(MapRefusal.Why.NO_SOURCE, id);
        });
        Pasted answer = desk.ask(
                map,
                new Pasted.Question(
                        asked,
                        source,
                        CaseworkRefusal.severity(severity.toLowerCase(Locale.ROOT)),
                        CaseworkRefusal.tlp(tlp),
                        at));
        return MapAnswers.Routed.of(at, map, answer);
    }

    /** Contacts that messages reach, and that never answered. */
    @Operation(summary = "Contacts that messages reach, and that never answered")
    @GetMapping("/never-answered")
    Page<MapAnswers.NeverAnswered> neverAnswered(@ParameterObject Paging paging) {
        return Page.cut(
                desk.neverAnswered(), paging, each -> new MapAnswers.NeverAnswered(each.contact(), each.reached()));
    }

    private static String actor(Principal principal) {
        return "account:" + principal.getName();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unusable(ProblemsException e, Locale locale) {
        return problem(e, locale);
    }

    /** Each mistake in the language of the call, with where it is and what to do. */
    static ResponseEntity<ProblemDetail> problem(ProblemsException e, Locale locale) {
        ResponseEntity<ProblemDetail> answer =
                ApiProblems.answer(HttpStatus.UNPROCESSABLE_CONTENT, new MapRefusal(MapRefusal.Why.UNUSABLE), locale);
        Objects.requireNonNull(answer.getBody())
                .setProperty(
                        "problems",
                        MapAnswers.MapProblem.all(e.problems().stream()
                                .map(problem -> CityPhrases.in(locale.getLanguage(), problem))
                                .toList()));
        return answer;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(MapRefusal e, Locale locale) {
        return problem(e, locale);
    }

    static ResponseEntity<ProblemDetail> problem(MapRefusal e, Locale locale) {
        HttpStatus status = switch (e.why()) {
            case UNKNOWN, NONE_THEN, NOT_KEPT -> HttpStatus.NOT_FOUND;
            case OWN_DRAFT, NOT_YOURS, NO_PERSON -> HttpStatus.FORBIDDEN;
            case NO_REASON, NO_FILE, NO_TABLE, NO_BASE64, TOO_LONG, NO_CHARSET, UNREADABLE, NO_SOURCE ->
                HttpStatus.BAD_REQUEST;
            case UNUSABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
            case NOT_A_DRAFT, OUTDATED, OVERTAKEN, CHANGED, SAME -> HttpStatus.CONFLICT;
        };
        return ApiProblems.answer(status, e, locale);
    }
}
