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

    /** @param waitingBytes how much has not been acknowledged by Kafka yet */
    record Health(boolean full, long waitingBytes) implements HttpAnswer {
        @Override
        public HttpResponseStatus status() {
            return full ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK;
        }

        @Override
        public FullHttpResponse response() {
            String word = full ? "waiting for Kafka" : "up";
            return json(status(), "{\"status\":\"" + word + "\",\"waiting_bytes\":" + waitingBytes + "}\n");
        }
    }

    record Refused(HttpResponseStatus status, String english, String japanese) implements HttpAnswer {
        @Override
        public FullHttpResponse response() {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
                json.writeStartObject();
                json.writeStringField("error", english);
                json.writeStringField("error_ja", japanese);
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory does not fail", e);
            }
            FullHttpResponse response = json(status, text + "\n");
            if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
                response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
            } else if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
                response.headers().set(HttpHeaderNames.RETRY_AFTER, 5);
            }
            return response;
        }
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
