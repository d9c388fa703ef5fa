package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

class FortigateDecoderTest {
    private static final String DEVICE =
            "date=2026-04-01 time=10:00:00 devname=\"FGT-EDGE\" devid=\"FGT60E0000000001\" vd=\"root\" ";

    private final DecoderTable table = new DecoderTable("fortigate");

    @Test
    void traffic() {
        table.line(
                "<189>" + DEVICE
                        + "eventtime=1775005200123456789 tz=\"+0900\" logid=\"0000000013\" type=\"traffic\" subtype=\"forward\" level=\"notice\" srcip=10.1.100.11 srcport=58012 srcintf=\"port12\" srcintfrole=\"lan\" srcname=\"PC-7\" srcmac=\"a2:e9:00:ec:40:01\" dstip=23.59.154.35 dstport=443 dstintf=\"port11\" dstintfrole=\"wan\" srccountry=\"Reserved\" dstcountry=\"Canada\" sessionid=105048 proto=6 action=\"close\" policyid=1 policytype=\"policy\" poluuid=\"u-1\" policyname=\"out\" service=\"HTTPS\" trandisp=\"snat\" transip=172.16.200.2 transport=58012 appid=40568 app=\"HTTPS.BROWSER\" appcat=\"Web.Client\" duration=2 sentbyte=1850 rcvdbyte=39898 sentpkt=25 rcvdpkt=37 user=\"MINATO\\\\carol\"",
                "@timestamp=2026-04-01T01:00:00.123Z",
                "event.kind=event",
                "event.category=network",
                "event.type=[connection, end, protocol, allowed]",
                "event.action=close",
                "event.outcome=success",
                "event.module=fortinet",
                "event.dataset=fortinet.traffic",
                "event.code=0000000013",
                "event.duration=2000000000",
                "log.level=notice",
                "log.syslog.priority=189",
                "observer.name=FGT-EDGE",
                "observer.serial_number=FGT60E0000000001",
                "observer.vendor=Fortinet",
                "observer.ingress.interface.name=port12",
                "observer.egress.interface.name=port11",
                "source.ip=10.1.100.11",
                "source.port=58012",
                "source.domain=pc-7",
                "source.mac=A2-E9-00-EC-40-01",
                "source.bytes=1850",
                "source.packets=25",
                "source.nat.ip=172.16.200.2",
                "source.nat.port=58012",
                "source.geo.country_name",
                "destination.ip=23.59.154.35",
                "destination.geo.country_name=Canada",
                "destination.bytes=39898",
                "network.bytes=41748",
                "network.transport=tcp",
                "network.iana_number=6",
                "network.protocol=https",
                "network.application=https.browser",
                "network.direction=outbound",
                "rule.id=1",
                "rule.name=out",
                "rule.uuid=u-1",
                "fortinet.firewall.policyid=1",
                "fortinet.firewall.sessionid=105048",
                "fortinet.firewall.vd=root",
                "user.name=carol",
                "user.domain=MINATO",
                "related.ip=[10.1.100.11, 23.59.154.35, 172.16.200.2]");
        table.line(
                DEVICE
                        + "logid=1 type=traffic subtype=local srcip=203.0.113.7 dstip=192.0.2.1 proto=17 action=deny service=\"udp/5000\" tranip=10.0.0.8 tranport=53",
                "@timestamp=2026-04-01T01:00:00Z",
                "event.type=[connection, end, denied]",
                "event.outcome=success",
                "network.transport=udp",
                "network.protocol=udp/5000",
                "destination.nat.ip=10.0.0.8",
                "destination.nat.port=53",
                "network.direction=external");
    }

    @Test
    void times() {
        table.line(DEVICE + "eventtime=1775005200 type=traffic subtype=x", "@timestamp=2026-04-01T01:00:00Z");
        table.line(DEVICE + "eventtime=1775005200250 type=traffic subtype=x", "@timestamp=2026-04-01T01:00:00.250Z");
        table.line(DEVICE + "eventtime=1775005200250999 type=traffic subtype=x", "@timestamp=2026-04-01T01:00:00.250Z");
        table.line(DEVICE + "tz=\"-0500\" type=traffic subtype=x", "@timestamp=2026-04-01T15:00:00Z");
        table.line(
                "<189>Apr  1 10:00:05 fw type=traffic subtype=x",
                "@timestamp=2026-04-01T01:00:05Z",
                "host.name=fw",
                "observer.name=fw");
        table.line("type=traffic subtype=x", "@timestamp=2026-04-01T01:00:30Z");
        table.rejected("date=2026-99-01 time=10:00:00 type=traffic subtype=x", "not a time", "2026-99-01");
    }

