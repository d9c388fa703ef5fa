package jp.hinomi.alerting.api;

import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.intake.PoisonDesk;
import jp.hinomi.alerting.store.PoisonRecords;
import jp.hinomi.alerting.store.PoisonRecords.Place;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Records that could not be taken as alerts, for programs. */
@RestController
@RequestMapping("/api/v1/poison")
@Needs(Permission.SEE_OPERATIONS)
public class PoisonApi {
    private static final int MOST = 1000;

    private final PoisonRecords records;
    private final PoisonDesk desk;
    private final InstantSource clock;

    public PoisonApi(PoisonRecords records, PoisonDesk desk, InstantSource clock) {
        this.records = records;
        this.desk = desk;
        this.clock = clock;
    }

    /** @param count of all that nobody has settled, of which the newest are listed */
    public record Page(long count, List<Item> items) {}

    /** @param beginning of the value, as text */
    public record Item(
            String topic, int partition, long offset, String reason, String received, int bytes, String beginning) {}

    @GetMapping
    Page list(@RequestParam(defaultValue = "100") int limit) {
        List<Item> items = records.open(Math.max(1, Math.min(MOST, limit))).stream()
                .map(one -> new Item(
                        one.place().topic(),
                        one.place().partition(),
                        one.place().offset(),
                        one.reason(),
                        one.receivedAt().toString(),
                        one.size(),
                        one.beginning()))
                .toList();
        return new Page(records.count(), items);
    }

    @Needs(Permission.WORK_ON_OPERATIONS)
    @PostMapping("/{topic}/{partition}/{offset}/retry")
    Map<String, String> retry(
            @PathVariable String topic, @PathVariable int partition, @PathVariable long offset, Principal principal) {
        PoisonDesk.Outcome outcome =
                desk.retry(new Place(topic, partition, offset), "account:" + principal.getName(), clock.instant());
        if (outcome instanceof PoisonDesk.Outcome.StillUnusable still) {
            return Map.of("outcome", "unusable", "reason", still.reason());
        }
        if (outcome instanceof PoisonDesk.Outcome.Unknown) {
            throw unknown();
        }
        return Map.of("outcome", "taken");
    }

    @Needs(Permission.WORK_ON_OPERATIONS)
    @PostMapping("/{topic}/{partition}/{offset}/dismiss")
    Map<String, String> dismiss(
            @PathVariable String topic, @PathVariable int partition, @PathVariable long offset, Principal principal) {
        if (!desk.dismiss(new Place(topic, partition, offset), "account:" + principal.getName(), clock.instant())) {
            throw unknown();
        }
        return Map.of("outcome", "dismissed");
    }

    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "no such record waits for anybody");
    }
}
