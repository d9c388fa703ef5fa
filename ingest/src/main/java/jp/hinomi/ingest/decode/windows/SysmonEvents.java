package jp.hinomi.ingest.decode.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;

/** Sysmon, by the manifest that {@code sysmon -s} prints: events 1 to 29 and 255. */
final class SysmonEvents {
    private static final Map<Long, Classification> MEANINGS = Classification.table("""
            1 - process start
            2 - file change
            3 - network start,connection,protocol
            4 - process change
            5 - process end
            6 - driver start
            7 - process change
            8 - process change
            9,10 - process access
            11 - file creation
            12,13,14 - configuration,registry change
            15 - file access
            16 - configuration change
            17 - file creation
            18 - file access
            19,20,21 - configuration creation
            22 - network connection,protocol,info
            23,26,28 - file deletion
            24,25 - process change
            27,29 - file creation""");

    /** One name for each event, whichever the shipper has: by the list in Microsoft's documentation of Sysmon. */
    private static final Map<Long, String> ACTIONS = Map.ofEntries(
            Map.entry(1L, "Process creation"),
            Map.entry(2L, "A process changed a file creation time"),
            Map.entry(3L, "Network connection"),
            Map.entry(4L, "Sysmon service state changed"),
            Map.entry(5L, "Process terminated"),
            Map.entry(6L, "Driver loaded"),
            Map.entry(7L, "Image loaded"),
            Map.entry(8L, "CreateRemoteThread"),
            Map.entry(9L, "RawAccessRead"),
            Map.entry(10L, "ProcessAccess"),
            Map.entry(11L, "FileCreate"),
            Map.entry(12L, "RegistryEvent (Object create and delete)"),
            Map.entry(13L, "RegistryEvent (Value Set)"),
            Map.entry(14L, "RegistryEvent (Key and Value Rename)"),
            Map.entry(15L, "FileCreateStreamHash"),
            Map.entry(16L, "ServiceConfigurationChange"),
            Map.entry(17L, "PipeEvent (Pipe Created)"),
            Map.entry(18L, "PipeEvent (Pipe Connected)"),
            Map.entry(19L, "WmiEvent (WmiEventFilter activity detected)"),
            Map.entry(20L, "WmiEvent (WmiEventConsumer activity detected)"),
            Map.entry(21L, "WmiEvent (WmiEventConsumerToFilter activity detected)"),
            Map.entry(22L, "DNSEvent (DNS query)"),
            Map.entry(23L, "FileDelete (File Delete archived)"),
            Map.entry(24L, "ClipboardChange (New content in the clipboard)"),
            Map.entry(25L, "ProcessTampering (Process image change)"),
            Map.entry(26L, "FileDeleteDetected (File Delete logged)"),
            Map.entry(27L, "FileBlockExecutable"),
            Map.entry(28L, "FileBlockShredding"),
            Map.entry(29L, "FileExecutableDetected"),
            Map.entry(255L, "Error"));

    private static final Field USER_NAME = Fields.USER_NAME;
    private static final Field SIGNED = Fields.of("file.code_signature.signed");
    private static final Field VALID = Fields.of("file.code_signature.valid");
    private static final Field SIGNER = Fields.of("file.code_signature.subject_name");
    private static final Field SIGNATURE_STATUS = Fields.of("file.code_signature.status");
    private static final Field THREAD = Fields.of("process.thread.id");
    private static final Field ERROR_CODE = Fields.of("error.code");
    private static final Field ERROR_MESSAGE = Fields.of("error.message");
    private static final Field ARCHIVED = Fields.of("sysmon.file.archived");
    private static final Field IS_EXECUTABLE = Fields.of("sysmon.file.is_executable");
    private static final Field SYSMON_USER = Fields.of("winlog.user.identifier");
    private static final Field USER_ID = Fields.USER_ID;

    private static final String[] PE_NAMES = {"OriginalFileName", "Company", "Description", "FileVersion", "Product"};
    private static final Field[] PROCESS_PE = fields("process.pe.");
    private static final Field[] FILE_PE = fields("file.pe.");

    private SysmonEvents() {}

    private static Field[] fields(String prefix) {
        return new Field[] {
            Fields.of(prefix + "original_file_name"),
            Fields.of(prefix + "company"),
            Fields.of(prefix + "description"),
            Fields.of(prefix + "file_version"),
            Fields.of(prefix + "product")
        };
    }

    static void describe(WindowsRecord windows, EventDraft event) {
        int code = (int) Math.min(windows.code(), 99_999);
        Classification meaning = MEANINGS.get(windows.code());
        if (meaning != null) {
            meaning.put(event);
        }
        event.action(ACTIONS.get(windows.code()));
        windows.text(Fields.RULE_NAME, "RuleName", event);
        user(windows, event);
        process(windows, event);
        SysmonHashes.describe(code, windows, event);
        boolean image = code == 7;
        for (int i = 0; i < PE_NAMES.length; i++) {
            windows.text(image ? FILE_PE[i] : PROCESS_PE[i], PE_NAMES[i], event);
        }
        file(windows, event);
        switch (code) {
            case 3 -> network(windows, event);
            case 12, 13, 14 -> RegistryFields.describe(windows, event);
            case 22 -> SysmonDns.describe(windows, event);
            case 25 -> windows.text(Fields.MESSAGE, "Type", event);
            case 27, 28 -> event.outcome(false); // Sysmon prevented it.
            case 255 -> windows.text(ERROR_CODE, "ID", event).text(ERROR_MESSAGE, windows.get("Description"));
            default -> {
                // All that these say is said above.
            }
        }
    }

