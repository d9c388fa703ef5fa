package jp.hinomi.ingest.decode.syslog;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * What stands before a syslog message.
 *
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
        int priority,
        boolean hasTime,
        long millis,
        String host,
        String program,
        String processId,
        String messageId,
        java.util.Map<String, String> data,
        int messageStart) {
    private static final Field FACILITY = Fields.of("log.syslog.facility.code");
    private static final Field SEVERITY = Fields.of("log.syslog.severity.code");
    private static final Field MESSAGE_ID = Fields.of("log.syslog.msgid");

    /** True if anything of a header was there: then the rest may be taken for the message of a log line. */
    public boolean present() {
        return priority >= 0 || hasTime;
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
            event.number(FACILITY, priority >> 3);
            event.number(SEVERITY, priority & 7);
        }
        event.text(MESSAGE_ID, messageId);
        if (data != null) {
            data.forEach((name, value) -> event.text(Fields.of("log.syslog.structured_data." + name), value));
        }
    }
}
