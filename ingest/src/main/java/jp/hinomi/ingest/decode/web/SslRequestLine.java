package jp.hinomi.ingest.decode.web;

import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.tls.TlsFields;

/**
 * A line of Apache's {@code ssl_request_log}, as its example configuration of mod_ssl writes it: {@code [01/Apr/2026:10:00:00
 * +0900] 203.0.113.7 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 "GET /path HTTP/1.1" 1375}. Stateless.
 */
final class SslRequestLine {
    /** {@code [01/Apr/2026:10:00:00 +0900] }. */
    private static final int STAMP = 29;

    private SslRequestLine() {}

    static boolean isAt(String text, int from) {
        return text.length() > from + STAMP
                && text.charAt(from) == '['
                && text.charAt(from + 3) == '/'
                && text.charAt(from + 7) == '/'
                && text.startsWith("] ", from + STAMP - 2)
                && text.indexOf(" \"", from + STAMP) > 0;
    }

    /** @return false if its time is none, or its request has no end */
    static boolean describe(String text, int from, ZoneClock zone, EventDraft event) {
        TimeScan time = new TimeScan(zone);
        int quote = text.indexOf(" \"", from + STAMP);
        if (!time.clf(text, from + 1) || time.end != from + STAMP - 2 || quote < 0) {
            return false;
        }
        event.time(time.millis);
        String[] words = text.substring(from + STAMP, quote).split(" ", 4);
        if (words.length != 3) {
            return false;
        }
        event.source(words[0]);
        TlsFields.version(words[1], event);
        event.text(TlsFields.CIPHER, words[2]);
        int bytes = AccessLogDecoder.request(text, quote + 2, event);
        if (bytes < 0) {
            return false;
        }
        event.number(Fields.HTTP_RESPONSE_BODY_BYTES, Numbers.parse(text, bytes, Numbers.endOfDigits(text, bytes)));
        return true;
    }
}
