package jp.hinomi.ingest.decode.windows;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.json.JsonDecoder;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.JsonTree;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Windows event logs as JSON: what Winlogbeat and NXLog ({@code im_msvistalog} with {@code to_json()}) write, and {@code
 * Get-WinEvent | ConvertTo-Json -Compress}, and what tools make of {@code .evtx} files. Security events and Sysmon become ECS; of others there is what all records
 * have. EventData is kept under {@code winlog.event_data.*} by Microsoft's names.
 */
public final class WindowsDecoder extends JsonDecoder {
    public static final Signature SIGNATURE = Signature.members("winlog", "@timestamp")
            .or(Signature.members("EventID", "Channel", "EventTime"))
            .or(Signature.members("LogName", "Id", "ProviderName", "TimeCreated"));

    private static final Field LEVEL = Fields.of("log.level");
    private static final Field OS_FAMILY = Fields.of("host.os.family");
    private static final Field OS_TYPE = Fields.of("host.os.type");

    private static final ZoneClock UTC = new ZoneClock(ZoneOffset.UTC);

    private static final JsonTree TREE = new JsonTree(Set.of("agent", "ecs", "input", "Properties", "Bookmark"));

    public WindowsDecoder(ZoneId zone, Charset charset) {
        super("windows", zone, charset);
    }

    @Override
    protected Decoding decode(JsonParser parser, String text, SyslogHeader header, LogRecord record)
            throws IOException {
        JsonObject object = TREE.read(parser);
        WindowsRecord windows = object == null ? null : WindowsRecord.of(object);
        if (windows == null) {
            return reject(
                    text,
                    0,
                    "no record of a Windows event log: expected 'winlog' (Winlogbeat), 'EventID' and 'Channel' (NXLog),"
                            + " 'Id' and 'LogName' (Get-WinEvent) or 'Event' (the event's XML as JSON), one object per"
                            + " line");
        }
        boolean headed = header != null && header.present();
        EventDraft event = draft(text, record, headed && header.hasTime() ? header.millis() : record.appendMillis());
        if (headed) {
            header.describe(event);
        }
        time(windows.time(), event);
        windows.keep(event);
        common(windows, event);
        if (windows.isSysmon()) {
            event.module("windows", "windows.sysmon_operational");
            sysmonTime(windows, event);
            SysmonEvents.describe(windows, event);
        } else if (windows.isSecurity()) {
            event.module("system", "system.security");
            SecurityEvents.describe(windows, event);
        } else {
            other(windows, event);
        }
        return event.finish();
    }

    private static void common(WindowsRecord windows, EventDraft event) {
        if (windows.code() >= 0) {
            event.put(Fields.EVENT_CODE, Long.toString(windows.code()));
        }
        event.text(Fields.EVENT_PROVIDER, windows.provider())
                .text(Fields.MESSAGE, windows.message())
                .text(LEVEL, windows.level() == null ? null : windows.level().toLowerCase(Locale.ROOT))
                .put(OS_TYPE, "windows")
                .put(OS_FAMILY, "windows")
                .action(windows.action())
                .hostName(windows.computer());
        if (windows.audit() != null) {
            event.outcome(windows.audit());
        }
    }

    private static void other(WindowsRecord windows, EventDraft event) {
        String channel = windows.channel() == null ? "" : windows.channel();
        switch (channel) {
            case "System" -> event.module("system", "system.system");
            case "Application" -> event.module("system", "system.application");
            case "Windows PowerShell" -> event.module("windows", "windows.powershell");
            case "Microsoft-Windows-PowerShell/Operational" ->
                event.module("windows", "windows.powershell_operational");
            case "Microsoft-Windows-Windows Defender/Operational" ->
                event.module("windows", "windows.windows_defender");
            default -> event.module("windows", Channels.dataset(channel));
        }
        SystemEvents.describe(windows, event);
    }

    /** RFC 3339, {@code 2026-04-01 10:00:00} in the source's zone, or .NET's {@code /Date(1775005200123)/}. */
    private void time(String spelled, EventDraft event) {
        if (spelled == null) {
            return;
        }
        TimeScan scan = new TimeScan(zone);
        if (scan.iso(spelled, 0)) {
            event.time(scan.millis);
            return;
        }
        boolean net = spelled.startsWith("/Date(") && spelled.endsWith(")/");
        long millis = Epoch.millis(net ? spelled.substring("/Date(".length(), spelled.length() - 2) : spelled);
        if (millis != Epoch.NONE) {
            event.time(millis);
        }
    }

    /** Sysmon's own time of what happened, always UTC, is earlier than that of the log's entry. */
    private static void sysmonTime(WindowsRecord windows, EventDraft event) {
        String spelled = windows.get("UtcTime");
        if (spelled != null) {
            TimeScan scan = new TimeScan(UTC);
            if (scan.iso(spelled, 0)) {
                event.time(scan.millis);
            }
        }
    }
}
