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
        } else if (code == 4104 && provider.equals("Microsoft-Windows-PowerShell")) {
            event.classify("process", "info");
        }
    }
}
