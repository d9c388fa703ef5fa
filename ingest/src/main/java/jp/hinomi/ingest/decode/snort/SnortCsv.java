package jp.hinomi.ingest.decode.snort;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * {@code alert_csv} with its default columns, after the time. Of Snort 3: {@code pkt_num, proto, pkt_gen, pkt_len, dir,
 * src_ap, dst_ap, rule, action}; of Snort 2.9: {@code sig_generator, sig_id, sig_rev, msg, proto, src, srcport, dst, dstport,
 * ethsrc, ethdst, ethlen, tcpflags, tcpseq, tcpack, tcplen, tcpwindow, ttl, tos, id, dgmlen, iplen, icmptype, icmpcode, icmpid,
 * icmpseq}; pfSense writes of these the first nine, {@code id}, and classification, priority, a constant and what was done.
 */
final class SnortCsv {
    private static final int MAX_COLUMNS = 64;
    private static final int SNORT_3 = 9;
    private static final int PFSENSE = 14;
    private static final int SNORT_2 = 26;

    private static final Field PACKET_NUMBER = Fields.of("snort.pkt_num");
    private static final Field PACKET_TYPE = Fields.of("snort.pkt_gen");
    private static final Field PACKET_LENGTH = Fields.of("snort.pkt_len");
    private static final Field DIRECTION = Fields.of("snort.dir");
    private static final Field IP_ID = Fields.of("snort.ip_id");
    private static final String[] DETAILS = {
        "eth_len",
        "tcp_flags",
        "tcp_seq",
        "tcp_ack",
        "tcp_len",
        "tcp_win",
        "ttl",
        "tos",
        "ip_id",
        "dgm_len",
        "ip_len",
        "icmp_type",
        "icmp_code",
        "icmp_id",
        "icmp_seq"
    };
    private static final Field[] DETAIL_FIELDS = new Field[DETAILS.length];

    static {
        for (int i = 0; i < DETAILS.length; i++) {
            DETAIL_FIELDS[i] = Fields.of("snort." + DETAILS[i]);
        }
    }

    private SnortCsv() {}

    /** @return false if they are the columns of none of these */
    static boolean describe(String text, int from, EventDraft event) {
        List<String> columns = columns(text, from);
        if (columns.size() == SNORT_3) {
            return snort3(columns, event);
        }
        return (columns.size() == SNORT_2 || columns.size() == PFSENSE) && snort2(columns, event);
    }

    private static boolean snort3(List<String> columns, EventDraft event) {
        String rule = columns.get(7);
        if (!SnortFields.rule(rule, 0, rule.length(), event)) {
            return false;
        }
        event.number(PACKET_NUMBER, Numbers.parse(columns.get(0)));
        SnortFields.transport(columns.get(1), event);
        event.text(PACKET_TYPE, columns.get(2)).number(PACKET_LENGTH, Numbers.parse(columns.get(3)));
        event.text(DIRECTION, columns.get(4));
        SnortFields.endsWithPorts(columns.get(5), columns.get(6), event);
        SnortFields.action(columns.get(8), event);
        return true;
    }

    private static boolean snort2(List<String> columns, EventDraft event) {
        long generator = Numbers.parse(columns.get(0));
        if (generator < 0 || Numbers.parse(columns.get(1)) < 0 || Numbers.parse(columns.get(2)) < 0) {
            return false;
        }
        SnortFields.rule(generator, columns.get(1), columns.get(2), event);
        SnortFields.message(columns.get(3), event);
        SnortFields.transport(columns.get(4), event);
        event.source(columns.get(5)).destination(columns.get(7));
        event.number(Fields.SOURCE_PORT, Numbers.parse(columns.get(6)));
        event.number(Fields.DESTINATION_PORT, Numbers.parse(columns.get(8)));
        if (columns.size() == PFSENSE) {
            event.number(IP_ID, Numbers.parse(columns.get(9))).text(Fields.RULE_CATEGORY, columns.get(10));
            event.number(Fields.EVENT_SEVERITY, Numbers.parse(columns.get(11)));
            SnortFields.action(columns.get(13), event);
            return true;
        }
        event.mac(Fields.SOURCE_MAC, columns.get(9)).mac(Fields.DESTINATION_MAC, columns.get(10));
        for (int i = 0; i < DETAIL_FIELDS.length; i++) {
            long number = Numbers.parse(columns.get(11 + i));
            event.number(DETAIL_FIELDS[i], number).text(DETAIL_FIELDS[i], number < 0 ? columns.get(11 + i) : null);
        }
        return true;
    }

    private static List<String> columns(String text, int from) {
        List<String> columns = new ArrayList<>(26);
        int at = from;
        while (columns.size() < MAX_COLUMNS) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            int close = quoted ? text.indexOf('"', at + 1) : -1;
            int comma = text.indexOf(',', Math.max(at, close));
            int end = comma < 0 ? text.length() : comma;
            columns.add(text.substring(at, end).strip());
            if (comma < 0) {
                break;
            }
            at = comma + 1;
        }
        return columns;
    }
}
