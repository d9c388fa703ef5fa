package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.console.DeadLetters;
import jp.hinomi.alerting.delivery.MessageReason;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Messages that were given up, and another life for those that are chosen, for programs. */
@Tag(name = "Alerts")
@RestController
@RequestMapping("/api/v1/dead-letters")
@Needs(Permission.SEE_MESSAGES)
public class DeadLetterApi {
    private final DeadLetters letters;
    private final CityInForce city;
    private final InstantSource clock;

    public DeadLetterApi(DeadLetters letters, CityInForce city, InstantSource clock) {
        this.letters = letters;
        this.city = city;
        this.clock = clock;
    }

    public record DeadLetter(
            long id, String contact, String channel, String address, TwoLanguages title, String error) {
        static DeadLetter of(DeadLetters.Letter of) {
            return new DeadLetter(
                    of.id(), of.contact(), of.channel(), of.address(), new TwoLanguages(of.ja(), of.en()), of.error());
        }
    }

    public record ChosenLetters(
            @Schema(description = "How many would be sent again, at most 5000: the newest of them.")
            long count,

            @Schema(description = "Number of the newest; 0 = there is none.") @JsonProperty("up_to")
            long upTo,

            @Schema(description = "The first 50.") List<DeadLetter> newest) {}

    @Operation(summary = "Which dead letters would be sent again: exactly these, if count and up_to are given back")
    @GetMapping
    ChosenLetters preview(
            @Parameter(description = "Id of a contact, or webhook:ID; absent = all.") @RequestParam(defaultValue = "")
                    String contact,
            @Parameter(description = "Kind of channel, such as email; absent = all.") @RequestParam(defaultValue = "")
                    String channel,
            @Parameter(description = "A text in what went wrong last; absent = all.") @RequestParam(defaultValue = "")
                    String error) {
        DeadLetters.Preview preview = letters.preview(new DeadLetters.Choice(contact, channel, error));
        return new ChosenLetters(
                preview.count(),
                preview.upTo(),
                preview.newest().stream().map(DeadLetter::of).toList());
    }

    public record LettersAgain(
            String contact,
            String channel,
            String error,

            @Schema(description = "As the preview said.") Long count,

            @Schema(description = "As the preview said: what has died since is not sent unseen.") @JsonProperty("up_to")
            Long upTo) {}

    public record LettersSent(long count) {}

    @Operation(
            summary =
                    "Send the dead letters of a preview again, each with a new deadline; 409 if they are others by now")
    @Needs(Permission.SEND_MESSAGES)
    @PostMapping("/again")
    LettersSent again(@RequestBody LettersAgain wish, Principal principal) {
        if (wish.count() == null || wish.upTo() == null || wish.count() < 1) {
            throw Refusal.bad(MessageReason.PREVIEW_MISSING);
        }
        boolean sent = letters.again(
                new DeadLetters.Choice(text(wish.contact()), text(wish.channel()), text(wish.error())),
                wish.count(),
                wish.upTo(),
                "account:" + principal.getName(),
                clock.instant(),
                city.get().notification().delivery().deadline());
        if (!sent) {
            throw Refusal.conflict(MessageReason.PREVIEW_OLD);
        }
        return new LettersSent(wish.count());
    }

    private static String text(String given) {
        return given == null ? "" : given;
    }
}
