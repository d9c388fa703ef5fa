package jp.hinomi.ingest.decode.suricata;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** The objects {@code flow} and {@code netflow} of EVE: times and volume. Alerts carry those of their flow so far. */
final class EveFlow {
    private static final ZoneClock UTC = new ZoneClock(java.time.ZoneOffset.UTC);

    private EveFlow() {}

    static void describe(JsonObject flow, EventDraft event) {
        if (flow.isEmpty()) {
            return;
        }
        long sent = flow.number("bytes_toserver", "bytes");
        long received = flow.number("bytes_toclient");
        long sentPackets = flow.number("pkts_toserver", "pkts");
        long receivedPackets = flow.number("pkts_toclient");
        event.number(Fields.SOURCE_BYTES, sent).number(Fields.DESTINATION_BYTES, received);
        event.number(Fields.SOURCE_PACKETS, sentPackets).number(Fields.DESTINATION_PACKETS, receivedPackets);
        event.number(Fields.NETWORK_BYTES, sum(sent, received));
        event.number(Fields.NETWORK_PACKETS, sum(sentPackets, receivedPackets));
        event.text(Fields.EVENT_REASON, flow.text("reason"));
        TimeScan scan = new TimeScan(UTC);
        long start = time(flow.text("start"), scan, Fields.EVENT_START, event);
        long end = time(flow.text("end"), scan, Fields.EVENT_END, event);
        if (start >= 0 && end >= start) {
            event.number(Fields.EVENT_DURATION, (end - start) * 1_000_000);
        }
    }

    private static long time(String stamp, TimeScan scan, Field field, EventDraft event) {
        if (stamp == null || !scan.iso(stamp, 0)) {
            return -1;
        }
        event.text(field, java.time.Instant.ofEpochMilli(scan.millis).toString());
        return scan.millis;
    }

    private static long sum(long a, long b) {
        return a < 0 && b < 0 ? -1 : Math.max(0, a) + Math.max(0, b);
    }
}
