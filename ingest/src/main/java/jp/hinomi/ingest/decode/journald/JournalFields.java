package jp.hinomi.ingest.decode.journald;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What the journal itself knows of an entry's sender; names of {@code systemd.*} as other mappings to ECS have them. */
final class JournalFields {
    private static final Field LEVEL = Fields.of("log.level");
    private static final Field SEVERITY_CODE = Fields.of("log.syslog.severity.code");
    private static final Field FACILITY_CODE = Fields.of("log.syslog.facility.code");
    private static final Field APPNAME = Fields.of("log.syslog.appname");
    private static final Field PROCID = Fields.of("log.syslog.procid");
    private static final Field REAL_USER = Fields.of("process.real_user.id");
    private static final Field REAL_GROUP = Fields.of("process.real_group.id");
    private static final Field LINE = Fields.of("log.origin.file.line");
    private static final String[] LEVELS = {"emerg", "alert", "crit", "error", "warning", "notice", "info", "debug"};

    private static final Map<String, Field> TEXTS = Map.ofEntries(
            Map.entry("_MACHINE_ID", Fields.HOST_ID),
            Map.entry("_BOOT_ID", Fields.of("host.boot.id")),
            Map.entry("_EXE", Fields.PROCESS_EXECUTABLE),
            Map.entry("_CMDLINE", Fields.PROCESS_COMMAND_LINE),
            Map.entry("_UID", REAL_USER),
            Map.entry("_GID", REAL_GROUP),
            Map.entry("_TRANSPORT", Fields.of("systemd.transport")),
            Map.entry("_SYSTEMD_CGROUP", Fields.of("systemd.cgroup")),
            Map.entry("_SYSTEMD_UNIT", Fields.of("systemd.unit")),
            Map.entry("_SYSTEMD_USER_UNIT", Fields.of("systemd.user_unit")),
            Map.entry("_SYSTEMD_SLICE", Fields.of("systemd.slice")),
            Map.entry("_SYSTEMD_SESSION", Fields.of("systemd.session")),
            Map.entry("_SYSTEMD_OWNER_UID", Fields.of("systemd.owner_uid")),
            Map.entry("_SYSTEMD_INVOCATION_ID", Fields.of("systemd.invocation_id")),
            Map.entry("_AUDIT_SESSION", Fields.of("journald.audit.session")),
            Map.entry("_AUDIT_LOGINUID", Fields.of("journald.audit.login_uid")),
            Map.entry("MESSAGE_ID", Fields.EVENT_CODE),
            Map.entry("ERRNO", Fields.of("error.code")),
            Map.entry("CODE_FILE", Fields.of("log.origin.file.name")),
            Map.entry("CODE_FUNC", Fields.of("log.origin.function")),
            Map.entry("CONTAINER_ID_FULL", Fields.of("container.id")),
            Map.entry("CONTAINER_NAME", Fields.of("container.name")),
            Map.entry("IMAGE_NAME", Fields.of("container.image.name")),
            Map.entry("_KERNEL_DEVICE", Fields.of("journald.kernel.device")),
            Map.entry("_KERNEL_SUBSYSTEM", Fields.of("journald.kernel.subsystem")),
            Map.entry("_UDEV_SYSNAME", Fields.of("journald.kernel.device_name")));

    private static final Set<String> SAID = Set.of(
            "MESSAGE",
            "PRIORITY",
            "SYSLOG_FACILITY",
            "SYSLOG_IDENTIFIER",
            "SYSLOG_PID",
            "SYSLOG_TIMESTAMP",
            "SYSLOG_RAW",
            "_PID",
            "_COMM",
            "_HOSTNAME",
            "CODE_LINE",
            "__CURSOR",
            "__REALTIME_TIMESTAMP",
            "__MONOTONIC_TIMESTAMP",
            "_SOURCE_REALTIME_TIMESTAMP",
            "_SOURCE_MONOTONIC_TIMESTAMP",
            "__SEQNUM",
            "__SEQNUM_ID",
            "_STREAM_ID",
            "_RUNTIME_SCOPE",
            "_CAP_EFFECTIVE",
            "_SELINUX_CONTEXT",
            "TID");

    private static final int MAX_CUSTOM = 64;
    private static final int MAX_REMEMBERED = 4_096;
    private static final Map<String, Field> CUSTOM = new ConcurrentHashMap<>();

    private JournalFields() {}

    /** @param known true if the message is a known program's event already, which says more of processes and users */
    static void describe(JournalEntry entry, boolean known, EventDraft event) {
        event.hostName(entry.get("_HOSTNAME"));
        process(entry, known, event);
        long severity = entry.number("PRIORITY");
        if (severity >= 0 && severity < 8) {
            event.number(SEVERITY_CODE, severity).text(LEVEL, LEVELS[(int) severity]);
        }
        long facility = entry.number("SYSLOG_FACILITY");
        event.number(FACILITY_CODE, facility < 24 ? facility : -1);
        event.text(APPNAME, entry.get("SYSLOG_IDENTIFIER")).text(PROCID, entry.get("SYSLOG_PID"));
        event.number(LINE, entry.number("CODE_LINE"));
        int custom = 0;
        for (Map.Entry<String, String> field : entry.fields().entrySet()) {
            Field target = TEXTS.get(field.getKey());
            if (target != null) {
                if (!known || event.get(target) == null) {
                    event.text(target, field.getValue());
                }
            } else if (!SAID.contains(field.getKey()) && !field.getKey().startsWith("_") && custom++ < MAX_CUSTOM) {
                event.text(custom(field.getKey()), field.getValue());
            }
        }
    }

    private static void process(JournalEntry entry, boolean known, EventDraft event) {
        long pid = entry.number("_PID");
        if (!known || event.get(Fields.PROCESS_PID) == null) {
            event.number(Fields.PROCESS_PID, pid < 0 ? entry.number("SYSLOG_PID") : pid);
        }
        if (!known || event.get(Fields.PROCESS_NAME) == null) {
            // The kernel writes audit records itself, whatever program they are about.
            event.text(
                    Fields.PROCESS_NAME,
                    "audit".equals(entry.get("_TRANSPORT"))
                            ? entry.get("_COMM")
                            : entry.either("_COMM", "SYSLOG_IDENTIFIER"));
        }
        String unit = entry.get("_SYSTEMD_UNIT");
        if (unit != null && unit.endsWith(".service") && event.get(Fields.SERVICE_NAME) == null) {
            event.text(Fields.SERVICE_NAME, unit.substring(0, unit.length() - ".service".length()));
        }
    }

    /** Programs may add fields of their own. */
    private static Field custom(String name) {
        Field known = CUSTOM.get(name);
        if (known == null) {
            known = Fields.of("journald.custom." + name.toLowerCase(Locale.ROOT));
            if (CUSTOM.size() < MAX_REMEMBERED) {
                CUSTOM.put(name, known);
            }
        }
        return known;
    }
}
