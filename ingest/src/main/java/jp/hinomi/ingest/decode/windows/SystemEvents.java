package jp.hinomi.ingest.decode.windows;

import java.util.Map;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** Events of the System log and of PowerShell that detection asks for. */
final class SystemEvents {
    private static final Map<String, String> SERVICE_TYPES = Map.of(
            "0x1", "Kernel Driver",
            "0x2", "File System Driver",
            "0x8", "Recognizer Driver",
            "0x10", "Win32 Own Process",
            "0x20", "Win32 Share Process",
            "0x110", "Interactive Own Process",
            "0x120", "Interactive Share Process");

    private SystemEvents() {}

    static String serviceType(String number) {
        return SERVICE_TYPES.get(number);
    }

    static void describe(WindowsRecord windows, EventDraft event) {
        String provider = windows.provider() == null ? "" : windows.provider();
        long code = windows.code();
        if (provider.equals("Service Control Manager") && code == 7045) {
            event.action("service-installed")
                    .classify("configuration", "creation")
                    .outcome(true);
            windows.text(Fields.SERVICE_NAME, "ServiceName", event);
            ProcessFields.commandLine(
                    Fields.PROCESS_COMMAND_LINE,
                    ProcessFields.ARGS,
                    ProcessFields.ARGS_COUNT,
                    windows.get("ImagePath"),
                    event);
            windows.text(Fields.USER_NAME, "AccountName", event);
        } else if (provider.equals("Service Control Manager") && code == 7040) {
            event.action("service-start-type-changed").classify("configuration", "change");
        } else if (provider.equals("Microsoft-Windows-Eventlog") && code == 104) {
            event.action("event-log-cleared").classify("configuration", "deletion");
            event.user(windows.get("SubjectUserName"));
            windows.text(Fields.USER_DOMAIN, "SubjectDomainName", event);
        } else if (provider.contains("PowerShell")) {
            PowerShellEvents.describe(windows, event);
        } else if (provider.equals("Microsoft-Windows-Windows Defender")) {
            DefenderEvents.describe(windows, event);
        } else if (provider.equals("Microsoft-Windows-TaskScheduler")) {
            task(code, windows, event);
        } else {
            host(provider, code, windows, event);
        }
    }

    /** The scheduler's own log, which tells runs as well. */
    private static void task(long code, WindowsRecord windows, EventDraft event) {
        switch ((int) code) {
            case 106 ->
                event.action("scheduled-task-created")
                        .classify("configuration", "creation")
                        .outcome(true);
            case 140 ->
                event.action("scheduled-task-updated")
                        .classify("configuration", "change")
                        .outcome(true);
            case 141 ->
                event.action("scheduled-task-deleted")
                        .classify("configuration", "deletion")
                        .outcome(true);
            case 129, 200 -> event.action("scheduled-task-started").classify("process", "start");
            case 201 -> event.action("scheduled-task-ended").classify("process", "end");
            default -> {
                // Triggers, and what went wrong with them
            }
        }
        String user = windows.get("UserContext") == null ? windows.get("UserName") : windows.get("UserContext");
        event.user(user).number(Fields.PROCESS_PID, windows.number("ProcessID"));
        ProcessFields.executable(
                Fields.PROCESS_EXECUTABLE,
                Fields.PROCESS_NAME,
                windows.get("ActionName") == null ? windows.get("Path") : windows.get("ActionName"),
                event);
    }

    private static void host(String provider, long code, WindowsRecord windows, EventDraft event) {
        if (provider.equals("Service Control Manager") && (code == 7036 || code == 7035)) {
            event.classify("process", "info").action("service-state-changed");
            windows.text(Fields.SERVICE_NAME, "param1", event);
        } else if (provider.equals("Service Control Manager") && (code == 7031 || code == 7034)) {
            event.classify("process", "end").action("service-crashed").outcome(false);
            windows.text(Fields.SERVICE_NAME, "param1", event);
        } else if (provider.equals("EventLog") && (code == 6005 || code == 6006 || code == 6008)) {
            event.classify("host", code == 6005 ? "start" : "end");
            event.action(code == 6005 ? "host-started" : code == 6006 ? "host-stopped" : "host-stopped-unexpectedly");
            event.outcome(code != 6008);
        } else if (provider.equalsIgnoreCase("User32") && code == 1074) {
            event.classify("host", "end").action("host-shutdown-requested").user(windows.get("param7"));
        }
    }
}