    private static void user(WindowsRecord windows, EventDraft event) {
        String user = windows.get("User") == null ? windows.get("SourceUser") : windows.get("User");
        if (user != null) {
            int backslash = user.indexOf('\\');
            String name = user.substring(backslash + 1);
            event.text(USER_NAME, name).relatedUser(name);
            event.text(Fields.USER_DOMAIN, backslash > 0 ? user.substring(0, backslash) : null);
        }
        if (event.get(SYSMON_USER) instanceof String identifier) {
            event.text(USER_ID, identifier);
        }
    }

    private static void process(WindowsRecord windows, EventDraft event) {
        first(ProcessFields.ENTITY, windows, event, "SourceProcessGUID", "SourceProcessGuid", "ProcessGuid");
        long source = windows.number("SourceProcessId");
        event.number(Fields.PROCESS_PID, source >= 0 ? source : windows.number("ProcessId"));
        event.number(THREAD, windows.number("SourceThreadId"));
        String image = windows.get("SourceImage") == null ? windows.get("Image") : windows.get("SourceImage");
        ProcessFields.executable(
                Fields.PROCESS_EXECUTABLE,
                Fields.PROCESS_NAME,
                image == null ? windows.get("Destination") : image,
                event);
        ProcessFields.commandLine(
                Fields.PROCESS_COMMAND_LINE,
                ProcessFields.ARGS,
                ProcessFields.ARGS_COUNT,
                windows.get("CommandLine"),
                event);
        windows.text(ProcessFields.WORKING_DIRECTORY, "CurrentDirectory", event);
        windows.text(ProcessFields.PARENT_ENTITY, "ParentProcessGuid", event);
        event.number(ProcessFields.PARENT_PID, windows.number("ParentProcessId"));
        ProcessFields.executable(
                Fields.PROCESS_PARENT_EXECUTABLE, ProcessFields.PARENT_NAME, windows.get("ParentImage"), event);
        ProcessFields.commandLine(
                Fields.PROCESS_PARENT_COMMAND_LINE,
                ProcessFields.PARENT_ARGS,
                ProcessFields.PARENT_ARGS_COUNT,
                windows.get("ParentCommandLine"),
                event);
    }

    private static void first(Field field, WindowsRecord windows, EventDraft event, String... names) {
        for (String name : names) {
            String value = windows.get(name);
            if (value != null) {
                event.text(field, value);
                return;
            }
        }
    }

    private static void file(WindowsRecord windows, EventDraft event) {
        ProcessFields.file(windows.get("TargetFilename"), event);
        ProcessFields.file(windows.get("Device"), event);
        ProcessFields.file(windows.get("ImageLoaded"), event);
        windows.text(Fields.FILE_NAME, "PipeName", event);
        windows.text(SIGNER, "Signature", event);
        windows.text(SIGNATURE_STATUS, "SignatureStatus", event);
        flag(ARCHIVED, windows.get("Archived"), event);
        flag(IS_EXECUTABLE, windows.get("IsExecutable"), event);
        String signed = windows.get("Signed");
        if (signed != null) {
            event.put(SIGNED, signed.equalsIgnoreCase("true"));
        }
        if ("Valid".equals(windows.get("SignatureStatus"))) {
            event.put(VALID, Boolean.TRUE);
        }
    }

    private static void flag(Field field, String value, EventDraft event) {
        if (value != null) {
            event.put(field, value.equalsIgnoreCase("true"));
        }
    }

    private static void network(WindowsRecord windows, EventDraft event) {
        String protocol = windows.get("Protocol");
        if (protocol != null) {
            NetworkFields.transport(protocol.toLowerCase(Locale.ROOT), event);
        }
        first(Fields.NETWORK_PROTOCOL, windows, event, "DestinationPortName", "SourcePortName");
        event.ip(Fields.SOURCE_IP, windows.get("SourceIp"));
        event.ip(Fields.DESTINATION_IP, windows.get("DestinationIp"));
        event.number(Fields.SOURCE_PORT, windows.number("SourcePort"));
        event.number(Fields.DESTINATION_PORT, windows.number("DestinationPort"));
        event.host(Fields.SOURCE_DOMAIN, windows.get("SourceHostname"));
        event.host(Fields.DESTINATION_DOMAIN, windows.get("DestinationHostname"));
        String initiated = windows.get("Initiated");
        if (initiated != null) {
            event.text(Fields.NETWORK_DIRECTION, initiated.equalsIgnoreCase("true") ? "egress" : "ingress");
        }
        NetworkFields.type(event);
        NetworkFields.communityId(event);
    }

    /** Without the empty ones. */
    static List<String> parts(String text, char separator) {
        List<String> out = new ArrayList<>();
        int from = 0;
        while (from < text.length() && out.size() < 256) {
            int end = text.indexOf(separator, from);
            end = end < 0 ? text.length() : end;
            if (end > from) {
                out.add(text.substring(from, end));
            }
            from = end + 1;
        }
        return out;
    }
}
