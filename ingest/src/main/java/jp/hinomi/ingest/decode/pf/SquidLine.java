package jp.hinomi.ingest.decode.pf;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.net.NetworkFields;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * A request in Squid's own format: {@code time elapsed client code/status bytes method URL user hierarchy/peer type}. Read from
 * the result code on, as relays change what stands before it. Stateless.
 */
final class SquidLine {
    private static final Field RESULT = Fields.of("squid.request_status");
    private static final Field HIERARCHY = Fields.of("squid.hierarchy_status");
    private static final int MAX_WORDS = 32;

    private SquidLine() {}

    /** @return false if it is another program or none of its requests, with the event as it was */
    static boolean describe(String program, String message, EventDraft event) {
        if (program == null || !program.contains("squid")) {
            return false;
        }
        String[] words = message.trim().split(" +", MAX_WORDS);
        for (int i = 1; i + 4 < words.length; i++) {
            int slash = words[i].indexOf('/');
            if (slash > 0 && isResult(words[i]) && Numbers.parse(words[i], slash + 1, words[i].length()) >= 0) {
                request(words, i, slash, event);
                return true;
            }
        }
        return false;
    }

    private static boolean isResult(String word) {
        return word.startsWith("TCP_") || word.startsWith("UDP_") || word.startsWith("NONE");
    }

    private static void request(String[] words, int at, int slash, EventDraft event) {
        event.classify(List.of("web", "network"), "access");
        if (Addresses.canonical(words[at - 1]) != null) {
            event.source(words[at - 1]);
        }
        event.text(RESULT, words[at].substring(0, slash));
        WebFields.status(Numbers.parse(words[at], slash + 1, words[at].length()), event);
        event.number(Fields.HTTP_RESPONSE_BYTES, Numbers.parse(words[at + 1]));
        String method = words[at + 2];
        event.text(Fields.HTTP_REQUEST_METHOD, method).action(words[at].substring(0, slash));
        WebFields.target(words[at + 3], method, event);
        event.user(words[at + 4]);
        String way = at + 5 < words.length ? words[at + 5] : "";
        int peer = way.indexOf('/');
        if (peer > 0) {
            event.text(HIERARCHY, way.substring(0, peer));
            if (Addresses.canonical(way.substring(peer + 1)) != null) {
                event.destination(way.substring(peer + 1));
            }
        }
        event.text(Fields.HTTP_RESPONSE_MIME_TYPE, at + 6 < words.length ? words[at + 6] : null);
        NetworkFields.type(event);
    }
}
