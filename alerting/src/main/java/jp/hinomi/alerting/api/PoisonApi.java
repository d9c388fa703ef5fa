package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.EvidenceLooks;
import jp.hinomi.alerting.delivery.MessageReason;
import jp.hinomi.alerting.intake.PoisonDesk;
import jp.hinomi.alerting.store.PoisonRecords;
import jp.hinomi.alerting.store.PoisonRecords.Place;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Records that could not be taken as alerts, for programs. */
@Tag(name = "Operations")
@RestController
@RequestMapping("/api/v1/poison")
@Needs(Permission.SEE_OPERATIONS)
public class PoisonApi {
    private final PoisonRecords records;
    private final PoisonDesk desk;
    private final EvidenceLooks looks;
    private final InstantSource clock;

    public PoisonApi(PoisonRecords records, PoisonDesk desk, EvidenceLooks looks, InstantSource clock) {
        this.records = records;
        this.desk = desk;
        this.looks = looks;
        this.clock = clock;
    }

    /** @param count of all that nobody has settled, of which the newest are listed */
    public record PoisonPage(long count, List<PoisonRecord> items) {}

    /** @param beginning of the value, as text */
    public record PoisonRecord(
            String topic, int partition, long offset, String reason, String received, int bytes, String beginning) {}

    public record PoisonOutcome(
            @Schema(allowableValues = {"taken", "unusable", "dismissed"})
            String outcome,

            Optional<String> reason) {}

    @Operation(summary = "Records that could not be taken as alerts, the newest first")
    @GetMapping
    PoisonPage list(@RequestParam(defaultValue = "100") int limit, Principal principal) {
        looks.seen("account:" + principal.getName(), "poison", "api");
        List<PoisonRecord> items = records.open(new Paging(null, limit).size()).stream()
                .map(one -> new PoisonRecord(
                        one.place().topic(),
                        one.place().partition(),
                        one.place().offset(),
                        one.reason(),
                        one.receivedAt().toString(),
                        one.size(),
                        one.beginning()))
                .toList();
        return new PoisonPage(records.count(), items);
    }

    @Operation(summary = "Try to take the record again")
    @Needs(Permission.WORK_ON_OPERATIONS)
    @PostMapping("/{topic}/{partition}/{offset}/retry")
    PoisonOutcome retry(
            @PathVariable String topic, @PathVariable int partition, @PathVariable long offset, Principal principal) {
        PoisonDesk.Outcome outcome =
                desk.retry(new Place(topic, partition, offset), "account:" + principal.getName(), clock.instant());
        if (outcome instanceof PoisonDesk.Outcome.StillUnusable still) {
            return new PoisonOutcome("unusable", Optional.of(still.reason()));
        }
        if (outcome instanceof PoisonDesk.Outcome.Unknown) {
            throw unknown();
        }
        return new PoisonOutcome("taken", Optional.empty());
    }

    @Operation(summary = "Set the record aside for good")
    @Needs(Permission.WORK_ON_OPERATIONS)
    @PostMapping("/{topic}/{partition}/{offset}/dismiss")
    PoisonOutcome dismiss(
            @PathVariable String topic, @PathVariable int partition, @PathVariable long offset, Principal principal) {
        if (!desk.dismiss(new Place(topic, partition, offset), "account:" + principal.getName(), clock.instant())) {
            throw unknown();
        }
        return new PoisonOutcome("dismissed", Optional.empty());
    }

    private static ResponseStatusException unknown() {
        return Refusal.unknown(MessageReason.NO_RECORD);
    }
}
