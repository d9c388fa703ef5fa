package jp.hinomi.ingest.decode.windows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;

/**
 * One record of a Windows event log, whichever shipper wrote it: Winlogbeat nests it below {@code winlog}, NXLog's {@code
 * im_msvistalog} puts the members of EventData beside its own names, and {@code Get-WinEvent | ConvertTo-Json} has the
 * property names of .NET's EventLogRecord. Tools that read {@code .evtx} files turn the event's XML into JSON below {@code
 * Event}.
 *
 * @param time as the shipper wrote it, or null
 * @param data EventData, or UserData where the event has that instead
 */
record WindowsRecord(
        String time,
        long code,
        String channel,
        String provider,
        String computer,
        String level,
        String message,
        String action,
        Boolean audit,
        JsonObject data,
        JsonObject winlog) {
    /** What NXLog says of the record itself; all else is EventData. */
    private static final Set<String> NXLOG = Set.of(
            "EventTime",
            "Hostname",
            "Keywords",
            "EventType",
            "SeverityValue",
            "Severity",
            "EventID",
            "SourceName",
            "ProviderGuid",
            "Version",
            "Task",
            "TaskValue",
            "OpcodeValue",
            "RecordNumber",
            "ExecutionProcessID",
            "ExecutionThreadID",
            "ActivityID",
            "RelatedActivityID",
            "ThreadID",
            "Channel",
            "Message",
            "Category",
            "Opcode",
            "EventReceivedTime",
            "SourceModuleName",
            "SourceModuleType",
            "AccountName",
            "AccountType",
            "Domain",
            "UserID",
            "ProcessID");

    private static final String ATTRIBUTES = "#attributes";
    private static final String TEXT = "#text";

    private static final VendorFields WINLOG = new VendorFields("winlog", Set.of(), Map.of());

    /** @return null if it is none of these forms */
    static WindowsRecord of(JsonObject object) {
        if (object.has("Event")) {
            return evtx(object.object("Event"));
        }
        if (object.has("winlog")) {
            return winlogbeat(object);
        }
        if (object.has("EventID") && (object.has("Channel") || object.has("SourceName"))) {
            return nxlog(object);
        }
        return object.has("LogName") && object.has("Id") ? powershell(object) : null;
    }

    /** The event's XML as JSON: attributes are members of {@code #attributes}, text beside them is {@code #text}. */
    private static WindowsRecord evtx(JsonObject event) {
        JsonObject system = event.object("System");
        JsonObject provider = system.object("Provider").object(ATTRIBUTES);
        Map<String, Object> winlog = new HashMap<>();
        copy(system, "Channel", winlog, "channel");
        copy(provider, "Name", winlog, "provider_name");
        copy(provider, "Guid", winlog, "provider_guid");
        copy(system, "Computer", winlog, "computer_name");
        copy(system, "EventRecordID", winlog, "record_id");
        copy(system, "Keywords", winlog, "keywords");
        copy(system, "Version", winlog, "version");
        copy(system.object("Correlation").object(ATTRIBUTES), "ActivityID", winlog, "activity_id");
        Map<String, Object> data = new HashMap<>();
        List<String> unnamed = new ArrayList<>();
        parts(event.object("EventData"), data, unnamed);
        JsonObject user = event.object("UserData");
        user.members().keySet().forEach(name -> parts(user.object(name), data, unnamed));
        String code = system.text("EventID") == null ? system.object("EventID").text(TEXT) : system.text("EventID");
        return nestedForm(
                system.object("TimeCreated").object(ATTRIBUTES).text("SystemTime"),
                code == null ? -1 : JsonObject.of(Map.of("code", code)).number("code"),
                null,
                unnamed.isEmpty() ? null : String.join("\n", unnamed),
                null,
                audit(system.text("Keywords")),
                data,
                winlog);
    }

    private static void parts(JsonObject from, Map<String, Object> data, List<String> unnamed) {
        from.members().forEach((name, value) -> {
            if (name.equals("Data")) {
                unnamed.addAll(value instanceof JsonObject text ? text.texts(TEXT) : from.texts(name));
            } else if (!name.equals(ATTRIBUTES) && value instanceof JsonObject inner && inner.has(TEXT)) {
                data.put(name, inner.members().get(TEXT));
            } else if (!name.equals(ATTRIBUTES)) {
                data.put(name, value);
            }
        });
    }

    /** Bits of the keywords by which the Security log says how an attempt ended. */
    private static Boolean audit(String keywords) {
        return "0x8020000000000000".equals(keywords)
                ? Boolean.TRUE
                : "0x8010000000000000".equals(keywords) ? Boolean.FALSE : null;
    }

    private static WindowsRecord winlogbeat(JsonObject object) {
        JsonObject winlog = object.object("winlog");
        JsonObject event = object.object("event");
        JsonObject data = winlog.object("event_data");
        long code = winlog.number("event_id");
        String outcome = event.text("outcome");
        return new WindowsRecord(
                winlog.text("time_created") == null ? object.text("@timestamp") : winlog.text("time_created"),
                code < 0 ? event.number("code") : code,
                winlog.text("channel"),
                winlog.text("provider_name"),
                winlog.text("computer_name") == null
                        ? object.object("host").text("name")
                        : winlog.text("computer_name"),
                object.object("log").text("level") == null
                        ? winlog.text("level")
                        : object.object("log").text("level"),
                object.text("message"),
                event.text("action"),
                outcome == null || outcome.equals("unknown")
                        ? audit(winlog.list("keywords"))
                        : Boolean.valueOf(outcome.equals("success")),
                data.isEmpty() ? winlog.object("user_data") : data,
                winlog);
    }

    private static Boolean audit(Iterable<Object> keywords) {
        for (Object keyword : keywords) {
            if ("Audit Success".equals(keyword)) {
                return Boolean.TRUE;
            }
            if ("Audit Failure".equals(keyword)) {
                return Boolean.FALSE;
            }
        }
        return null;
    }

    private static WindowsRecord nxlog(JsonObject object) {
        Map<String, Object> data = new HashMap<>();
        object.members().forEach((name, value) -> {
            if (!NXLOG.contains(name)) {
                data.put(name, value);
            }
        });
        Map<String, Object> winlog = new HashMap<>();
        copy(object, "Channel", winlog, "channel");
        copy(object, "SourceName", winlog, "provider_name");
        copy(object, "ProviderGuid", winlog, "provider_guid");
        copy(object, "Hostname", winlog, "computer_name");
        copy(object, "RecordNumber", winlog, "record_id");
        copy(object, "Category", winlog, "task");
        copy(object, "Opcode", winlog, "opcode");
        copy(object, "Version", winlog, "version");
        copy(object, "ActivityID", winlog, "activity_id");
        String type = object.text("EventType");
        return nestedForm(
                object.text("EventTime"),
                object.number("EventID"),
                object.text("Severity"),
                object.text("Message"),
                object.text("Category"),
                "AUDIT_SUCCESS".equals(type) ? Boolean.TRUE : "AUDIT_FAILURE".equals(type) ? Boolean.FALSE : null,
                data,
                winlog);
    }

    private static WindowsRecord powershell(JsonObject object) {
        Map<String, Object> winlog = new HashMap<>();
        copy(object, "LogName", winlog, "channel");
        copy(object, "ProviderName", winlog, "provider_name");
        copy(object, "ProviderId", winlog, "provider_guid");
        copy(object, "MachineName", winlog, "computer_name");
        copy(object, "RecordId", winlog, "record_id");
        copy(object, "TaskDisplayName", winlog, "task");
        copy(object, "OpcodeDisplayName", winlog, "opcode");
        return nestedForm(
                object.text("TimeCreated"),
                object.number("Id"),
                object.text("LevelDisplayName"),
                object.text("Message"),
                object.text("TaskDisplayName"),
                audit(object.list("KeywordsDisplayNames")),
                Map.of(),
                winlog);
    }

    private static WindowsRecord nestedForm(
            String time,
            long code,
            String level,
            String message,
            String action,
            Boolean audit,
            Map<String, Object> data,
            Map<String, Object> winlog) {
        JsonObject eventData = JsonObject.of(data);
        if (!data.isEmpty()) {
            winlog.put("event_data", eventData);
        }
        if (code >= 0) {
            winlog.put("event_id", Long.toString(code));
        }
        JsonObject whole = JsonObject.of(winlog);
        return new WindowsRecord(
                time,
                code,
                whole.text("channel"),
                whole.text("provider_name"),
                whole.text("computer_name"),
                level,
                message,
                action,
                audit,
                eventData,
                whole);
    }

    private static void copy(JsonObject object, String from, Map<String, Object> winlog, String to) {
        String value = object.text(from);
        if (value != null && !value.isEmpty()) {
            winlog.put(to, value);
        }
    }

    boolean isSysmon() {
        return "Microsoft-Windows-Sysmon".equals(provider) || "Microsoft-Windows-Sysmon/Operational".equals(channel);
    }

    boolean isSecurity() {
        return "Security".equals(channel) || "Microsoft-Windows-Security-Auditing".equals(provider);
    }

    /** A member of the data; null if it is missing or one of the ways in which Windows says that there is none. */
    String get(String name) {
        String value = data.text(name);
        return value == null || value.isEmpty() || value.equals("-") || value.equals(NO_GUID) ? null : value;
    }

    private static final String NO_GUID = "{00000000-0000-0000-0000-000000000000}";

    /** A number, decimal or with {@code 0x}; -1 if there is none. */
    long number(String name) {
        String value = get(name);
        if (value == null) {
            return -1;
        }
        if (!value.startsWith("0x")) {
            return data.number(name);
        }
        long number = 0;
        for (int i = 2; i < value.length(); i++) {
            int digit = Character.digit(value.charAt(i), 16);
            if (digit < 0 || i > 16) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return value.length() > 2 ? number : -1;
    }

    EventDraft text(Field field, String name, EventDraft event) {
        return event.text(field, get(name));
    }

    /** Under {@code winlog.*} all is kept, by the names that rules for Windows use. */
    void keep(EventDraft event) {
        WINLOG.put(winlog, event);
        if (code >= 0) {
            event.put(EVENT_ID, Long.toString(code));
        }
        event.text(RECORD_ID, winlog.text("record_id"));
    }

    private static final Field EVENT_ID = Fields.of("winlog.event_id");
    private static final Field RECORD_ID = Fields.of("winlog.record_id");
}
