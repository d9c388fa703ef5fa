package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What the HTTP receiver answers: JSON; a refusal says in English and Japanese what is wrong and what to do. */
sealed interface HttpAnswer {
    HttpResponseStatus status();

    FullHttpResponse response();

    /** @param records that Kafka has acknowledged */
    record Accepted(int records) implements HttpAnswer {
        @Override
        public HttpResponseStatus status() {
            return HttpResponseStatus.OK;
        }

        @Override
        public FullHttpResponse response() {
            return json(status(), "{\"accepted\":" + records + "}\n");
        }
    }

    /**
     * @param waitingBytes how much has not been acknowledged by Kafka yet
     * @param lost datagrams that are nowhere
     */
    record Health(boolean full, long waitingBytes, long lost) implements HttpAnswer {
        @Override
        public HttpResponseStatus status() {
            return full ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK;
        }

        @Override
        public FullHttpResponse response() {
            String word = full ? "waiting for Kafka" : "up";
            return json(
                    status(),
                    "{\"status\":\"" + word + "\",\"waiting_bytes\":" + waitingBytes + ",\"lost_datagrams\":" + lost
                            + "}\n");
        }
    }

    /** For who has the token: whether a forged message was believed is nobody else's business. */
    record Counters(ReceiverCounters.Snapshot counters) implements HttpAnswer {
        @Override
        public HttpResponseStatus status() {
            return HttpResponseStatus.OK;
        }

        @Override
        public FullHttpResponse response() {
            return json(status(), written(this::write));
        }

        private void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeObjectFieldStart("ways");
            for (Way way : Way.values()) {
                ReceiverCounters.Count count = counters.of(way);
                json.writeObjectFieldStart(way.transport());
                json.writeNumberField("received", count.received());
                json.writeNumberField("rejected", count.rejected());
                json.writeNumberField("dropped", count.dropped());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeNumberField("dropped_by_system", counters.droppedBySystem());
            json.writeNumberField("acknowledged", counters.acknowledged());
            json.writeNumberField("refused", counters.failed());
            json.writeNumberField("held_back", counters.timesHeldBack());
            json.writeNumberField("waiting_bytes", counters.waitingBytes());
            json.writeObjectFieldStart("spool");
            json.writeNumberField("written", counters.spool().written());
            json.writeNumberField("sent", counters.spool().sent());
            json.writeNumberField("bytes", counters.spool().bytes());
            json.writeNumberField("damaged_bytes", counters.spool().damagedBytes());
            json.writeNumberField("damaged_files", counters.spool().damagedFiles());
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    record Refused(HttpResponseStatus status, String english, String japanese) implements HttpAnswer {
        @Override
        public FullHttpResponse response() {
            FullHttpResponse response = json(status, written(json -> {
                json.writeStartObject();
                json.writeStringField("error", english);
                json.writeStringField("error_ja", japanese);
                json.writeEndObject();
            }));
            if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
                response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
            } else if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
                response.headers().set(HttpHeaderNames.RETRY_AFTER, 5);
            }
            return response;
        }
    }

    /** What writes JSON. */
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return text + "\n";
    }

    private static FullHttpResponse json(HttpResponseStatus status, String body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body.getBytes(UTF_8)));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        response.headers()
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }
}
