package jp.hinomi.alerting.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.hinomi.alerting.store.Columns;

/**
 * A message as the outbox keeps it, for whoever asks what a recipient saw. Word for word but for one thing: links that answer
 * for the alert without a login are the recipient's own, and do not work from here.
 *
 * @param mail its parts, if it is one
 * @param body the JSON that was sent, laid out for people; of a mail empty
 */
public record StoredMessage(Optional<Mail> mail, Optional<String> body) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** An acknowledgement link: one or two parts in Base64 of the alphabet for URLs. */
    private static final Pattern ANSWER = Pattern.compile("(/a/)[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]{8,})?");

    public record Mail(String subject, String text, String html) {}

    /** @param json of a delivery */
    static StoredMessage of(String channel, String json) {
        String harmless = ANSWER.matcher(json).replaceAll("$1***");
        JsonNode message = Columns.tree(harmless);
        if ("email".equals(channel) && message.hasNonNull("subject")) {
            return new StoredMessage(
                    Optional.of(new Mail(
                            message.path("subject").asText(),
                            message.path("text").asText(),
                            message.path("html").asText())),
                    Optional.empty());
        }
        try {
            return new StoredMessage(
                    Optional.empty(),
                    Optional.of(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(message)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}
