package jp.hinomi.ingest.decode.checkpoint;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.LogRecord;
import jp.hinomi.ingest.decode.Signature;
import jp.hinomi.ingest.decode.TextDecoder;
import jp.hinomi.ingest.decode.syslog.SyslogHeader;
import jp.hinomi.ingest.decode.syslog.SyslogParser;
import jp.hinomi.ingest.decode.text.Epoch;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Check Point's Log Exporter (R77.30 to R82): the format {@code syslog} ({@code [action:"Accept"; …]}), the structured data of
 * Quantum Spark ({@code [Fields@1.3.6.1.4.1.2620 …]}), and {@code generic} and {@code splunk} ({@code action=Accept|…}). CEF and
 * LEEF of the same exporter are formats of their own.
 */
public final class CheckpointDecoder extends TextDecoder {
    public static final Signature SIGNATURE = glance -> {
        String record = glance.record();
        boolean pairs = record.contains("loguid:\"") || record.contains("[Fields@1.3.6.1.4.1.2620 ");
        boolean bars = record.contains("|loguid=") || record.contains("loguid={") && record.indexOf('|') > 0;
        boolean other = record.contains("CEF:") || record.contains("LEEF:");
        boolean bracket = record.contains("CheckPoint ") && record.contains(":\"");
        return (pairs || bars || bracket) && !other ? Signature.Likeness.CERTAIN : Signature.Likeness.NONE;
    };

    private static final ZoneClock UTC = new ZoneClock(ZoneOffset.UTC);

    private final SyslogParser syslog;

    public CheckpointDecoder(ZoneId zone, Charset charset) {
        super("checkpoint", charset);
        this.syslog = new SyslogParser(new ZoneClock(zone));
    }

    @Override
    protected Decoding decode(String text, LogRecord record) {
        SyslogHeader header = syslog.parse(text, record.appendMillis());
        int start = header.present() ? header.messageStart() : 0;
        int fields = text.indexOf("[Fields@");
        Map<String, String> values =
                fields >= 0 ? ExporterPairs.structured(text, fields) : ExporterPairs.read(text, start);
        if (values.size() < 2) {
            return reject(
                    text,
                    start,
                    "not a log of Check Point's Log Exporter: expected [name:\"value\"; …] or name=value|… and found "
                            + excerpt(text, start)
                            + ": cp_log_export add name hinomi target-server HOST target-port 514 protocol tcp format syslog");
        }
        long millis = time(values.get("time"));
        boolean said = millis != Epoch.NONE;
        EventDraft event =
                draft(text, record, said ? millis : header.hasTime() ? header.millis() : record.appendMillis());
        if (header.present()) {
            SyslogHeader plain = header.withoutData();
            // Of a log about a process the header's number would be taken for that process's.
            (values.containsKey("process_name") ? plain.withoutProcessId() : plain).describe(event);
        }
        event.module("checkpoint", "checkpoint.firewall");
        event.text(Fields.OBSERVER_VENDOR, "Checkpoint")
                .text(Fields.OBSERVER_TYPE, values.getOrDefault("type", "firewall"))
                .text(Fields.OBSERVER_NAME, header.host());
        ExporterPlaces.put(values, event);
        ExporterMeanings.describe(values, event);
        return event.finish();
    }

    /** Seconds, or ISO 8601 in newer versions. */
    private static long time(String value) {
        long millis = Epoch.millis(value);
        if (millis != Epoch.NONE || value == null) {
            return millis;
        }
        TimeScan time = new TimeScan(UTC);
        return time.iso(value, 0) ? time.millis : Epoch.NONE;
    }
}
