package jp.hinomi.alerting.delivery;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** A call that its receiver can trust: signed with its time, and with a name by which it is known when it comes again. */
final class SignedCall {
    private SignedCall() {}

    static HttpCall post(URI url, byte[] body, Leased message, Optional<byte[]> secret, Instant now) {
        String key = Idempotency.key(message);
        String timestamp = Long.toString(now.getEpochSecond());
        HttpCall call = HttpCall.post(url, "application/json; charset=utf-8", body)
                .with(Idempotency.HEADER, key)
                .with(WebhookSignature.DELIVERY_HEADER, key)
                .with(WebhookSignature.TIMESTAMP_HEADER, timestamp);
        return secret.map(bytes ->
                        call.with(WebhookSignature.SIGNATURE_HEADER, WebhookSignature.of(bytes, timestamp, body)))
                .orElse(call);
    }
}
