package jp.hinomi.alerting.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

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
        URI url;
        try {
            url = URI.create(message.address());
        } catch (IllegalArgumentException e) {
            return new SendResult.Refused("not a web address: " + e.getMessage());
        }
        Optional<byte[]> secret = Optional.empty();
        if (message.secretRef().isPresent()) {
            Secrets.Lookup lookup = secrets.find(message.secretRef().get());
            if (lookup instanceof Secrets.Lookup.Missing missing) {
                return new SendResult.Refused(missing.reason());
            }
            secret = Optional.of(((Secrets.Lookup.Found) lookup).key());
        }
        HttpCall call = SignedCall.post(url, body, message, secret, clock.instant());
        return http.send(call).hiding(Hidden.query(url)).result();
    }
}
