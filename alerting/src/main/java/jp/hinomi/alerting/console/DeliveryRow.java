package jp.hinomi.alerting.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message with what became of it.
 *
 * @param event which kind, of a message to a webhook, as {@code alert.created}
 */
public record DeliveryRow(
        long id,
        String kind,
        String cause,
        Optional<String> event,
        Optional<String> alertId,
        String titleJa,
        String titleEn,
        String stakeholder,
        String contact,
        String channel,
        String address,
        String language,
        String disclosure,
        JsonNode reasons,
        String state,
        int attempts,
        Instant nextAttemptAt,
        Instant deadline,
        Instant createdAt,
        Optional<Instant> finishedAt,
        Optional<String> lastError,
        List<Attempt> log) {
    public record Attempt(int number, Instant at, String result, String detail, long latencyMillis) {}

    public String title(String language) {
        return "ja".equals(language) ? titleJa : titleEn;
    }
}
