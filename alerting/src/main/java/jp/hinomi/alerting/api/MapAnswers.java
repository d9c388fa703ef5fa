package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.map.CityMap;
import jp.hinomi.alerting.map.MapVersion;
import jp.hinomi.alerting.map.Pasted;
import jp.hinomi.alerting.notice.ShownLines;
import jp.hinomi.alerting.store.Decisions;
import jp.hinomi.city.CityDiff;
import jp.hinomi.events.document.Problem;

/** How the API shows the responsibility map. */
public final class MapAnswers {
    private MapAnswers() {}

    public record MapVersionState(
            long number,
            String name,
            String hash,
            String state,
            String origin,
            @JsonProperty("based_on") Optional<Long> basedOn,
            String reason,
            @JsonProperty("made_by") String madeBy,
            @JsonProperty("made_at") Instant madeAt,
            @JsonProperty("approved_by") Optional<String> approvedBy,
            @JsonProperty("withdrawn_by") Optional<String> withdrawnBy,
            @JsonProperty("in_force_from") Optional<Instant> from,
            @JsonProperty("in_force_until") Optional<Instant> until) {
        static MapVersionState of(MapVersion version) {
            return new MapVersionState(
                    version.number(),
                    version.name(),
                    version.hash(),
                    version.state().word(),
                    version.origin().word(),
                    version.basedOn(),
                    version.reason(),
                    version.madeBy(),
                    version.madeAt(),
                    version.approvedBy(),
                    version.withdrawnBy(),
                    version.from(),
                    version.until());
        }
    }

    public record MapVersionWhole(
            @JsonUnwrapped MapVersionState version,

            @Schema(description = "Names of files that differ from those that jobs read.")
            @JsonProperty("not_in_folder")
            List<String> notInFolder,

            @Schema(description = "Text by name.") Map<String, String> files) {}

    public record MapProblem(String file, int line, String code, String severity, String message, String remedy) {
        static List<MapProblem> all(List<Problem> problems) {
            return problems.stream()
                    .map(problem -> new MapProblem(
                            problem.file(),
                            problem.line(),
                            problem.code(),
                            problem.severity().name().toLowerCase(Locale.ROOT),
                            problem.message(),
                            problem.remedy()))
                    .toList();
        }
    }

    public record MapTrial(List<CityDiff.Change> changes, List<MapProblem> problems) {}

    public record FoundResource(String resource, String selector) {}

    /**
     * @param led what the value led to; none if it is nothing that the city knows
     */
    public record ReadField(String field, String value, List<FoundResource> led) {}

    public record ReadLine(
            @Schema(description = "The format that it was read in.")
            String format,

            @Schema(description = "The fields that resources are found by.")
            List<ReadField> fields,

            @Schema(description = "Why it could not be read.")
            Optional<String> rejected) {
        static ReadLine of(jp.hinomi.alerting.map.ReadLine line) {
            return new ReadLine(
                    line.format(),
                    line.readings().stream()
                            .map(reading -> new ReadField(
                                    reading.field().name(),
                                    reading.value(),
                                    reading.led().stream()
                                            .map(each -> new FoundResource(
                                                    each.resource().id(),
                                                    each.by().toString()))
                                            .toList()))
                            .toList(),
                    line.rejected());
        }
    }

    public record Routed(
            Instant at,

            @Schema(description = "The version of the map that answered.")
            String map,

            @Schema(description = "What was found, by the words that were asked for.")
            Map<String, List<FoundResource>> found,

            @Schema(description = "Lines of logs, as the job would read them.")
            List<ReadLine> lines,

            @Schema(description = "The log lines that a message would show, by contact that is told.")
            Map<String, List<String>> seen,

            @Schema(format = "date", description = "The day of which the map was asked.")
            String day,

            @Schema(types = "array", description = "Each with who was considered and why.")
            Object resources,

            @Schema(types = "array", description = "Who is told, what they may see, and why.")
            Object recipients,

            @Schema(types = "array", description = "Ids of policies of escalation.")
            Object escalations,

            @Schema(types = "array", description = "What nobody is responsible for.")
            Object gaps) {
        static Routed of(Instant at, CityMap map, Pasted answer) {
            Map<String, List<FoundResource>> found = new LinkedHashMap<>();
            answer.found()
                    .forEach((word, all) -> found.put(
                            word,
                            all.stream()
                                    .map(each -> new FoundResource(
                                            each.resource().id(),
                                            each.by().map(Object::toString).orElse("id")))
                                    .toList()));
            Map<String, List<String>> seen = new LinkedHashMap<>();
            answer.decision()
                    .recipients()
                    .forEach(one -> seen.put(one.contact().id(), ShownLines.of(map, answer.alert(), one)));
            Map<String, Object> decision = Decisions.json(answer.decision());
            return new Routed(
                    at,
                    map.version(),
                    found,
                    answer.lines().stream().map(ReadLine::of).toList(),
                    seen,
                    (String) decision.get("day"),
                    decision.get("resources"),
                    decision.get("recipients"),
                    decision.get("escalations"),
                    decision.get("gaps"));
        }
    }

    public record NeverAnswered(
            String contact,
            @Schema(description = "When it was last told.") Instant reached) {}
}
