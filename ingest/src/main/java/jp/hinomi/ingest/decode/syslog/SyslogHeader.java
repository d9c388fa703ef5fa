package jp.hinomi.ingest.decode.syslog;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * What stands before a syslog message.
 *
 * @param version of RFC 5424, or -1 for what follows RFC 3164 or nothing
 * @param priority facility × 8 + severity, or -1 without PRI
 * @param millis when the sender says it happened, in milliseconds since the epoch; meaningful if {@code hasTime}
 * @param host HOSTNAME as sent, or null
 * @param program APP-NAME or TAG, or null
 * @param processId or null
 * @param messageId MSGID of RFC 5424, or null
 * @param data parameters of the structured data by {@code id.name}; null without any
 * @param messageStart index of the first character of the message
 */
public record SyslogHeader(
        int version,
        int priority,
        boolean hasTime,
        long millis,
        String host,
        String program,
        String processId,
        String messageId,
        java.util.Map<String, String> data,
        int messageStart) {
    private static final Field VERSION = Fields.of("log.syslog.version");
    private static final Field FACILITY_CODE = Fields.of("log.syslog.facility.code");
    private static final Field FACILITY_NAME = Fields.of("log.syslog.facility.name");
    private static final Field SEVERITY_CODE = Fields.of("log.syslog.severity.code");
    private static final Field SEVERITY_NAME = Fields.of("log.syslog.severity.name");
    private static final Field HOSTNAME = Fields.of("log.syslog.hostname");
    private static final Field APPNAME = Fields.of("log.syslog.appname");
    private static final Field PROCID = Fields.of("log.syslog.procid");
    private static final Field MESSAGE_ID = Fields.of("log.syslog.msgid");

    /** By code, as RFC 5424 table 1 describes them, in the short form that is usual. */
    private static final String[] FACILITIES = {
        "kernel",
        "user-level",
        "mail",
        "system",
        "security/authorization",
        "syslogd",
        "line printer",
        "network news",
        "UUCP",
        "clock",
        "security/authorization",
        "FTP",
        "NTP",
        "log audit",
        "log alert",
        "clock",
        "local0",
        "local1",
        "local2",
        "local3",
        "local4",
        "local5",
        "local6",
        "local7"
    };

    /** By code, RFC 5424 table 2. */
    private static final String[] SEVERITIES = {
        "Emergency", "Alert", "Critical", "Error", "Warning", "Notice", "Informational", "Debug"
    };

    /** True if anything of a header was there: then the rest may be taken for the message of a log line. */
    public boolean present() {
        return version >= 0 || priority >= 0 || hasTime;
    }

    /** Of formats that put the structured data to fields of their own. */
    public SyslogHeader withoutData() {
        return new SyslogHeader(
                version, priority, hasTime, millis, host, program, processId, messageId, null, messageStart);
    }

    /** Of logs about another process than the one that sent them. */
    public SyslogHeader withoutProcessId() {
        return new SyslogHeader(version, priority, hasTime, millis, host, program, null, messageId, data, messageStart);
    }

    /** Of logs that name the machine themselves. */
    public SyslogHeader withoutHost() {
        return new SyslogHeader(
                version, priority, hasTime, millis, null, program, processId, messageId, data, messageStart);
    }

    /** Puts what the header says about the event's host and process. */
    public void describe(EventDraft event) {
        event.hostName(host);
        if (program != null) {
            event.text(Fields.PROCESS_NAME, program);
        }
        if (processId != null && processId.length() <= 10) {
            long pid = Numbers.parse(processId, 0, processId.length());
            if (pid >= 0) {
                event.number(Fields.PROCESS_PID, pid);
            }
        }
        if (priority >= 0) {
            event.number(Fields.LOG_SYSLOG_PRIORITY, priority);
            event.number(FACILITY_CODE, priority >> 3);
            event.put(FACILITY_NAME, FACILITIES[priority >> 3]);
            event.number(SEVERITY_CODE, priority & 7);
            event.put(SEVERITY_NAME, SEVERITIES[priority & 7]);
        }
        if (version >= 0) {
            event.put(VERSION, Integer.toString(version));
        }
        event.text(HOSTNAME, host)
                .text(APPNAME, program)
                .text(PROCID, processId)
                .text(MESSAGE_ID, messageId);
        if (data != null) {
            data.forEach((name, value) -> event.text(Fields.of("log.syslog.structured_data." + name), value));
        }
    }
}
