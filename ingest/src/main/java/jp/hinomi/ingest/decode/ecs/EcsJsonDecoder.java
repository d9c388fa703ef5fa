package jp.hinomi.ingest.decode.ecs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.TimeScan;

/**
 * ECS documents, one JSON object per line, with dotted names, nested objects or both. The id is {@code event.id} where
 * there is one; {@code event.original} is the line where there is none. What is not of the type that the dictionary gives
 * a field is converted, and where that fails left out and named in {@code tags}.
 */
public final class EcsJsonDecoder extends JsonDecoder {
    /** Never certain: shippers send the records of other formats in documents that name the schema's version too. */
    public static final Signature SIGNATURE = EcsJsonDecoder::likeness;

    private static Signature.Likeness likeness(Glance glance) {
        if (!glance.has("@timestamp")) {
            return Signature.Likeness.NONE;
        }
        if (glance.has("ecs.version") || glance.has("event.kind") || glance.has("event.category")) {
            return Signature.Likeness.LIKELY;
        }
        boolean sets = glance.has("event")
                || glance.has("source.ip")
                || glance.has("destination.ip")
                || glance.has("host.name")
                || glance.has("user.name");
        return sets ? Signature.Likeness.POSSIBLE : Signature.Likeness.NONE;
    }

    public EcsJsonDecoder(ZoneId zone, Charset charset) {
        super("ecs-json", zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return reject(text, 0, "not a JSON object: one object per line");
        }
        EcsDocument document = new EcsDocument();
        document.read(parser);
        if (parser.nextToken() != null) {
            return reject(text, 0, "more text after the object: one object per line");
        }
        if (document.tooLarge()) {
            return reject(
                    text,
                    0,
                    "more than " + EcsDocument.MAX_FIELDS
                            + " fields: send the fields that detection needs, at most that many");
        }
        Object stamp = document.timestamp();
        if (stamp == null) {
            return reject(text, 0, "no @timestamp: every event needs one, as RFC 3339 text or epoch milliseconds");
        }
        long millis;
        if (stamp instanceof Long number) {
            millis = number;
        } else {
            TimeScan time = new TimeScan(zone);
            String spelled = stamp.toString();
            if (!time.iso(spelled, 0) || time.end != spelled.length()) {
                return reject(
                        text,
                        0,
                        "@timestamp is " + excerpt(spelled, 0)
                                + ": use RFC 3339, such as 2026-04-01T01:02:03.004Z, or epoch milliseconds");
            }
            millis = time.millis;
        }
        return document.event(document.id() == null ? record.origin() : document.id(), millis, text, record.sourceId());
    }
}
