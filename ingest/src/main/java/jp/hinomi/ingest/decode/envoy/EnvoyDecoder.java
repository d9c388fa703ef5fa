package jp.hinomi.ingest.decode.envoy;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.Glance;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Access logs of the Envoy proxy: its default text format, Istio's text and JSON formats, Envoy Gateway's JSON, and the
 * text inside the JSON of a container runtime's log collector ({@code message} or {@code log}).
 */
public final class EnvoyDecoder extends TextDecoder {
    public static final Signature SIGNATURE =
            Signature.members("start_time", "response_flags", "upstream_host").or(EnvoyDecoder::likeness);

    static final String FORMAT = "envoy";

    private final ZoneClock zone;
    private final SyslogParser syslog;
    private final EnvoyJson json;

    public EnvoyDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
        this.json = new EnvoyJson(zone, charset);
    }

    /** A time in brackets at the beginning, and a quoted request. */
    private static Signature.Likeness likeness(Glance glance) {
        String message = glance.isJson() ? glance.member("message") : glance.message();
        if (message == null) {
            return Signature.Likeness.NONE;
        }
        int from = message.startsWith(EnvoyText.ACCESS) ? EnvoyText.ACCESS.length() : 0;
        int close = message.indexOf("] \"", from);
        boolean entry = close - from > 20
                && close - from < 40
                && message.charAt(from) == '['
                && message.charAt(from + 5) == '-'
                && message.charAt(from + 11) == 'T';
        return entry ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        int start = 0;
        SyslogHeader header = null;
        if (text.charAt(0) != '{' && text.charAt(0) != '[' && !text.startsWith(EnvoyText.ACCESS)) {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
        }
        if (start < text.length() && text.charAt(start) == '{') {
            return json.decode(text, record);
        }
        EventDraft event = draft(text, record, 0);
        if (header != null && header.present()) {
            header.describe(event);
        }
        AccessEntry entry = EnvoyText.read(text, start, new TimeScan(zone));
        if (entry == null) {
            return reject(text, start, notAnEntry(excerpt(text, start)));
        }
        entry.describe(event);
        return event.finish();
    }

    static String notAnEntry(String excerpt) {
        return "not an entry of Envoy's access log in its default format or Istio's"
                + " ([time] \"method path protocol\" code flags …); it begins with " + excerpt
                + ": use one of these formats, or Istio's JSON";
    }
}
