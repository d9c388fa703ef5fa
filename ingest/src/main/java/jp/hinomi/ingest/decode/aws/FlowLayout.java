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

    private static final List<String[]> KNOWN =
            List.of(words(V2), words(V3), words(V4), words(V5), words(V5 + " reject-reason"), words(V3_NETWORK_FIRST));

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
            return values.length == names.length && layout.has("start") && layout.has("end") ? layout : null;
        }
        if (text.length() < 40 || text.length() > 2048 || Numbers.endOfDigits(text, 0) == 0 || text.indexOf('=') >= 0) {
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

    private boolean has(String name) {
        return List.of(names).contains(name);
    }

    /** An account of twelve digits, a network interface, and an action or a status. */
    private boolean fits() {
        Map<String, String> all = values();
        String account = all.get("account-id");
        String status = all.get("log-status");
        return (account.equals("unknown") || account.length() == 12 && Numbers.parse(account) >= 0)
                && (all.get("interface-id").startsWith("eni-")
                        || all.get("interface-id").equals("-"))
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
