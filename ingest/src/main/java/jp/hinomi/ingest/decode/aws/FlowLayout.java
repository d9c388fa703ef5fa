package jp.hinomi.ingest.decode.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * A flow log's record with the names of its fields. A record does not say them, so they are known in three ways: the record has
 * a header line before it, as files on S3 do; or it has as many fields as the default format; or as one of the custom formats
 * that take AWS's list of fields in its order, up to those of version 3, 4 or 5.
 */
final class FlowLayout {
    /** The default format, which is version 2. */
    private static final String V2 =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

    private static final String V3 = V2 + " vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr";
    private static final String V4 = V3 + " region az-id sublocation-type sublocation-id";
    private static final String V5 = V4 + " pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path";

    /** The other order that AWS shows in its examples: from the network down to the packet. */
    private static final String V3_NETWORK_FIRST =
            "version vpc-id subnet-id instance-id interface-id account-id type srcaddr"
                    + " dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes packets start end action tcp-flags log-status";

    /** AWS's examples for flows through a NAT gateway and through a transit gateway; neither has times. */
    private static final String NAT_GATEWAY = "instance-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr";

    private static final String TRANSIT_GATEWAY =
            "version interface-id account-id vpc-id subnet-id instance-id srcaddr dstaddr srcport dstport protocol"
                    + " tcp-flags type pkt-srcaddr pkt-dstaddr action log-status";

    private static final List<String[]> KNOWN = List.of(
            words(V2),
            words(V3),
            words(V4),
            words(V5),
            words(V5 + " reject-reason"),
            words(V3_NETWORK_FIRST),
            words(NAT_GATEWAY),
            words(TRANSIT_GATEWAY));

    private static final int MAX_FIELDS = 64;

    private final String[] names;
    private final String[] values;
    private final int start;

    private FlowLayout(String[] names, String[] values, int start) {
        this.names = names;
        this.values = values;
        this.start = start;
    }

    /** Null if it is no such record. */
    static FlowLayout of(String text) {
        int line = text.indexOf('\n');
        if (line > 0 && isHeader(text, line)) {
            String[] names = words(text.substring(0, line).strip());
            int from = line + 1;
            String[] values = words(text.substring(from).strip());
            FlowLayout layout = new FlowLayout(names, values, from);
            return values.length == names.length ? layout : null;
        }
        if (text.length() < 40 || text.length() > 2048 || !begins(text) || text.indexOf('=') >= 0) {
            return null;
        }
        String[] values = words(text);
        for (String[] names : KNOWN) {
            FlowLayout layout = new FlowLayout(names, values, 0);
            if (names.length == values.length && layout.fits()) {
                return layout;
            }
        }
        return null;
    }

    /** By name, in the record's order. */
    Map<String, String> values() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            all.putIfAbsent(names[i], values[i]);
        }
        return all;
    }

    /** The index in the text at which a field begins. */
    int offset(String name) {
        int at = start;
        for (int i = 0; i < names.length && !names[i].equals(name); i++) {
            at += values[i].length() + 1;
        }
        return at;
    }

    /** With a version, or with an instance or none. */
    private static boolean begins(String text) {
        return Numbers.endOfDigits(text, 0) > 0 || text.startsWith("i-") || text.startsWith("- eni-");
    }

    /** An account, a network interface, and a status, as far as the format has them. */
    private boolean fits() {
        Map<String, String> all = values();
        String account = all.getOrDefault("account-id", "unknown");
        String status = all.getOrDefault("log-status", "OK");
        String link = all.get("interface-id");
        return (account.equals("unknown")
                        || account.length() >= 10 && account.length() <= 12 && Numbers.parse(account) >= 0)
                && (link.startsWith("eni-") || link.equals("-") && all.containsKey("account-id"))
                && (status.equals("OK") || status.equals("NODATA") || status.equals("SKIPDATA"));
    }

    private static boolean isHeader(String text, int end) {
        String line = text.substring(0, end);
        return line.length() < 1024 && line.contains("srcaddr") && line.contains("start") && line.indexOf('=') < 0;
    }

    private static String[] words(String text) {
        return text.split(" ", MAX_FIELDS);
    }
}
