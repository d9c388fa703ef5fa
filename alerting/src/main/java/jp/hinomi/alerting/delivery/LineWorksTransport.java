package jp.hinomi.alerting.delivery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import jp.hinomi.alerting.text.VisibleText;
import jp.hinomi.city.Channel;

/** Lets a bot of LINE WORKS write (Bot API 2.0). Thread-safe. */
final class LineWorksTransport implements Transport {
    private final HttpSender http;
    private final LineWorksToken tokens;
    private final Channels channels;
    private final InstantSource clock;

    LineWorksTransport(HttpSender http, Secrets secrets, Channels channels, InstantSource clock) {
        this.http = http;
        this.tokens = new LineWorksToken(http, secrets);
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    public String channelType() {
        return "line-works";
    }

    @Override
    public SendResult send(Leased message) {
        Channels.Lookup<Channel.LineWorks> lookup = channels.find(message, Channel.LineWorks.class);
        if (lookup instanceof Channels.Lookup.Missing<Channel.LineWorks> missing) {
            return new SendResult.Refused(missing.reason());
        }
        Channel.LineWorks channel = ((Channels.Lookup.Found<Channel.LineWorks>) lookup).channel();
        LineWorksToken.Got got = tokens.get(channel, clock.instant());
        if (got instanceof LineWorksToken.Got.None none) {
            return none.why();
        }
        String token = ((LineWorksToken.Got.Token) got).value();
        URI url = URI.create(channel.api() + "/" + channel.address() + "/messages");
        HttpAnswer answer = http.send(HttpCall.post(
                        url,
                        "application/json; charset=utf-8",
                        message.message().orElseThrow().getBytes(StandardCharsets.UTF_8))
                .with("Authorization", "Bearer " + token)
                .with(Idempotency.HEADER, Idempotency.key(message)));
        if (answer instanceof HttpAnswer.Answered answered && answered.status() == 401) {
            // The token ended before its time: the next attempt has another.
            tokens.forget(channel);
            return new SendResult.Failed("HTTP 401: "
                    + VisibleText.plain(answered.hiding(List.of(token)).words(), 300));
        }
        return answer.hiding(List.of(token)).result();
    }
}
