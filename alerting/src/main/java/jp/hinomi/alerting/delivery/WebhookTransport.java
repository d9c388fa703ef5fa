package jp.hinomi.alerting.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Posts signed JSON. Thread-safe. */
public final class WebhookTransport implements Transport {
    private final HttpSender http;
    private final Secrets secrets;
    private final InstantSource clock;

    WebhookTransport(HttpSender http, Secrets secrets, InstantSource clock) {
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public String channelType() {
        return "webhook";
    }

    @Override
    public SendResult send(Leased message) {
        byte[] body = message.message().orElseThrow().getBytes(StandardCharsets.UTF_8);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        URI url;
        try {
            url = URI.create(message.address());
        } catch (IllegalArgumentException e) {
            return new SendResult.Refused("not a web address: " + e.getMessage());
        }
        String key = Idempotency.key(message);
        HttpCall call = HttpCall.post(url, "application/json; charset=utf-8", body)
                .with(Idempotency.HEADER, key)
                .with(WebhookSignature.DELIVERY_HEADER, key)
                .with(WebhookSignature.TIMESTAMP_HEADER, timestamp);
        if (message.secretRef().isPresent()) {
            Secrets.Lookup lookup = secrets.find(message.secretRef().get());
            if (lookup instanceof Secrets.Lookup.Missing missing) {
                return new SendResult.Refused(missing.reason());
            }
            byte[] secret = ((Secrets.Lookup.Found) lookup).key();
            call = call.with(WebhookSignature.SIGNATURE_HEADER, WebhookSignature.of(secret, timestamp, body));
        }
        return http.send(call).hiding(Hidden.query(url)).result();
    }
}
