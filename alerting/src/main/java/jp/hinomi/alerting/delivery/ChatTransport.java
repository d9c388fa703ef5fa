package jp.hinomi.alerting.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import jp.hinomi.city.Channel;

/** Posts to the incoming webhook of a chat program, whose URL is a secret. Thread-safe. */
final class ChatTransport implements Transport {
    private final Channel.Chat.Product product;
    private final HttpSender http;
    private final Secrets secrets;

    private final Channels channels;

    ChatTransport(Channel.Chat.Product product, HttpSender http, Secrets secrets, Channels channels) {
        this.channels = channels;
        this.product = product;
        this.http = http;
        this.secrets = secrets;
    }

    @Override
    public String channelType() {
        return product.word();
    }

    @Override
    public SendResult send(Leased message) {
        if (channels.find(message, Channel.Chat.class) instanceof Channels.Lookup.Missing<Channel.Chat> missing) {
            return new SendResult.Refused(missing.reason());
        }
        // The address of such a channel is the reference to its URL.
        Secrets.Lookup lookup = secrets.find(message.address());
        if (lookup instanceof Secrets.Lookup.Missing missing) {
            return new SendResult.Refused(missing.reason());
        }
        String secret = new String(((Secrets.Lookup.Found) lookup).key(), StandardCharsets.UTF_8);
        URI url;
        try {
            url = URI.create(secret);
        } catch (IllegalArgumentException e) {
            // Not the exception's words: they repeat the secret.
            return new SendResult.Refused("what " + message.address()
                    + " holds is not a web address: copy the URL of the incoming webhook there, then retry");
        }
        if (url.getHost() == null
                || ("http".equals(url.getScheme()) && !http.guard().isNamed(url.getHost()))) {
            return new SendResult.Refused("the URL in " + message.address()
                    + " does not use https: correct it, or name its host under 'egress' in notification.yaml");
        }
        byte[] body = message.message().orElseThrow().getBytes(StandardCharsets.UTF_8);
        HttpAnswer answer = http.send(HttpCall.post(url, "application/json; charset=utf-8", body)
                .with(Idempotency.HEADER, Idempotency.key(message)));
        return answer.hiding(Hidden.of(url)).result();
    }
}
