package jp.hinomi.standalone.demo;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;

/** FortiGate's key-value traffic log. */
final class FortigateLines {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx");

    private FortigateLines() {}

    /** @param action {@code accept} or {@code deny} */
    static Function<ZonedDateTime, String> traffic(
            String device, String action, String from, int fromPort, String to, int toPort, String service) {
        String serial = device.equals("fw-edge-01") ? "FGT60FTK00000001" : "FGT60FTK00000002";
        int bytes = action.equals("accept") ? 5120 : 0;
        return at ->
                ("date=%s time=%s devname=\"%s\" devid=\"%s\" eventtime=%d tz=\"%s\" logid=\"0000000013\" type=\"traffic\" "
                                + "subtype=\"forward\" level=\"notice\" vd=\"root\" srcip=%s srcport=%d srcintf=\"port1\" dstip=%s "
                                + "dstport=%d dstintf=\"port2\" proto=6 action=\"%s\" policyid=7 policytype=\"policy\" service=\"%s\" "
                                + "sentbyte=%d rcvdbyte=%d sessionid=%d")
                        .formatted(
                                DATE.format(at),
                                TIME.format(at),
                                device,
                                serial,
                                at.toInstant().toEpochMilli() * 1_000_000L,
                                OFFSET.format(at),
                                from,
                                fromPort,
                                to,
                                toPort,
                                action,
                                service,
                                bytes,
                                bytes * 4,
                                900_000 + fromPort);
    }
}
