package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

/** What the documents do not show: odd lines, and lines of a format of one's own. */
class HaproxyDecoderTest {
    private static final String HEAD = "<134>Apr  1 10:00:00 haproxy[1]: 192.0.2.1:40000 [01/Apr/2026:10:00:00.000] ";

    private final DecoderTable haproxy = new DecoderTable("haproxy");

    @Test
    void aLineThatWasCutKeepsWhatThereIs() {
        haproxy.line(
                HEAD + "web srv/s1 0/0/0/5/9 200 7 - - ---- 1/1/0/0/0 0/0 \"GET /a",
                "http.request.method=GET",
                "url.path=/a",
                "event.duration=9000000");
    }

    @Test
    void aRequestThatWasTarpittedWasDenied() {
        haproxy.line(
                HEAD + "web web/<NOSRV> 0/-1/-1/-1/900 429 0 - - PT-- 1/1/0/0/0 0/0 \"POST /login HTTP/1.1\"",
                "event.type=[access, denied]",
                "event.reason=refused by the proxy in the tarpit");
    }

    @Test
    void aFormatOfOnesOwnIsRefused() {
        haproxy.rejected(HEAD + "web 200", "log-format of one's own", "option httplog");
        haproxy.rejected(HEAD + "web a/b 1/2", "tcplog");
        haproxy.rejected("nothing", "neither 'address:port [time]'", "'nothing'");
    }
}
