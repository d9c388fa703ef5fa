package jp.hinomi.ingest.decode.haproxy;

import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.web.WebFields;

/**
 * {@code option httplog clf}: the common format and {@code "" "" port milliseconds "frontend" "backend" "server" Tq Tw Tc Tr
 * Tt state …}. Stateless.
 */
final class Clf {
    private Clf() {}

    /** @return false if it is none */
    static boolean describe(String text, int start, ZoneClock zone, EventDraft event) {
        int open = text.indexOf(" [", start);
        int quote = open < 0 ? -1 : text.indexOf("] \"", open);
        int close = quote < 0 ? -1 : text.indexOf("\" ", quote + 3);
        TimeScan time = new TimeScan(zone);
        if (close < 0 || !time.clf(text, open + 2)) {
            return false;
        }
        String[] words = text.substring(close + 2).split(" ", 16);
        long status = Numbers.parse(words[0]);
        if (words.length < 15 || status < 0) {
            return false;
        }
        long millis = Numbers.parse(words[5]);
        event.module(HaproxyDecoder.FORMAT, "haproxy.http").classify("web", "access");
        event.time(time.millis + Math.max(0, Math.min(999, millis))).text(HaproxyFields.MODE, "HTTP");
        int space = text.indexOf(' ', start);
        event.source(text.substring(start, space)).number(Fields.SOURCE_PORT, Numbers.parse(words[4]));
        HaproxyFields.request(text.substring(quote + 3, close), event);
        WebFields.status(status, event);
        long bytes = Numbers.parse(words[1]);
        event.number(Fields.HTTP_RESPONSE_BYTES, bytes).number(Fields.DESTINATION_BYTES, bytes);
        HaproxyFields.frontend(plain(words[6]), event);
        event.text(HaproxyFields.BACKEND, plain(words[7])).text(HaproxyFields.SERVER, plain(words[8]));
        long total = HaproxyFields.number(words[13], 0, words[13].length());
        event.number(Fields.EVENT_DURATION, total < 0 || total > Integer.MAX_VALUE ? -1 : total * 1_000_000);
        HaproxyFields.state(words[14], event);
        return true;
    }

    private static String plain(String quoted) {
        return quoted.replace("\"", "");
    }
}
