package jp.hinomi.ingest.decode.auditd;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Linux audit records as auditd writes them, raw or enriched, one record an event: {@code node=h type=SYSCALL
 * msg=audit(1775005200.123:456): arch=c000003e …}. Behind a syslog header (audisp's syslog plugin, or the kernel's own
 * {@code audit: type=1400 audit(…)}) too. The records of one event have the same {@code auditd.log.sequence}.
 */
public final class AuditdDecoder extends TextDecoder {
    public static final Signature SIGNATURE =
            glance -> (glance.begins("type=") || glance.begins("node=") || glance.begins("audit: type="))
                            && glance.contains("audit(")
                    ? Signature.Likeness.CERTAIN
                    : Signature.Likeness.NONE;

    private static final int MAX_TYPE = 48;

    private final SyslogParser syslog;

    public AuditdDecoder(ZoneId zone, Charset charset) {
        super("auditd", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = null;
        int start = 0;
        if (!text.startsWith("type=") && !text.startsWith("node=")) {
            header = syslog.parse(text, record.appendMillis());
            start = header.present() ? header.messageStart() : 0;
        }
        int typeAt = text.startsWith("type=", start) ? start : text.indexOf(" type=", start) + 1;
        int stamp = text.indexOf("audit(", start);
        int close = stamp < 0 ? -1 : text.indexOf(')', stamp);
        int colon = close < 0 ? -1 : text.lastIndexOf(':', close);
        if (typeAt <= 0 && !text.startsWith("type=", start) || stamp < typeAt || colon < stamp) {
            return reject(
                    text,
                    start,
                    "no audit record: expected 'type=… msg=audit(seconds:number): …' as in /var/log/audit/audit.log; this"
                            + " begins with " + excerpt(text, start));
        }
        int typeEnd = Math.min(text.indexOf(' ', typeAt), typeAt + MAX_TYPE);
        String type = type(text.substring(typeAt + "type=".length(), Math.max(typeEnd, typeAt + 5)));
        long millis = Epoch.millis(text.substring(stamp + "audit(".length(), colon));
        if (millis == Epoch.NONE) {
            return reject(text, stamp + 6, "the audit stamp is no time in seconds: " + excerpt(text, stamp + 6));
        }
        EventDraft event = draft(text, record, millis);
        event.module("auditd", "auditd.log");
        if (header != null && header.present()) {
            header.describe(event);
        }
        if (text.startsWith("node=", start)) {
            String node = text.substring(start + "node=".length(), typeAt).strip();
            event.hostName(node).text(AuditFields.NODE, node);
        }
        event.action(AuditActions.of(type));
        event.number(AuditFields.SEQUENCE, Numbers.parse(text, colon + 1, close));
        AuditRecord fields = AuditRecord.of(text, close + 1, type);
        AuditFields.describe(type, fields, event);
        return event.finish();
    }

    /** The kernel's own lines have numbers; these are the ones that reach syslog when no auditd runs. */
    private static String type(String name) {
        return switch (name) {
            case "1300" -> "SYSCALL";
            case "1302" -> "PATH";
            case "1305" -> "CONFIG_CHANGE";
            case "1307" -> "CWD";
            case "1309" -> "EXECVE";
            case "1325" -> "NETFILTER_CFG";
            case "1326" -> "SECCOMP";
            case "1327" -> "PROCTITLE";
            case "1334" -> "BPF";
            case "1400" -> "AVC";
            case "1006" -> "LOGIN";
            case "1130" -> "SERVICE_START";
            case "1131" -> "SERVICE_STOP";
            case "1700" -> "ANOM_PROMISCUOUS";
            case "1701" -> "ANOM_ABEND";
            case "2000" -> "KERNEL";
            default -> name;
        };
    }
}
