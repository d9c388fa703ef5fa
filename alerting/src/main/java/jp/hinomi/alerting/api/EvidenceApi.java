package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.incident.evidence.EvidenceFiles;
import jp.hinomi.alerting.web.Refusal;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Which evidence files an incident has, for programs. */
@Tag(name = "Incidents")
@RestController
@Needs(Permission.SEE_INCIDENTS)
public class EvidenceApi {
    private final Incidents incidents;
    private final EvidenceFiles files;

    public EvidenceApi(Incidents incidents, EvidenceFiles files) {
        this.incidents = incidents;
        this.files = files;
    }

    public record EvidenceFileState(
            long id,
            String name,
            @Schema(description = "Bytes.") long size,
            String sha256,
            String tlp,

            @Schema(description = "Ids of stakeholders that may have it; none = the promoter's own people.")
            @JsonProperty("given_to")
            List<String> givenTo,

            String note,
            @JsonProperty("added_by") String addedBy,
            Instant added,
            Optional<Instant> withdrawn,
            @JsonProperty("withdrawn_by") Optional<String> withdrawnBy,
            Optional<String> reason) {
        static EvidenceFileState of(EvidenceFile file) {
            return new EvidenceFileState(
                    file.id(),
                    file.name(),
                    file.size(),
                    file.sha256(),
                    file.tlp().word(),
                    file.givenTo(),
                    file.note(),
                    file.addedBy(),
                    file.addedAt(),
                    file.withdrawal().map(EvidenceFile.Withdrawal::at),
                    file.withdrawal().map(EvidenceFile.Withdrawal::by),
                    file.withdrawal().map(EvidenceFile.Withdrawal::reason));
        }
    }

    @Operation(summary = "Evidence files of an incident, in the order in which they were added")
    @GetMapping("/api/v1/incidents/{number}/files")
    Page<EvidenceFileState> files(@PathVariable String number, @ParameterObject Paging paging) {
        Incident incident =
                incidents.find(number).orElseThrow(() -> Refusal.unknown(CaseworkRefusal.Why.NO_INCIDENT, number));
        return Page.cut(files.of(incident), paging, EvidenceFileState::of);
    }
}
