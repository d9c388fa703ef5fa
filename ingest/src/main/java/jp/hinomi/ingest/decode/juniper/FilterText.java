package jp.hinomi.ingest.decode.juniper;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * What a firewall filter logs of a packet: {@code PFE_FW_SYSLOG_IP: FW: ge-0/0/1.0 A tcp 192.0.2.1 198.51.100.1 51000 443 (1
 * packets)}, after the name of the card that saw it; the kernel leaves out the program. Stateless.
 */
final class FilterText {
    private static final Field TAG = Fields.of("juniper.srx.tag");
    private static final Field PROCESS = Fields.of("juniper.srx.process");
    private static final String PROGRAM = "PFE_FW_SYSLOG_IP";
    private static final int LOOK = 128;
    private static final int WORDS = 8;

    private FilterText() {}

    /** @return false if it is none, and nothing is put */
    static boolean put(String text, int from, EventDraft event) {
        int program = text.indexOf(PROGRAM, from);
        int filter = text.startsWith("FW: ", from)
                ? from
                : program < 0 || program - from > LOOK ? -1 : text.indexOf("FW: ", program);
        if (filter < 0) {
            return false;
        }
        String[] words = text.substring(filter + 4).strip().split(" +", WORDS);
        if (words.length < 5 || words[1].length() != 1) {
            return false;
        }
        event.text(TAG, "FW");
        if (program >= 0) {
            event.text(PROCESS, PROGRAM).text(Fields.PROCESS_NAME, PROGRAM);
        }
        event.text(Fields.OBSERVER_INGRESS_INTERFACE, words[0]);
        NetworkFields.transport(words[2], event);
        event.source(words[3]).destination(words[4]);
        if (words.length > 6) {
            event.number(Fields.SOURCE_PORT, port(words[5])).number(Fields.DESTINATION_PORT, port(words[6]));
        }
        if (words.length > 7 && words[7].startsWith("(")) {
            event.number(Fields.SOURCE_PACKETS, Numbers.parse(words[7], 1, Numbers.endOfDigits(words[7], 1)));
        }
        verdict(words[1].charAt(0), event);
        NetworkFields.type(event);
        NetworkFields.direction(event.get(Fields.SOURCE_IP), event.get(Fields.DESTINATION_IP), event);
        if (event.get(Fields.SOURCE_PORT) instanceof Long port && port > 0) {
            NetworkFields.communityId(event);
        }
        return true;
    }

    /** Accepted, discarded, rejected. */
    private static void verdict(char word, EventDraft event) {
        event.action("filter").classify("network", word == 'A' ? "allowed" : List.of("connection", "denied"));
    }

    private static long port(String word) {
        long port = Numbers.parse(word);
        return port <= 65_535 ? port : -1;
    }
}
