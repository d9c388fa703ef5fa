package jp.hinomi.ingest.decode.journald;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.InnerMessages;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.MalformedText;
import jp.hinomi.ingest.decode.text.Utf8;

/**
 * Entries of systemd's journal ({@code systemd.journal-fields}) as {@code journalctl -o json} and {@code -o export} write
 * them, and as forwarders send them. The message of a program that another format knows (sshd, sudo, HAProxy …) becomes that
 * format's event; what the journal says of the sender is added.
 */
public final class JournaldDecoder extends TextDecoder {
    static final String FORMAT = "journald";

    public static final Signature SIGNATURE = Signature.members("__REALTIME_TIMESTAMP", "_BOOT_ID")
            .or(Signature.members("__REALTIME_TIMESTAMP", "_HOSTNAME"))
            .or(Signature.members("_SOURCE_REALTIME_TIMESTAMP", "_TRANSPORT"))
            .or(Signature.members("_TRANSPORT", "_BOOT_ID", "MESSAGE"))
            .or(Signature.begins("__CURSOR=s="));

    /** RFC 5424: user-level, and notice, where an entry names none. */
    private static final long FACILITY = 1;

    private static final long PRIORITY = 5;

    private final InnerMessages inner;
    private final Json json;

    public JournaldDecoder(ZoneId zone, Charset charset) {
        super(FORMAT, charset);
        this.inner = new InnerMessages(zone);
        this.json = new Json(zone, charset);
    }

    /** Lengths and values of the export form may be any bytes. */
    @Override
    protected String text(byte[] bytes, int from, int to) throws MalformedText {
        return JournalEntry.isExport(bytes, from) ? Utf8.writtenOut(bytes, from, to) : super.text(bytes, from, to);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        int from = begin(record.value());
        if (!JournalEntry.isExport(record.value(), from)) {
            return json.decode(text, record);
        }
        return decode(JournalEntry.ofExport(record.value(), from, end(record.value(), from)), text, record);
    }

    private Decoding decode(JournalEntry entry, String text, LogRecord record) {
        long millis = Epoch.millis(stamp(entry));
        String message = entry.get("MESSAGE");
        if (millis == Epoch.NONE && message == null) {
            return reject(
                    text,
                    0,
                    "neither __REALTIME_TIMESTAMP nor MESSAGE: no entry of the journal; use 'journalctl -o json', or a"
                            + " forwarder that keeps the journal's field names");
        }
        millis = millis == Epoch.NONE ? record.appendMillis() : millis;
        SecurityEvent known = message == null ? null : known(entry, message, millis, record);
        EventDraft event = known == null
                ? draft(text, record, millis).module("linux", "journald.log").text(Fields.MESSAGE, message)
                : EventDraft.continuing(known, text).time(millis);
        JournalFields.describe(entry, known != null, event);
        if (known == null) {
            JournalMessages.describe(entry, event);
        }
        return event.finish();
    }

    private static String stamp(JournalEntry entry) {
        String source = entry.get("_SOURCE_REALTIME_TIMESTAMP");
        return source == null ? String.valueOf(entry.get("__REALTIME_TIMESTAMP")) : source;
    }

    private SecurityEvent known(JournalEntry entry, String message, long millis, LogRecord record) {
        if ("audit".equals(entry.get("_TRANSPORT"))) {
            return audit(entry, message, millis, record);
        }
        long pid = entry.number("_PID");
        return inner.ofProgram(
                entry.either("SYSLOG_IDENTIFIER", "_COMM"),
                (int) (facility(entry) * 8 + severity(entry)),
                millis,
                entry.get("_HOSTNAME"),
                pid < 0 ? entry.number("SYSLOG_PID") : pid,
                message,
                record);
    }

    /** The journal takes the type and the stamp off the kernel's audit records. */
    private SecurityEvent audit(JournalEntry entry, String message, long millis, LogRecord record) {
        String type = entry.either("_AUDIT_TYPE_NAME", "_AUDIT_TYPE");
        String number = entry.either("_AUDIT_ID", "AUDIT_ID");
        if (type == null || type.indexOf(' ') >= 0) {
            return null;
        }
        int space = message.startsWith(type + ' ') ? type.length() + 1 : 0;
        String line = "type=" + type + " msg=audit(" + millis / 1000 + '.' + String.format("%03d", millis % 1000) + ':'
                + (number == null ? "0" : number) + "): " + message.substring(space);
        return inner.inFormat("auditd", line, record);
    }

    static long facility(JournalEntry entry) {
        long facility = entry.number("SYSLOG_FACILITY");
        return facility >= 0 && facility < 24 ? facility : FACILITY;
    }

    static long severity(JournalEntry entry) {
        long priority = entry.number("PRIORITY");
        return priority >= 0 && priority < 8 ? priority : PRIORITY;
    }

    private final class Json extends JsonDecoder {
        private final JsonTree tree = new JsonTree(Set.of());

        Json(ZoneId zone, Charset charset) {
            super(FORMAT, zone, charset);
        }

        @Override
        protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
                throws IOException {
            JsonObject object = tree.read(parser);
            return object == null
                    ? reject(text, 0, "more text after the object: one entry per line ('journalctl -o json')")
                    : JournaldDecoder.this.decode(JournalEntry.of(object), text, record);
        }
    }
}
