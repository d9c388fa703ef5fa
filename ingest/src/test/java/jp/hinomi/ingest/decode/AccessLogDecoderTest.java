package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

class AccessLogDecoderTest {
    private final DecoderTable nginx = new DecoderTable("nginx");
    private final DecoderTable apache = new DecoderTable("apache");

    @Test
    void combined() {
        nginx.line(
                "203.0.113.7 - alice [01/Apr/2026:10:00:00 +0900] \"GET /ngsi-ld/v1/entities/report.v2.PDF?type=Bus&q=%27 HTTP/1.1\" 200 5120 \"https://portal.example.jp/\" \"Mozilla/5.0 (X11)\"",
                "@timestamp=2026-04-01T01:00:00Z",
                "event.kind=event",
                "event.category=web",
                "event.type=access",
                "event.outcome=success",
                "event.module=nginx",
                "event.dataset=nginx.access",
                "source.ip=203.0.113.7",
                "source.address=203.0.113.7",
                "user.name=alice",
                "http.request.method=GET",
                "http.version=1.1",
                "http.response.status_code=200",
                "http.response.body.bytes=5120",
                "http.request.referrer=https://portal.example.jp/",
                "user_agent.original=Mozilla/5.0 (X11)",
                "url.original=/ngsi-ld/v1/entities/report.v2.PDF?type=Bus&q=%27",
                "url.path=/ngsi-ld/v1/entities/report.v2.PDF",
                "url.query=type=Bus&q='",
                "url.extension=PDF",
                "network.protocol=http",
                "related.ip=203.0.113.7",
                "related.user=alice");
    }

    @Test
    void commonAndNothingAtAll() {
        apache.line(
                "gate.example.jp - MINATO\\\\bob [31/Dec/2026:23:59:60 +0000] \"POST / HTTP/1.0\" 404 -",
                "@timestamp=2027-01-01T00:00:00Z",
                "event.module=apache",
                "event.outcome=failure",
                "source.domain=gate.example.jp",
                "source.ip",
                "user.name=bob",
                "user.domain=MINATO",
                "http.response.status_code=404",
                "http.response.body.bytes",
                "user_agent.original");
        nginx.line(
                "2001:DB8::1 - - [01/Apr/2026:10:00:00 +0900] \"-\" 408 0 \"-\" \"-\"",
                "source.ip=2001:db8::1",
                "http.request.method",
                "url.original",
                "user.name",
                "http.request.referrer",
                "event.outcome=failure");
    }

    @Test
    void whatComesBehind() {
        nginx.line(
                "10.0.0.5 - - [01/Apr/2026:10:00:00 +0900] \"GET / HTTP/2.0\" 200 1 \"-\" \"curl\" \"198.51.100.4, 10.0.0.9\" 0.125 0.120",
                "source.ip=10.0.0.5",
                "client.ip=198.51.100.4",
                "network.forwarded_ip=198.51.100.4",
                "related.ip=[10.0.0.5, 198.51.100.4, 10.0.0.9]",
                "event.duration=125000000",
                "http.version=2.0");
        apache.line(
                "10.0.0.5 - - [01/Apr/2026:10:00:00 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"curl\" 1500",
                "event.duration=1500000",
                "client.ip");
        nginx.line(
                "10.0.0.5 - - [01/Apr/2026:10:00:00 +0900] \"GET / HTTP/1.1\" 200 1 \"-\" \"curl\" \"<script>\" 77",
                "client.ip",
                "event.duration");
    }

    @Test
    void virtualHostsAndAbsoluteTargets() {
        apache.line(
                "WWW.Example.jp:443 203.0.113.7 - alice [01/Apr/2026:10:00:00 +0900] \"GET /a HTTP/1.1\" 200 1",
                "url.domain=www.example.jp",
                "url.port=443",
                "destination.domain=www.example.jp",
                "source.ip=203.0.113.7",
                "user.name=alice");
        nginx.line(
                "203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"GET http://u@Evil.Example:8080/x?y#z HTTP/1.1\" 400 1",
                "url.full=http://u@Evil.Example:8080/x?y#z",
                "url.scheme=http",
                "url.domain=evil.example",
                "url.port=8080",
                "url.path=/x",
                "url.query=y");
        nginx.line(
                "203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"CONNECT [2001:db8::5]:443 HTTP/1.1\" 405 1",
                "url.domain=2001:db8::5",
                "url.port=443",
                "url.path");
    }

    @Test
    void escapesAreUndoneAndHostileNamesStayNames() {
        nginx.line(
                "203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"GET /\\x22\\x5C\\xE6\\xB8\\xAF HTTP/1.1\" 200 1 \"-\" \"a\\x22b \\xFF\\xFE\"",
                "url.path=/\"\\港",
                "user_agent.original=a\"b \\xFF\\xFE");
        apache.line(
                "203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"GET /\\\"x\\\\ HTTP/1.1\" 200 1 \"-\" \"tab\\there\"",
                "url.path=/\"x\\",
                "user_agent.original=tab\there");
        nginx.line(
                "203.0.113.7 - a [02/Apr/2026:10:00:00 +0900] b [01/Apr/2026:10:00:00 +0900] \"GET / HTTP/1.1\" 401 1",
                "@timestamp=2026-04-01T01:00:00Z",
                "user.name=a [02/Apr/2026:10:00:00 +0900] b",
                "source.ip=203.0.113.7");
        nginx.line(
                "203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"\\x16\\x03\\x01\" 400 157 \"-\" \"-\"",
                "event.reason=request line is not HTTP",
                "http.request.method",
                "http.response.status_code=400");
        nginx.line("203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"GET /a b HTTP/1.1\" 400 157", "url.original=/a b");
    }

    @Test
    void overSyslogAndInIsoTime() {
        nginx.line(
                "<190>Apr  1 10:00:01 web-01 nginx: 203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"GET / HTTP/1.1\" 200 1",
                "@timestamp=2026-04-01T01:00:00Z",
                "host.name=web-01",
                "process.name=nginx",
                "source.ip=203.0.113.7");
        nginx.line(
                "203.0.113.7 - - [2026-04-01T10:00:00+09:00] \"GET / HTTP/1.1\" 200 1",
                "@timestamp=2026-04-01T01:00:00Z",
                "source.ip=203.0.113.7");
    }

    @Test
    void otherLinesAreRefused() {
        nginx.rejected("2026/04/01 10:00:00 open() failed", "access log", "combined", "'2026/04/01");
        nginx.rejected("2026/04/01 25:00:00 [error] 7#7: *1 open() failed", "whose time is none");
        nginx.rejected("203.0.113.7 - - [01/Xxx/2026:10:00:00 +0900] \"GET / HTTP/1.1\" 200 1", "access log");
        nginx.rejected("203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"GET /", "cut the line");
        nginx.rejected("203.0.113.7 - - [01/Apr/2026:10:00:00 +0900] \"GET /\" abc 1", "no status code");
    }
}
