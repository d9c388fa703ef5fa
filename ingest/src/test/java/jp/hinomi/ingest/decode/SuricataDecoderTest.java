package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

class SuricataDecoderTest {
    private static final String FLOW =
            "{\"timestamp\":\"2026-04-01T10:00:00.123456+0900\",\"flow_id\":1757843224554311,\"in_iface\":\"eth0\",\"src_ip\":\"203.0.113.7\",\"src_port\":4242,\"dest_ip\":\"10.20.0.5\",\"dest_port\":443,\"proto\":\"TCP\",\"community_id\":\"1:abc=\",";

    private final DecoderTable table = new DecoderTable("suricata-eve");

    @Test
    void alert() {
        table.line(
                FLOW
                        + "\"event_type\":\"alert\",\"app_proto\":\"http\",\"direction\":\"to_server\",\"host\":\"ids-01\",\"alert\":{\"action\":\"allowed\",\"gid\":1,\"signature_id\":2019401,\"rev\":26,\"signature\":\"ET SCAN 走査\",\"category\":\"Attempted Information Leak\",\"severity\":2,\"metadata\":{\"mitre_technique_id\":[\"T1595\"],\"tag\":[\"a\",\"b\"]}},\"http\":{\"hostname\":\"API.example.jp:8443\",\"url\":\"/x?id=1\",\"http_user_agent\":\"sqlmap\",\"http_method\":\"GET\",\"protocol\":\"HTTP/1.1\",\"status\":404,\"length\":10,\"http_content_type\":\"Text/HTML; charset=utf-8\"},\"payload\":\"AAAA\"}",
                "@timestamp=2026-04-01T01:00:00.123Z",
                "event.kind=alert",
                "event.category=[network, intrusion_detection]",
                "event.type=allowed",
                "event.action=allowed",
                "event.module=suricata",
                "event.dataset=suricata.alert",
                "event.severity=2",
                "rule.id=2019401",
                "rule.name=ET SCAN 走査",
                "rule.category=Attempted Information Leak",
                "rule.version=26",
                "suricata.eve.alert.gid=1",
                "suricata.eve.alert.metadata.tag=[a, b]",
                "threat.technique.id=T1595",
                "suricata.eve.flow_id=1757843224554311",
                "source.ip=203.0.113.7",
                "source.port=4242",
                "destination.ip=10.20.0.5",
                "destination.port=443",
                "client.ip=203.0.113.7",
                "network.transport=tcp",
                "network.protocol=http",
                "network.type=ipv4",
                "network.direction=inbound",
                "network.community_id=1:abc=",
                "observer.name=ids-01",
                "observer.ingress.interface.name=eth0",
                "url.domain=api.example.jp",
                "url.port=8443",
                "url.path=/x",
                "http.response.status_code=404",
                "http.response.mime_type=text/html",
                "user_agent.original=sqlmap",
                "related.ip=[203.0.113.7, 10.20.0.5]",
                "related.hosts=api.example.jp");
        table.line(
                FLOW
                        + "\"event_type\":\"alert\",\"direction\":\"to_client\",\"alert\":{\"action\":\"blocked\",\"signature_id\":1,\"signature\":\"s\",\"severity\":1}}",
                "event.type=denied",
                "client.ip=10.20.0.5",
                "server.ip=203.0.113.7",
                "network.direction=outbound");
    }

    @Test
    void dnsInItsThreeShapes() {
        table.line(
                FLOW
                        + "\"event_type\":\"dns\",\"dns\":{\"type\":\"answer\",\"id\":7,\"rcode\":\"NOERROR\",\"rrname\":\"Www.Example.JP\",\"rrtype\":\"AAAA\",\"rdata\":\"2001:DB8:0::1\"}}",
                "event.dataset=suricata.dns",
                "event.category=network",
                "event.type=protocol",
                "event.outcome=success",
                "dns.type=answer",
                "dns.id=7",
                "dns.question.name",
                "dns.answers.name=www.example.jp",
                "dns.answers.type=AAAA",
                "dns.resolved_ip=2001:db8::1",
                "network.protocol=dns");
        table.line(
                FLOW
                        + "\"event_type\":\"dns\",\"dns\":{\"version\":2,\"type\":\"answer\",\"id\":7,\"flags\":\"8180\",\"qr\":true,\"rd\":true,\"rrname\":\"a.example\",\"rrtype\":\"A\",\"rcode\":\"NXDOMAIN\",\"answers\":[{\"rrname\":\"a.example\",\"rrtype\":\"CNAME\",\"rdata\":\"b.example\"},{\"rrtype\":\"A\",\"rdata\":\"198.51.100.1\"}],\"grouped\":{\"A\":[\"198.51.100.1\",\"198.51.100.2\"]}}}",
                "dns.response_code=NXDOMAIN",
                "event.outcome=failure",
                "dns.answers.data=[b.example, 198.51.100.1, 198.51.100.2]",
                "dns.resolved_ip=[198.51.100.1, 198.51.100.2]",
                "dns.header_flags=RD");
        table.line(
                FLOW
                        + "\"event_type\":\"dns\",\"dns\":{\"version\":3,\"type\":\"request\",\"id\":9,\"queries\":[{\"rrname\":\"c.example.\",\"rrtype\":\"txt\"}]}}",
                "dns.type=query",
                "dns.question.name=c.example",
                "dns.question.type=TXT",
                "event.outcome");
        table.line(
                FLOW
                        + "\"event_type\":\"alert\",\"alert\":{\"signature_id\":1},\"dns\":{\"query\":[{\"type\":\"query\",\"id\":3,\"rrname\":\"d.example\",\"rrtype\":\"A\"}]}}",
                "dns.question.name=d.example",
                "dns.id=3",
                "dns.type=query");
    }

