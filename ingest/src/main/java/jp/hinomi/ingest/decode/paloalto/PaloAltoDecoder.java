package jp.hinomi.ingest.decode.paloalto;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** PAN-OS logs (8.1 to 11.2) in their default syslog format, which is CSV, with or without a syslog header. */
public final class PaloAltoDecoder extends TextDecoder {
    /** {@code 1,2026/04/01 10:00:00,serial,TYPE,…}: no other log begins like that. */
    public static final Signature SIGNATURE =
            glance -> begins(glance.message(), 0) ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;

    private static final Field TYPE = Fields.of("panw.panos.type");
    private static final Field SUBTYPE = Fields.of("panw.panos.sub_type");
    private static final Field CREATED = Fields.of("event.created");

    private static final Field OBSERVER_HOSTNAME = Fields.of("observer.hostname");

    private static final int MAX_WORD = 32;

    /** No envelope is longer. */
    private static final int MAX_ENVELOPE = 256;

    private final ZoneClock zone;
    private final SyslogParser syslog;

    public PaloAltoDecoder(ZoneId zone, Charset charset) {
        super("paloalto", charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        int start = start(text, header.present() ? header.messageStart() : 0);
        CsvRow row = CsvRow.read(text, start);
        PanTime time = new PanTime(zone);
        if (row.count() <= LogType.SHARED || !isType(row.get(3))) {
            return reject(text, start, notPaloAlto(text, start, row.count()));
        }
        LogType type = LogType.of(row);
        long millis = time.millis(row, type);
        if (millis == PanTime.UNREADABLE) {
            return reject(
                    text,
                    row.start(6),
                    "time generated " + excerpt(row.get(6), 0)
                            + " is not a time such as 2026/04/01 10:00:00: use the default log format of PAN-OS");
        }
        EventDraft event = draft(text, record, millis);
        if (header.present()) {
            header.describe(event);
        }
        String name = row.get(3).toLowerCase(Locale.ROOT);
        event.module("panw", "panw." + name);
        event.text(TYPE, row.get(3)).text(SUBTYPE, row.get(4).equals("0") ? null : row.get(4));
        event.text(Fields.OBSERVER_SERIAL_NUMBER, row.get(2));
        event.text(Fields.OBSERVER_VENDOR, "Palo Alto Networks")
                .text(Fields.OBSERVER_PRODUCT, "PAN-OS")
                .text(Fields.OBSERVER_TYPE, "firewall");
        event.text(CREATED, time.rfc3339(row.get(1)));
        type.put(row, event);
        if (event.get(Fields.OBSERVER_NAME) == null) {
            event.text(Fields.OBSERVER_NAME, header.host());
        }
        if (event.get(OBSERVER_HOSTNAME) instanceof String device) {
            event.relatedHost(EventDraft.hostForm(device));
        }
        Meanings.describe(type, row, time, event);
        if (event.get(Fields.MESSAGE) == null && row.count() > LogType.SHARED) {
            // Most types have no sentence: the row from its own columns on says it.
            event.text(Fields.MESSAGE, text.substring(Math.min(row.start(LogType.SHARED), text.length())));
        }
        return event.finish();
    }

    private String notPaloAlto(String text, int start, int columns) {
        if (text.startsWith("CEF:", start) || text.startsWith("LEEF:", start)) {
            return "this is " + text.substring(start, text.indexOf(':', start))
                    + ": set this source's format to cef or leef, or remove the custom log format in the syslog server"
                    + " profile";
        }
        return "not a PAN-OS log: expected 1,time,serial number,TYPE,subtype,… and found " + columns
                + " columns that begin with " + excerpt(text, start)
                + ": use the default log format in the syslog server profile";
    }

    private static boolean isType(String word) {
        if (word.isEmpty() || word.length() > MAX_WORD) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if ((c < 'A' || c > 'Z') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the row begins. Relays leave out the host or write one name less than RFC 5424 wants, and then the envelope is
     * read as longer than it is.
     */
    private static int start(String text, int messageStart) {
        if (begins(text, messageStart)) {
            return messageStart;
        }
        int at = 0;
        while (at >= 0 && at < MAX_ENVELOPE) {
            if (begins(text, at)) {
                return at;
            }
            at = text.indexOf(' ', at) + 1;
            at = at == 0 ? -1 : at;
        }
        return messageStart;
    }

    private static boolean begins(String text, int from) {
        int time = from;
        while (time < text.length() && time - from < 20 && text.charAt(time) != ',') {
            time++;
        }
        time++;
        if (time - from > 20 || time + 20 > text.length() || !PanTime.looksLikeOne(text, time)) {
            return false;
        }
        int serial = text.indexOf(',', time) + 1;
        int type = serial < 1 ? 0 : text.indexOf(',', serial) + 1;
        int end = type < 1 ? -1 : text.indexOf(',', type);
        return end > type && isType(text.substring(type, end));
    }
}
