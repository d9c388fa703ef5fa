package jp.hinomi.ingest.decode.netfilter;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Log lines of iptables, ip6tables, nftables, ufw and firewalld: {@code [UFW BLOCK] IN=eth0 OUT= MAC=… SRC=… DST=… PROTO=TCP
 * …}, whatever the prefix.
 */
public final class NetfilterDecoder extends TextDecoder {
    public static final Signature SIGNATURE =
            glance -> start(glance.message()) >= 0 ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;

    private static final int MAX_START = 512;

    private final SyslogParser syslog;

    public NetfilterDecoder(ZoneId zone, Charset charset) {
        super("netfilter", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        int from = header.present() ? header.messageStart() : 0;
        String message = text.substring(from);
        int whole = start(message);
        int pairs = whole >= 0 ? whole : rest(message);
        if (pairs < 0) {
            return reject(
                    text,
                    from,
                    "not a packet that netfilter logged: no IN=… OUT=… with SRC= and DST= in " + excerpt(text, from)
                            + ": send kernel messages (kern.*) of the machine whose rules log");
        }
        EventDraft event = draft(text, record, header.hasTime() ? header.millis() : record.appendMillis());
        if (header.present()) {
            header.describe(event);
        }
        event.module("iptables", "iptables.log");
        event.text(Fields.OBSERVER_VENDOR, "Linux")
                .text(Fields.OBSERVER_PRODUCT, "netfilter")
                .text(Fields.OBSERVER_TYPE, "firewall")
                .text(Fields.OBSERVER_NAME, header.host());
        event.text(Fields.MESSAGE, text.substring(line(text, from, header)));
        Prefix.describe(label(text, from, pairs, header), event);
        new Packet(text, from + pairs).describe(event);
        return event.finish();
    }

    /** Where the line goes on behind its time: with the name of the machine, if it has one. */
    private static int line(String text, int from, SyslogHeader header) {
        int host = header.host() == null ? -1 : text.indexOf(header.host());
        return host >= 0 && host < from ? host : from;
    }

    /** Without a machine's name before it, a prefix such as {@code DENY:} is taken for a part of the header. */
    private static String label(String text, int from, int pairs, SyslogHeader header) {
        String before = text.substring(from, from + pairs);
        if (header.host() != null || header.program() != null || !before.isBlank()) {
            return before;
        }
        int end = from;
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return end > 0 && text.charAt(end - 1) == ':'
                ? text.substring(text.lastIndexOf(' ', end - 1) + 1, end)
                : before;
    }

    /** The index of the pairs of a line whose first part a UniFi gateway has lost, {@code TTL=126 ID=1 DF PROTO=TCP SPT=…}; or -1. */
    private static int rest(String message) {
        int protocol = message.indexOf(" PROTO=");
        int ports = protocol < 0 ? -1 : message.indexOf(" SPT=", protocol);
        if (ports < 0 || protocol > MAX_START || message.indexOf(" DPT=", ports) < 0) {
            return -1;
        }
        int id = message.indexOf("ID=");
        return id >= 0 && id < protocol && message.indexOf("TL=") < id ? id : protocol + 1;
    }

    /** The index of {@code IN=} of the pairs, or -1. */
    private static int start(String message) {
        int in = message.indexOf("IN=");
        while (in > 0
                && message.charAt(in - 1) > ' '
                && message.charAt(in - 1) != ']'
                && message.charAt(in - 1) != ':') {
            in = message.indexOf("IN=", in + 3);
        }
        boolean packet = in >= 0 && in < MAX_START;
        int out = packet ? message.indexOf("OUT=", in) : -1;
        boolean ends = out > 0
                && (message.indexOf(" SRC=", out) > 0
                        || message.indexOf("MACSRC=", out) > 0
                        || message.indexOf("ARP ", out) > 0);
        return ends && out - in <= 64 ? in : -1;
    }
}
