package jp.hinomi.alerting.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.channel.ChannelBoard;
import jp.hinomi.alerting.channel.ChannelReason;
import jp.hinomi.alerting.channel.ChannelTests;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.alerting.web.Refusal;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Channels for programs: whether they work, and messages that prove it. */
@Tag(name = "Channels")
@RestController
@RequestMapping("/api/v1")
@Needs(Permission.SEE_MESSAGES)
public class ChannelApi {
    /** 200 and 429 look the same: each channel says what became of it. */
    @ApiResponse(responseCode = "200", description = "What became of the wish, by channel.", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "429",
            description = "None of these channels may be tested now.",
            content =
                    @Content(
                            mediaType = "application/json",
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = ChannelAnswers.ChannelTestAsked.class))))
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    private @interface WhatBecameOfTheWish {}

    private final ChannelBoard board;
    private final ChannelTests tests;
    private final InstantSource clock;

    public ChannelApi(ChannelBoard board, ChannelTests tests, InstantSource clock) {
        this.board = board;
        this.tests = tests;
        this.clock = clock;
    }

    @Operation(summary = "Channels and whether they work, in the order of the city's files")
    @GetMapping("/channels")
    Page<ChannelAnswers.ChannelState> channels(
            @Parameter(description = "Id; absent = all.") @RequestParam(required = false) String stakeholder,
            @ParameterObject Paging paging) {
        return Page.cut(
                board.all().stream()
                        .filter(row -> stakeholder == null || stakeholder.equals(row.stakeholder()))
                        .toList(),
                paging,
                ChannelAnswers.ChannelState::of);
    }

    @Operation(summary = "Send a test to every channel of a stakeholder")
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/channels/{stakeholder}/test")
    @WhatBecameOfTheWish
    ResponseEntity<List<ChannelAnswers.ChannelTestAsked>> testAll(
            @PathVariable String stakeholder, Principal principal) {
        return testChannel(stakeholder, null, null, null, principal);
    }

    @Operation(summary = "Send a test to every channel of a contact")
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/channels/{stakeholder}/{contact}/test")
    @WhatBecameOfTheWish
    ResponseEntity<List<ChannelAnswers.ChannelTestAsked>> testContact(
            @PathVariable String stakeholder, @PathVariable String contact, Principal principal) {
        return testChannel(stakeholder, contact, null, null, principal);
    }

    /**
     * Sends a test; {@code GET /channel-tests/ID} says what comes of it. 429 if none of these channels may be tested now.
     *
     * @param address which, of a contact that has several of that kind
     */
    @Operation(summary = "Send a test to one kind of channel; 429 if none may be tested now")
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/channels/{stakeholder}/{contact}/{type}/test")
    @WhatBecameOfTheWish
    ResponseEntity<List<ChannelAnswers.ChannelTestAsked>> testChannel(
            @PathVariable String stakeholder,
            @PathVariable String contact,
            @PathVariable String type,
            @Parameter(description = "Which, of a contact that has several of that kind.")
                    @RequestParam(required = false)
                    String address,
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
        List<ChannelAnswers.ChannelTestAsked> body =
                asked.stream().map(ChannelAnswers.ChannelTestAsked::of).toList();
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
    ResponseEntity<ProblemDetail> unknown(Refused e, Locale locale) {
        return ApiProblems.answer(HttpStatus.NOT_FOUND, e, locale);
    }

    @Operation(summary = "What came of a test")
    @GetMapping("/channel-tests/{id}")
    ChannelAnswers.ChannelTest testResult(@PathVariable long id) {
        return board.test(id)
                .map(ChannelAnswers.ChannelTest::of)
                .orElseThrow(() -> Refusal.unknown(ChannelReason.NO_TEST, id));
    }
}