    @Test
    void securityProfiles() {
        table.line(
                DEVICE
                        + "logid=\"0419016384\" type=\"utm\" subtype=\"ips\" eventtype=\"signature\" level=\"alert\" severity=\"critical\" srcip=203.0.113.7 dstip=10.0.0.8 action=\"dropped\" proto=6 service=\"HTTP\" attack=\"Apache.Log4j.Error.Log.Remote.Code.Execution\" attackid=51006 ref=\"http://www.fortinet.com/ids/VID51006\" msg=\"applications3: \\\"x\\\"\" crscore=50 crlevel=critical hostname=\"api.example.jp\" url=\"/a?b=c\" agent=\"curl/8\"",
                "event.kind=alert",
                "event.category=[network, intrusion_detection]",
                "event.type=[info, denied]",
                "event.outcome=success",
                "event.dataset=fortinet.utm",
                "event.severity=5",
                "event.risk_score=50.0",
                "rule.id=51006",
                "rule.name=Apache.Log4j.Error.Log.Remote.Code.Execution",
                "rule.reference=http://www.fortinet.com/ids/VID51006",
                "message=applications3: \"x\"",
                "url.domain=api.example.jp",
                "url.path=/a",
                "url.query=b=c",
                "user_agent.original=curl/8",
                "fortinet.firewall.subtype=ips");
        table.line(
                DEVICE
                        + "type=\"utm\" subtype=\"virus\" action=\"blocked\" virus=\"EICAR_TEST_FILE\" virusid=2172 filename=\"eicar.com\" analyticscksum=\"275A021BBFB6489E54D471899F7DB9D1663FC695EC2FE2A2C4538AABF651FD0F\" srcip=10.0.0.1",
                "event.kind=alert",
                "event.category=[network, malware]",
                "rule.name=EICAR_TEST_FILE",
                "file.name=eicar.com",
                "file.hash.sha256=275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f");
        table.line(
                DEVICE
                        + "type=\"utm\" subtype=\"webfilter\" action=\"passthrough\" hostname=\"X.example\" url=\"https://x.example/p\" catdesc=\"Games\" srcip=10.0.0.1",
                "event.category=network",
                "event.type=allowed",
                "rule.category=Games",
                "url.domain=x.example",
                "url.path=/p");
        table.line(
                DEVICE
                        + "type=\"utm\" subtype=\"app-ctrl\" action=\"block\" app=\"BitTorrent\" appid=6 appcat=\"P2P\" srcip=10.0.0.1",
                "event.type=denied",
                "network.application=bittorrent",
                "rule.name",
                "rule.category=P2P");
        table.line(
                DEVICE
                        + "type=\"utm\" subtype=\"dns\" qname=\"Bad.Example\" qtype=\"A\" ipaddr=\"198.51.100.1, 198.51.100.2\" action=\"redirect\" srcip=10.0.0.1",
                "dns.question.name=bad.example",
                "dns.resolved_ip=[198.51.100.1, 198.51.100.2]",
                "event.type=[info, denied]",
                "event.outcome=success");
    }

    @Test
    void deviceEvents() {
        table.line(
                DEVICE
                        + "logid=\"0100032002\" type=\"event\" subtype=\"system\" level=\"alert\" logdesc=\"Admin login failed\" sn=\"0\" user=\"admin\" ui=\"https(203.0.113.7)\" method=\"https\" srcip=203.0.113.7 dstip=192.0.2.1 action=\"login\" status=\"failed\" reason=\"passwd_invalid\" msg=\"Administrator admin login failed\"",
                "event.dataset=fortinet.event",
                "event.category=authentication",
                "event.type=start",
                "event.action=login",
                "event.outcome=failure",
                "event.reason=passwd_invalid",
                "user.name=admin",
                "source.ip=203.0.113.7",
                "message=Administrator admin login failed");
        table.line(
                DEVICE + "type=event subtype=system action=login status=success user=admin ui=\"ssh(198.51.100.9)\"",
                "event.outcome=success",
                "source.ip=198.51.100.9");
        table.line(
                DEVICE
                        + "type=event subtype=system action=\"Edit\" cfgpath=\"firewall.policy\" cfgattr=\"a\" user=admin",
                "event.category=configuration",
                "event.type=change",
                "fortinet.firewall.cfgpath=firewall.policy");
        table.line(
                DEVICE
                        + "type=event subtype=vpn action=\"ssl-login-fail\" tunneltype=\"ssl-web\" remip=203.0.113.7 user=\"dave\" reason=\"sslvpn_login_unknown_user\"",
                "event.category=authentication",
                "event.outcome=failure",
                "source.ip=203.0.113.7",
                "user.name=dave");
        table.line(
                DEVICE
                        + "type=event subtype=vpn action=\"tunnel-up\" remip=203.0.113.7 tunnelip=10.212.134.200 user=\"dave\"",
                "event.category=[authentication, network, session]",
                "event.type=[connection, start]",
                "event.outcome=success",
                "fortinet.firewall.tunnelip=10.212.134.200");
        table.line(
                DEVICE
                        + "type=event subtype=user action=authentication status=success user=erin srcip=10.0.0.3 newkey=v",
                "event.category=authentication",
                "event.outcome=success",
                "fortinet.firewall.newkey=v");
    }

    @Test
    void otherFormatsAreRefusedByName() {
        table.rejected("CEF:0|Fortinet|Fortigate|v7|1|traffic|3|deviceExternalId=x", "CEF", "set format default");
        table.rejected("date=2026-04-01,time=10:00:00,type=\"traffic\"", "CSV", "set format default");
        table.rejected(DEVICE + "type=traffic subtype=x and then prose", "expected key=value", "'and then prose'");
        table.rejected("hello", "not a FortiGate log line", "'hello'");
        table.rejected("type=traffic subtype=x " + "a=1 ".repeat(2000), "more than 1000 fields");
    }
}
