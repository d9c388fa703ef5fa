package jp.hinomi.ingest.decode.yamaha;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Set;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Syslog of Yamaha's RTX, NVR, FWX and vRX routers, and lines of {@code show log}: filters, dynamic filters, logins, PP and
 * tunnels, IKE, DHCP, links. Other messages keep their text.
 */
public final class RtxDecoder extends TextDecoder {
    private static final String[] MARKS = {
        " Rejected at IN(",
        " Rejected at OUT(",
        " Passed at IN(",
        " Passed at OUT(",
        "[INSPECT] ",
        "IP Tunnel[",
        "PPP/IPCP up",
        "[IKE] initiate ",
        "[IKE] respond ",
        "] PPPoE "
    };

    private static final String[] COMMON = {"Login succeeded for ", "Login failed for ", "[DHCPD] ", "[IKE", "[L2TP] "};

    public static final Signature SIGNATURE = glance -> {
        String record = glance.record();
        for (String mark : MARKS) {
            if (record.contains(mark)) {
                return Signature.Likeness.CERTAIN;
            }
        }
        for (String common : COMMON) {
            if (record.contains(common)) {
                return Signature.Likeness.LIKELY;
            }
        }
        return Signature.Likeness.NONE;
    };

    /** What begins a message and a syslog header takes for the program's name or the host's. */
    private static final Set<String> OWN = Set.of("PP", "TUNNEL", "PPPOE", "IP", "Login", "Logout", "Configuration");

    private final ZoneClock zone;
    private final SyslogParser syslog;

    public RtxDecoder(ZoneId zone, Charset charset) {
        super("yamaha-rtx", charset);
        this.zone = new ZoneClock(zone);
        this.syslog = new SyslogParser(this.zone);
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        int start = messageStart(text, header);
        long millis = header.hasTime() ? header.millis() : record.appendMillis();
        TimeScan scan = new TimeScan(zone);
        if (start + 20 < text.length()
                && text.charAt(start + 4) == '/'
                && scan.iso(text.substring(start, start + 19).replace('/', '-'), 0)) {
            // Lines of "show log": 2026/04/01 10:00:00: …
            millis = scan.millis;
            start += text.startsWith(": ", start + 19) ? 21 : 19;
        }
        String message = text.substring(Math.min(start, text.length())).strip();
        if (message.isEmpty()) {
            return reject(
                    text,
                    start,
                    "a syslog header without a message: on the router, syslog notice on and syslog host ADDRESS");
        }
        EventDraft event = draft(text, record, millis);
        boolean ownHost = isOwn(header.host());
        if (header.present()) {
            withoutProgram(header, ownHost).describe(event);
        }
        event.module("yamaha", "yamaha.rtx");
        event.text(Fields.OBSERVER_VENDOR, "Yamaha")
                .text(Fields.OBSERVER_PRODUCT, "RTX")
                .text(Fields.OBSERVER_TYPE, "router")
                .text(Fields.OBSERVER_NAME, ownHost ? null : header.host());
        event.text(Fields.MESSAGE, message);
        if (!PacketLine.describe(message, zone, event)) {
            RtxMessages.describe(message, event);
        }
        return event.finish();
    }

    private static int messageStart(String text, SyslogHeader header) {
        if (!header.present()) {
            return 0;
        }
        int start = header.messageStart();
        String first = isOwn(header.host()) ? header.host() : isOwn(header.program()) ? header.program() : null;
        int at = first == null ? -1 : text.lastIndexOf(first, Math.max(0, start - 1));
        return at < 0 ? start : at;
    }

    private static boolean isOwn(String word) {
        if (word == null || word.isEmpty()) {
            return false;
        }
        boolean port =
                word.startsWith("LAN") || word.startsWith("WAN") || word.startsWith("BRI") || word.startsWith("ONU");
        return OWN.contains(word) || port && word.length() > 3 && Numbers.endOfDigits(word, 3) > 3;
    }

    private static SyslogHeader withoutProgram(SyslogHeader header, boolean withoutHost) {
        boolean own = isOwn(header.program()) || withoutHost;
        return new SyslogHeader(
                header.version(),
                header.priority(),
                header.hasTime(),
                header.millis(),
                withoutHost ? null : header.host(),
                own ? null : header.program(),
                own ? null : header.processId(),
                header.messageId(),
                header.data(),
                header.messageStart());
    }
}
