package jp.hinomi.ingest.decode.windows;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * PowerShell: script blocks (4104), modules (4103) and, of the classic log, engines, providers and pipelines (400, 403, 600,
 * 800). What runs is under {@code powershell.*}, as other mappings to ECS have it.
 */
final class PowerShellEvents {
    private static final Field SCRIPT = Fields.of("powershell.file.script_block_text");
    private static final Field SCRIPT_ID = Fields.of("powershell.file.script_block_id");
    private static final Field SEQUENCE = Fields.of("powershell.sequence");
    private static final Field TOTAL = Fields.of("powershell.total");
    private static final Field COMMAND = Fields.of("powershell.command.name");
    private static final Field COMMAND_TYPE = Fields.of("powershell.command.type");
    private static final Field COMMAND_VALUE = Fields.of("powershell.command.value");
    private static final Field ENGINE = Fields.of("powershell.engine.version");
    private static final Field TITLE = Fields.of("process.title");
    private static final Field ENTITY = Fields.of("process.entity_id");
    private static final Field EVENT_SEQUENCE = Fields.of("event.sequence");
    private static final Field RUNSPACE = Fields.of("powershell.runspace_id");

    private PowerShellEvents() {}

    static void describe(WindowsRecord windows, EventDraft event) {
        switch ((int) Math.min(windows.code(), 99_999)) {
            case 4104 -> {
                event.classify("process", "info");
                windows.text(SCRIPT, "ScriptBlockText", event);
                windows.text(SCRIPT_ID, "ScriptBlockId", event);
                event.number(SEQUENCE, windows.number("MessageNumber")).number(TOTAL, windows.number("MessageTotal"));
                ProcessFields.file(windows.get("Path"), event);
            }
            case 4103 -> {
                event.classify("process", "info");
                context(windows.get("ContextInfo"), " = ", event);
                windows.text(COMMAND_VALUE, "Payload", event);
            }
            case 4105, 4106 -> event.classify("process", windows.code() == 4105 ? "start" : "end");
            case 400, 403, 600, 800 -> {
                event.classify("process", windows.code() == 400 ? "start" : windows.code() == 403 ? "end" : "info");
                String details = windows.get("param3") == null ? windows.get("param2") : windows.get("param3");
                context(details == null ? windows.message() : details, "=", event);
            }
            default -> {
                // Of the rest there is what all records have.
            }
        }
    }

    private static void context(String text, String assignment, EventDraft event) {
        if (text == null) {
            return;
        }
        boolean classic = assignment.equals("=");
        String command = line(text, (classic ? "HostApplication" : "Host Application") + assignment);
        ProcessFields.commandLine(
                Fields.PROCESS_COMMAND_LINE, ProcessFields.ARGS, ProcessFields.ARGS_COUNT, command, event);
        event.text(COMMAND, line(text, (classic ? "CommandName" : "Command Name") + assignment));
        event.text(COMMAND_TYPE, line(text, (classic ? "CommandType" : "Command Type") + assignment));
        event.text(COMMAND_VALUE, classic ? line(text, "CommandLine=") : null);
        event.text(TITLE, line(text, (classic ? "HostName" : "Host Name") + assignment));
        event.text(ENTITY, line(text, (classic ? "HostId" : "Host ID") + assignment));
        String sequence = line(text, (classic ? "SequenceNumber" : "Sequence Number") + assignment);
        event.number(EVENT_SEQUENCE, sequence == null ? -1 : Numbers.parse(sequence));
        event.text(ENGINE, line(text, (classic ? "EngineVersion" : "Engine Version") + assignment));
        event.text(RUNSPACE, line(text, (classic ? "RunspaceId" : "Runspace ID") + assignment));
        ProcessFields.file(line(text, (classic ? "ScriptName" : "Script Name") + assignment), event);
        event.user(line(text, (classic ? "UserId" : "User") + assignment));
    }

    /** The rest of the line after {@code name}, which begins a line; null if there is none. */
    private static String line(String text, String name) {
        int at = text.indexOf(name);
        while (at > 0 && text.charAt(at - 1) > ' ') {
            at = text.indexOf(name, at + 1);
        }
        if (at < 0) {
            return null;
        }
        int from = at + name.length();
        int end = from;
        while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
            end++;
        }
        String value = text.substring(from, end).strip();
        return value.isEmpty() ? null : value;
    }
}
