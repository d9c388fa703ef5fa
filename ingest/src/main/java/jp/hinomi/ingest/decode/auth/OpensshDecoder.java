package jp.hinomi.ingest.decode.auth;

import java.nio.charset.Charset;
import java.time.ZoneId;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * The authentication log of a Unix host: sshd, PAM, sudo, su and account tools, over syslog or from a file. Other
 * programs' lines become events with host, process and message; what has no syslog header at all is refused.
 */
public final class OpensshDecoder extends TextDecoder {
    public static final Signature SIGNATURE = Signature.programs(
            "sshd",
            "sshd-session",
            "sshd-auth",
            "sudo",
            "su",
            "useradd",
            "userdel",
            "usermod",
            "groupadd",
            "groupdel",
            "gpasswd",
            "unix_chkpwd");

    private static final String REPEATED = "message repeated ";

    private final SyslogParser syslog;

    public OpensshDecoder(ZoneId zone, Charset charset) {
        super("openssh", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        if (!header.present()) {
            return reject(
                    text,
                    0,
                    "no syslog header: a line begins with a time such as 'Apr  1 10:00:00' or '2026-04-01T10:00:00+09:00',"
                            + " or with a priority such as '<38>'; this one begins with " + excerpt(text, 0));
        }
        EventDraft event = draft(text, record, header.hasTime() ? header.millis() : record.appendMillis());
        event.module("openssh", "openssh.auth");
        header.describe(event);
        String message = text.substring(header.messageStart());
        event.text(Fields.MESSAGE, message);
        describe(header.program(), inner(message, event), event);
        return event.finish();
    }

    private static void describe(String program, String message, EventDraft event) {
        if (message.startsWith("pam_") || message.startsWith("PAM ")) {
            PamMessages.describe(message, event);
        } else if (program == null) {
            return;
        } else if (program.startsWith("sshd")) {
            SshdMessages.describe(message, event);
        } else if (program.equals("sudo")) {
            SudoMessages.describe(message, event);
        } else if (program.equals("su")) {
            SuMessages.describe(message, event);
        } else {
            AccountMessages.describe(program, message, event);
        }
    }

    /** rsyslog may fold lines: {@code message repeated 2 times: [ Failed password for …]}. */
    private static String inner(String message, EventDraft event) {
        if (!message.startsWith(REPEATED) || message.charAt(message.length() - 1) != ']') {
            return message;
        }
        int digits = Numbers.endOfDigits(message, REPEATED.length());
        if (!message.startsWith(" times: [ ", digits)) {
            return message;
        }
        event.number(AuthFields.REPEATED, Numbers.parse(message, REPEATED.length(), digits));
        return message.substring(digits + " times: [ ".length(), message.length() - 1);
    }
}
