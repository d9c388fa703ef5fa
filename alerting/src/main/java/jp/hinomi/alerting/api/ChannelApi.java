package jp.hinomi.alerting.api;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.channel.ChannelBoard;
import jp.hinomi.alerting.channel.ChannelRow;
import jp.hinomi.alerting.channel.ChannelTests;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Channels for programs: whether they work, and messages that prove it. */
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_MESSAGES)
public class ChannelApi {
    private final ChannelBoard board;
    private final ChannelTests tests;
    private final InstantSource clock;

    public ChannelApi(ChannelBoard board, ChannelTests tests, InstantSource clock) {
        this.board = board;
        this.tests = tests;
        this.clock = clock;
    }

    @GetMapping("/channels")
    List<Map<String, Object>> channels(@RequestParam(required = false) String stakeholder) {
        return board.all().stream()
                .filter(row -> stakeholder == null || stakeholder.equals(row.stakeholder()))
                .map(ChannelApi::json)
                .toList();
    }

    private static Map<String, Object> json(ChannelRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stakeholder", row.stakeholder());
        json.put("contact", row.contact());
        json.put("channel", row.type());
        json.put("address", row.address());
        json.put("state", row.state().word());
        json.put("last_ok", text(row.lastOk()));
        json.put("last_failed", text(row.lastFailed()));
        json.put("last_error", row.lastError().orElse(null));
        json.put("gone", text(row.gone()));
        json.put("test", row.test().map(ChannelApi::json).orElse(null));
        return json;
    }

    private static Map<String, Object> json(ChannelRow.Test test) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", test.id());
        json.put("state", test.state());
        json.put("at", test.at().toString());
        json.put("finished", text(test.finished()));
        json.put("attempts", test.attempts());
        json.put("latency_ms", test.latencyMillis().orElse(null));
        json.put("detail", test.detail().orElse(null));
        return json;
    }

    private static String text(Optional<Instant> at) {
        return at.map(Instant::toString).orElse(null);
    }

    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/channels/{stakeholder}/test")
    ResponseEntity<List<Map<String, Object>>> test(@PathVariable String stakeholder, Principal principal) {
        return test(stakeholder, null, null, null, principal);
    }

    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/channels/{stakeholder}/{contact}/test")
    ResponseEntity<List<Map<String, Object>>> test(
            @PathVariable String stakeholder, @PathVariable String contact, Principal principal) {
        return test(stakeholder, contact, null, null, principal);
    }

    /**
     * Sends a test; {@code GET /channel-tests/ID} says what comes of it. 429 if none of these channels may be tested now.
     *
     * @param address which, of a contact that has several of that kind
     */
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/channels/{stakeholder}/{contact}/{type}/test")
    ResponseEntity<List<Map<String, Object>>> test(
            @PathVariable String stakeholder,
            @PathVariable String contact,
            @PathVariable String type,
            @RequestParam(required = false) String address,
            Principal principal) {
        Instant now = clock.instant();
        List<ChannelTests.Asked> asked = tests.begin(
                new ChannelTests.Choice(
                        stakeholder,
                        Optional.ofNullable(contact),
                        Optional.ofNullable(type),
                        Optional.ofNullable(address)),
                principal.getName(),
                now);
        List<Map<String, Object>> body = asked.stream().map(ChannelApi::json).toList();
        boolean none = asked.stream().allMatch(one -> one.delivery().isEmpty());
        if (!none) {
            return ResponseEntity.ok(body);
        }
        Instant again = asked.stream()
                .flatMap(one -> one.again().stream())
                .min(Instant::compareTo)
                .orElse(now);
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(
                        "Retry-After",
                        Long.toString(Math.max(1, Duration.between(now, again).toSeconds() + 1)))
                .body(body);
    }

    /** Whoever types names wants to know which there are. */
    @ExceptionHandler
    ResponseEntity<Map<String, String>> unknown(IllegalArgumentException e) {
        return ResponseEntity.status(HttpStatus.NOT_FOUND).body(Map.of("error", String.valueOf(e.getMessage())));
    }

    private static Map<String, Object> json(ChannelTests.Asked asked) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stakeholder", asked.stakeholder());
        json.put("contact", asked.contact());
        json.put("channel", asked.type());
        json.put("address", asked.address());
        json.put("id", asked.delivery().orElse(null));
        json.put("state", asked.delivery().isPresent() ? "pending" : "refused");
        asked.reason().ifPresent(reason -> json.put("reason", Map.of("ja", reason.ja(), "en", reason.en())));
        asked.again().ifPresent(again -> json.put("again", again.toString()));
        return json;
    }

    @GetMapping("/channel-tests/{id}")
    Map<String, Object> test(@PathVariable long id) {
        return board.test(id)
                .map(ChannelApi::json)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no test of that number"));
    }
}
