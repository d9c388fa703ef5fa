package jp.hinomi.alerting.delivery;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Posts events to programs that subscribed to them, signed like webhooks of contacts. What a program answers is its own affair
 * and may be mended: everything but "gone" is tried again until the deadline. Thread-safe.
 */
public final class EventTransport implements Transport {
    public static final String TYPE = "event";

    private final HttpSender http;
    private final EventEndpoints endpoints;
    private final InstantSource clock;

    EventTransport(HttpSender http, EventEndpoints endpoints, InstantSource clock) {
        this.http = http;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @Override
    public String channelType() {
        return TYPE;
    }

    @Override
    public SendResult send(Leased message) {
        EventEndpoints.Lookup lookup = endpoints.find(message.contactId(), "ping".equals(message.kind()));
        if (lookup instanceof EventEndpoints.Lookup.Missing missing) {
            return new SendResult.Refused(missing.reason());
        }
        EventEndpoints.Lookup.Found found = (EventEndpoints.Lookup.Found) lookup;
        byte[] body = message.message().orElseThrow().getBytes(StandardCharsets.UTF_8);
        HttpCall call = SignedCall.post(found.url(), body, message, Optional.of(found.secret()), clock.instant());
        HttpAnswer answer = http.send(call).hiding(Hidden.query(found.url()));
        SendResult result = answer.result();
        boolean answered = answer instanceof HttpAnswer.Answered;
        boolean ping = "ping".equals(message.kind());
        return result instanceof SendResult.Refused refused && answered && !refused.gone() && !ping
                ? new SendResult.Failed(refused.detail())
                : ping && result instanceof SendResult.Failed failed
                        // Whoever tries it out wants to know now.
                        ? new SendResult.Refused(failed.detail())
                        : result;
    }
}