    @Test
    void flowsAndProtocols() {
        table.line(
                FLOW
                        + "\"event_type\":\"flow\",\"flow\":{\"pkts_toserver\":3,\"pkts_toclient\":2,\"bytes_toserver\":300,\"bytes_toclient\":2000,\"start\":\"2026-04-01T09:59:58.000000+0900\",\"end\":\"2026-04-01T10:00:00.500000+0900\",\"state\":\"closed\",\"reason\":\"timeout\"}}",
                "event.dataset=suricata.flow",
                "event.type=[connection, end]",
                "event.duration=2500000000",
                "event.start=2026-04-01T00:59:58Z",
                "event.reason=timeout",
                "source.bytes=300",
                "destination.bytes=2000",
                "network.bytes=2300",
                "network.packets=5");
        table.line(
                FLOW
                        + "\"event_type\":\"tls\",\"tls\":{\"subject\":\"CN=a\",\"issuerdn\":\"CN=b\",\"sni\":\"Api.Example.JP\",\"version\":\"TLS 1.2\",\"fingerprint\":\"AA:BB\",\"ja3\":{\"hash\":\"e7d705\"}}}",
                "tls.client.server_name=api.example.jp",
                "destination.domain=api.example.jp",
                "tls.version=1.2",
                "tls.client.ja3=e7d705",
                "tls.server.issuer=CN=b",
                "tls.server.hash.sha1=AABB");
        table.line(
                FLOW
                        + "\"event_type\":\"fileinfo\",\"fileinfo\":{\"filename\":\"/dl/a.exe\",\"size\":12,\"sha256\":\"ab\",\"md5\":\"cd\"}}",
                "event.category=network",
                "file.path=/dl/a.exe",
                "file.name=a.exe",
                "file.size=12",
                "file.hash.sha256=ab");
        table.line(
                FLOW
                        + "\"event_type\":\"anomaly\",\"anomaly\":{\"type\":\"stream\",\"event\":\"stream.rst_invalid_ack\"}}",
                "event.dataset=suricata.anomaly",
                "event.reason=stream.rst_invalid_ack");
        table.line(
                FLOW + "\"event_type\":\"ssh\",\"ssh\":{\"client\":{\"software_version\":\"libssh_0.9\"}}}",
                "suricata.eve.ssh.client.software_version=libssh_0.9",
                "network.protocol=ssh");
        table.line(
                "{\"timestamp\":\"2026-04-01T10:00:00+0900\",\"event_type\":\"stats\",\"stats\":{\"uptime\":1}}",
                "event.kind=metric",
                "event.dataset=suricata.stats",
                "source.ip");
        table.line(FLOW + "\"event_type\":\"quic\"}", "event.dataset=suricata.quic", "event.category=network");
    }

    @Test
    void overSyslog() {
        table.line(
                "<141>Apr  1 10:00:01 ids-01 suricata[7]: @cee: " + FLOW + "\"event_type\":\"tls\",\"tls\":{}}",
                "@timestamp=2026-04-01T01:00:00.123Z",
                "host.name=ids-01",
                "source.ip=203.0.113.7");
    }

    @Test
    void otherThingsAreRefused() {
        table.rejected("04/01/2026-10:00:00  [**] [1:2019401:26] fast.log", "not a JSON object");
        table.rejected(FLOW + "\"event_type\":\"al", "cut the line");
        table.rejected("{\"a\":1}", "no event_type", "eve.json");
        table.rejected("{\"event_type\":\"dns\",\"timestamp\":\"yesterday\"}", "'yesterday'");
        table.rejected("{\"event_type\":\"dns\"} {}", "more text after");
        table.rejected("{\"x\":".repeat(200) + "1" + "}".repeat(200), "not JSON");
    }
}
