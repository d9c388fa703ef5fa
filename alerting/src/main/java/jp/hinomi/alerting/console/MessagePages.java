package jp.hinomi.alerting.console;

import com.fasterxml.jackson.core.type.TypeReference;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.access.Needs;
import jp.hinomi.alerting.access.Permission;
import jp.hinomi.alerting.audit.AuditLog;
import jp.hinomi.alerting.delivery.DeliveryFiles;
import jp.hinomi.alerting.delivery.MessageReason;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.alerting.web.Refusal;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** What a recipient saw: the stored message itself. Who looks is in the audit log. */
@Controller
@Needs(Permission.SEE_MESSAGES)
public class MessagePages {
    /** As of every page, and one frame of our own. */
    private static final String WITH_FRAME = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
            + " frame-src 'self'";

    /** A mail brings its styles with it, and may do nothing: no script, no form, nothing from elsewhere, no way out. */
    private static final String MAIL =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox;"
                    + " frame-ancestors 'self'";

    private static final String POLICY = "Content-Security-Policy";

    private final DeliveryQueries deliveries;
    private final DeliveryFiles files;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public MessagePages(
            DeliveryQueries deliveries,
            DeliveryFiles files,
            AuditLog audit,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.deliveries = deliveries;
        this.files = files;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @GetMapping("/deliveries/{id}")
    String message(@PathVariable long id, Model model, Principal principal, HttpServletResponse response) {
        DeliveryRow delivery = deliveries.find(id).orElseThrow(MessagePages::missing);
        read(delivery, "account:" + principal.getName());
        model.addAttribute("delivery", delivery);
        model.addAttribute("message", deliveries.message(id).orElse(null));
        model.addAttribute("files", files.of(id));
        model.addAttribute("digest", deliveries.digestOf(id).orElse(null));
        response.setHeader(POLICY, WITH_FRAME);
        return "message";
    }

    /** The mail alone, for the frame. */
    @GetMapping("/deliveries/{id}/mail")
    ResponseEntity<byte[]> mail(@PathVariable long id) {
        String html = deliveries
                .message(id)
                .flatMap(StoredMessage::mail)
                .map(StoredMessage.Mail::html)
                .orElseThrow(MessagePages::missing);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header(POLICY, MAIL)
                .header("X-Frame-Options", "SAMEORIGIN")
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    /** @param body of whatever is no mail, as it is sent */
    public record MessageSent(
            long id,
            String contact,
            String channel,
            String address,
            String state,

            @Schema(description = "The digest that the message went into.")
            Optional<Long> digest,

            Optional<String> subject,
            Optional<String> text,
            Optional<String> html,

            @Schema(description = "Of whatever is no mail: JSON as it is sent.")
            Object body) {}

    @Operation(summary = "A message word for word; the look is audited", tags = "Alerts")
    @GetMapping("/api/v1/deliveries/{id}/message")
    @ResponseBody
    MessageSent json(@PathVariable long id, Principal principal) {
        DeliveryRow delivery = deliveries.find(id).orElseThrow(MessagePages::missing);
        read(delivery, principal.getName());
        Optional<StoredMessage> message = deliveries.message(id);
        Optional<StoredMessage.Mail> mail = message.flatMap(StoredMessage::mail);
        return new MessageSent(
                id,
                delivery.contact(),
                delivery.channel(),
                delivery.address(),
                delivery.state(),
                deliveries.digestOf(id),
                mail.map(StoredMessage.Mail::subject),
                mail.map(StoredMessage.Mail::text),
                mail.map(StoredMessage.Mail::html),
                message.flatMap(StoredMessage::body)
                        .map(body -> Columns.read(body, new TypeReference<Object>() {}))
                        .orElse(null));
    }

    private void read(DeliveryRow delivery, String actor) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("contact", delivery.contact());
        facts.put("channel", delivery.channel());
        delivery.alertId().ifPresent(alert -> facts.put("alert", alert));
        transaction.executeWithoutResult(
                status -> audit.record(clock.instant(), actor, "delivery.read", "delivery:" + delivery.id(), facts));
    }

    private static ResponseStatusException missing() {
        return Refusal.unknown(MessageReason.NO_MESSAGE);
    }
}
