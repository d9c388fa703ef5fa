package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.webhook.EventType;
import jp.hinomi.alerting.webhook.Subscription;
import jp.hinomi.alerting.webhook.WebhookStanding;
import jp.hinomi.alerting.webhook.Webhooks;

/** How the API shows webhooks. */
public final class WebhookAnswers {
    private WebhookAnswers() {}

    public record WebhookState(
            long id,
            String name,
            String url,
            List<String> events,

            @Schema(
                    description = "What is less bad is left out.",
                    allowableValues = {"informational", "low", "medium", "high", "critical"})
            String severity,

            @Schema(description = "Only what touches one of them; none = all.")
            List<String> resources,

            @Schema(description = "Only what this stakeholder may see; null = everything.")
            Optional<String> stakeholder,

            @Schema(description = "What is more restricted is left out.")
            String tlp,

            @Schema(allowableValues = {"active", "suspended"})
            String state,

            @Schema(description = "Why it is suspended.") Optional<TwoLanguages> reason,
            Optional<Instant> suspended,
            @JsonProperty("created_by") String createdBy,
            Instant created,
            @JsonProperty("last_ok") Optional<Instant> lastOk,
            @JsonProperty("last_failed") Optional<Instant> lastFailed,
            @JsonProperty("last_error") Optional<String> lastError,

            @Schema(description = "Messages that are to be sent.")
            long waiting,

            @Schema(description = "Messages that were given up.")
            long dead,

            @Schema(description = "Rows of the audit log that were not looked at for it yet.")
            long behind) {
        static WebhookState of(WebhookStanding standing) {
            Subscription wish = standing.webhook().subscription();
            return new WebhookState(
                    standing.webhook().id(),
                    wish.name(),
                    wish.url(),
                    wish.types().stream().map(EventType::word).toList(),
                    wish.severity().word(),
                    List.copyOf(wish.resources()),
                    wish.stakeholder(),
                    wish.tlp().word(),
                    standing.webhook().state().word(),
                    standing.webhook().why().map(why -> new TwoLanguages(why.ja(), why.en())),
                    standing.webhook().suspendedAt(),
                    standing.webhook().createdBy(),
                    standing.webhook().createdAt(),
                    standing.lastOk(),
                    standing.lastFailed(),
                    standing.lastError(),
                    standing.waiting(),
                    standing.dead(),
                    standing.behind());
        }
    }

    public record WebhookMade(
            long id,

            @Schema(description = "Signs what is sent. Keep it: it is not shown again.")
            String secret) {
        static WebhookMade of(Webhooks.Made made) {
            return new WebhookMade(made.id(), made.secret());
        }
    }

    public record WebhookPinged(
            @Schema(description = "Of the message, for its deliveries.")
            long delivery) {}

    public record WebhookResumed(
            @Schema(description = "Messages that had not arrived and are sent again.")
            int deliveries) {}

    public record WebhookEnded(
            long id,

            @Schema(allowableValues = {"suspended", "removed"})
            String state) {}
}
