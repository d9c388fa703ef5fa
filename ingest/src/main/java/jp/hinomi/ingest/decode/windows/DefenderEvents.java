package jp.hinomi.ingest.decode.windows;

import java.util.List;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** Windows Defender: what it found, what it did about it, and who switched it off. */
final class DefenderEvents {
    private static final List<String> FOUND = List.of("malware", "file");
    private static final Field THREAT = Fields.of("threat.software.name");

    private static final Map<Long, String> SETTINGS = Map.of(
            5001L, "real-time-protection-disabled",
            5004L, "real-time-protection-changed",
            5007L, "configuration-changed",
            5010L, "malware-scanning-disabled",
            5012L, "virus-scanning-disabled",
            5013L, "tamper-protection-blocked");

    private DefenderEvents() {}

    static void describe(WindowsRecord windows, EventDraft event) {
        long code = windows.code();
        if (code == 1006 || code == 1015 || code == 1116) {
            event.kind("alert").classify(FOUND, "info").action("malware-detected");
        } else if (code == 1007 || code == 1117) {
            event.kind("alert")
                    .classify(FOUND, "info")
                    .action("malware-action-taken")
                    .outcome(true);
        } else if (code == 1008 || code == 1118 || code == 1119) {
            event.kind("alert")
                    .classify(FOUND, "info")
                    .action("malware-action-failed")
                    .outcome(false);
        } else if (SETTINGS.containsKey(code)) {
            event.classify("configuration", "change").action(SETTINGS.get(code));
        }
        windows.text(THREAT, "Threat Name", event).text(Fields.RULE_NAME, windows.get("Threat Name"));
        windows.text(Fields.RULE_ID, "Threat ID", event).text(Fields.RULE_CATEGORY, windows.get("Category Name"));
        event.user(windows.get("Detection User"));
        ProcessFields.executable(Fields.PROCESS_EXECUTABLE, Fields.PROCESS_NAME, windows.get("Process Name"), event);
        String path = windows.get("Path"); // "file:_C:\\a.exe; containerfile:_…"
        if (path != null && path.startsWith("file:_")) {
            int end = path.indexOf(';');
            ProcessFields.file(path.substring("file:_".length(), end < 0 ? path.length() : end), event);
        }
    }
}
