package jp.hinomi.ingest.decode.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** What formats of one JSON object per line share; a syslog header and {@code @cee:} in front are read over. */
public abstract class JsonDecoder extends TextDecoder {
    protected final ZoneClock zone;
    private final SyslogParser syslog;
    private final boolean utf8;

    protected JsonDecoder(String format, ZoneId zone, Charset charset) {
        super(format, charset);
        this.utf8 = charset.equals(StandardCharsets.UTF_8);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
    }

    /** Also for decoders of formats that have a JSON form beside others, and have read the text already. */
    @Override
    public final Decoding decode(String text, LogRecord record) {
        int start = 0;
        SyslogHeader header = null;
        if (text.charAt(0) != '{') {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
            if (text.startsWith("@cee:", start)) {
                start += "@cee:".length();
            }
            while (start < text.length() && text.charAt(start) <= ' ') {
                start++;
            }
            if (start == text.length() || text.charAt(start) != '{') {
                return reject(
                        text,
                        start,
                        "not a JSON object: one object per line; this one begins with " + excerpt(text, start));
            }
        }
        String json = start == 0 ? text : text.substring(start);
        try (JsonParser parser = parser(json, start, record)) {
            return decode(parser, text, header, record);
        } catch (JacksonException e) {
            int at = e.getLocation() == null
                    ? 0
                    : (int) Math.max(0, e.getLocation().getCharOffset());
            return reject(text, start + at, "not JSON: " + cause(e, json) + ": one complete object per line");
        } catch (IOException e) {
            return reject(text, start, "not JSON: " + e.getMessage());
        }
    }

    /** @param header that stood in front of the object, or null */
    protected abstract Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException;

    /** From the record's own bytes where they are UTF-8, as Jackson reads those fastest; they have been validated. */
    private JsonParser parser(String json, int start, LogRecord record) throws IOException {
        if (start > 0 || !utf8) {
            return JsonTree.FACTORY.createParser(json);
        }
        int from = begin(record.value());
        return JsonTree.FACTORY.createParser(record.value(), from, end(record.value(), from) - from);
    }

    /** Where Jackson stopped, in characters or bytes, whichever it counted. */
    private static long position(JacksonException e) {
        return e.getLocation() == null
                ? 0
                : Math.max(
                        0,
                        Math.max(
                                e.getLocation().getCharOffset(), e.getLocation().getByteOffset()));
    }

    private static String cause(JacksonException e, String json) {
        if (position(e) >= json.length()) {
            return "the object does not end (the sender cut the line; raise its maximum message size)";
        }
        String message = e.getOriginalMessage();
        return message.length() > 200 ? message.substring(0, 200) + "…" : message;
    }
}
