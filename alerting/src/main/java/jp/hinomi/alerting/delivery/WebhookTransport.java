package jp.hinomi.alerting.delivery;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import jp.hinomi.city.Channel;

/** Posts signed JSON. Thread-safe. */
public final class WebhookTransport implements Transport {
    private final HttpSender http;
    private final Secrets secrets;
    private final Channels channels;
    private final InstantSource clock;

    WebhookTransport(HttpSender http, Secrets secrets, Channels channels, InstantSource clock) {
        this.http = http;
        this.secrets = secrets;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public String channelType() {
        return "webhook";
    }

    @Override
    public SendResult send(Leased message) {
        Channels.Lookup<Channel.Webhook> lookup = channels.find(message, Channel.Webhook.class);
        if (lookup instanceof Channels.Lookup.Missing<Channel.Webhook> missing) {
            return new SendResult.Refused(missing.reason());
        }
        Channel.Webhook webhook = ((Channels.Lookup.Found<Channel.Webhook>) lookup).channel();
        Optional<byte[]> secret = Optional.empty();
        if (webhook.secret().isPresent()) {
            Secrets.Lookup known = secrets.find(webhook.secret().get());
            if (known instanceof Secrets.Lookup.Missing missing) {
                return new SendResult.Refused(missing.reason());
            }
            secret = Optional.of(((Secrets.Lookup.Found) known).key());
        }
        byte[] body = message.message().orElseThrow().getBytes(StandardCharsets.UTF_8);
        HttpCall call = SignedCall.post(webhook.url(), body, message, secret, clock.instant());
        return http.send(call).hiding(Hidden.query(webhook.url())).result();
    }
}
