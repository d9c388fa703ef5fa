package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

/** Whole documents are in {@code documents/juniper-srx.txt}; here is what bends the format. */
class SrxDecoderTest {
    private final DecoderTable table = new DecoderTable("juniper-srx");

    @Test
    void wordingsOfPlainText() {
        String start = "<14>Apr  1 10:00:00 srx RT_FLOW: RT_FLOW_SESSION_";
        table.line(
                start
                        + "CREATE: session created 192.0.2.1/1->198.51.100.1/443 None 192.0.2.1/1->198.51.100.1/443 N/A N/A 6 p trust untrust 7 N/A(N/A) ge-0/0/0.0",
                "juniper.srx.session_id_32=7",
                "rule.name=p",
                "network.transport=tcp",
                "juniper.srx.src_nat_rule_name");
        table.line(
                start
                        + "CREATE: session created 192.0.2.1/1->198.51.100.1/443 0x0 None 192.0.2.1/1->10.0.0.8/443 0x0 N/A N/A destination rule d1 6 p trust untrust 7 N/A(N/A) ge-0/0/0.0",
                "juniper.srx.dst_nat_rule_name=d1",
                "juniper.srx.session_id_32=7",
                "destination.nat.ip=10.0.0.8");
        table.line(
                start
                        + "CLOSE: session closed idle Timeout: 192.0.2.1/1->198.51.100.1/53 junos-dns-udp 192.0.2.1/1->198.51.100.1/53 1 None 17 p trust untrust 7 1(72) 1(136) 8",
                "event.reason=idle Timeout",
                "juniper.srx.src_nat_rule_name=1",
                "network.bytes=208",
                "event.duration=8000000000");
        table.line(
                start + "DENY: session denied 2001:db8::7/1->2001:db8::8/0 icmpv6 58(128) p untrust trust",
                "source.ip=2001:db8::7",
                "network.transport=ipv6-icmp",
                "event.outcome=success");
    }

    /** Relays turn quotes into typographic ones; a cut line keeps what there is of it. */
    @Test
    void damagedStructuredData() {
        String start = "<14>1 2026-04-01T10:00:00Z srx RT_UTM - WEBFILTER_URL_PERMITTED [junos@2636.1.1.1.2.129 ";
        table.line(
                start + "source-address=\"192.0.2.1\" url=\"a.example\" obj=\"/x?\\\"y\\]",
                "source.ip=192.0.2.1",
                "url.domain=a.example",
                "url.query=\"y]",
                "event.outcome=success",
                "event.kind=event");
        table.line(start + "url=\u201Da.example\u201D obj=\"/\"]", "url.domain=a.example");
    }

    @Test
    void otherMessagesAreRefused() {
        table.rejected(
                "<14>Apr  1 10:00:00 srx mgd[1]: UI_COMMIT: User 'x'", "not a security log of an SRX", "sd-syslog");
        table.rejected("session opened for user root", "not a security log");
    }

    /** Of another layout or cut: accepted as a remark it would be lost to the rules without a word. */
    @Test
    void sessionsThatCannotBeReadAreRefused() {
        String head = "<14>1 2026-04-01T10:00:00Z srx ";
        table.rejected(
                head + "RT_FLOW - RT_FLOW_SESSION_CREATE - session created 192.0.2.1/1->198.5", "RT_FLOW session");
        table.rejected(
                head + "RT_FLOW - RT_FLOW_SESSION_DENY - flow denied: 192.0.2.1 198.51.100.1", "RT_FLOW session");
        table.rejected(head + "node0 - RT_SCREEN_TCP - attack", "sd-syslog");
        table.rejected(head + "node0 - - - RT_FLOW_SESSION_CLOSE: session closed", "sd-syslog");
        table.line(
                head + "sshd 4711 - - Accepted password for admin from 192.0.2.1",
                "event.category=network",
                "message=Accepted password for admin from 192.0.2.1");
        table.line(head + "rpd 4711 BGP_NEIGHBOR - peer 192.0.2.1 down", "event.category=network");
    }

    /** Of a filter the card or the kernel logs single packets; what is not of security keeps its text. */
    @Test
    void packetsOfAFilter() {
        String start = "<158>1 2026-04-01T10:00:00.000+09:00 srx-1 ";
        table.line(
                start
                        + "- - - - node1.fpc0 PFE_FW_SYSLOG_IP: FW: reth5.175 A tcp 203.0.113.7 192.0.2.10 51000 443 (3 packets)",
                "event.category=network",
                "event.severity=158",
                "event.type=allowed",
                "log.level=informational",
                "network.transport=tcp",
                "observer.ingress.interface.name=reth5.175",
                "process.name=PFE_FW_SYSLOG_IP",
                "source.ip=203.0.113.7",
                "source.packets=3",
                "client.port=51000",
                "destination.port=443",
                "juniper.srx.tag=FW");
        table.line(
                start + "kernel - - - FW: ge-0/0/1.0 D pim 203.0.113.7 192.0.2.10 0 0",
                "event.type=[connection, denied]",
                "network.transport=pim",
                "network.community_id",
                "source.port=0");
        table.line(start + "- - - - srx-1 ha_rto: stats", "event.category=network", "message=srx-1 ha_rto: stats");
    }

    @Test
    void screensByKind() {
        String start =
                "<11>1 2026-04-01T10:00:00.000+09:00 srx-1 RT_IDS - RT_SCREEN_TCP [junos@2636.1.1.1.2.1 attack-name=\"";
        String end = "\" source-address=\"203.0.113.7\" destination-address=\"192.0.2.10\" action=\"drop\"]";
        table.line(
                start + "TCP port scan!" + end,
                "event.action=scan_detected",
                "event.kind=alert",
                "event.outcome=success",
                "event.type=[info, denied, connection]");
        table.line(start + "SYN flood Src-IP based!" + end, "event.action=flood_detected");
        table.line(start + "Address sweep!" + end, "event.action=sweep_detected");
        table.line(start + "Land attack!" + end, "event.action=attack_detected");
    }
}
