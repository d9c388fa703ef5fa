package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

/** Whole documents are in {@code documents/pfsense.txt}; here is what bends the format. */
class PfsenseDecoderTest {
    private static final String HEAD = "<134>Apr  1 10:00:00 pf filterlog[1]: 5,,,17,igb0,match,";

    private final DecoderTable table = new DecoderTable("pfsense");

    @Test
    void protocols() {
        table.line(
                HEAD + "block,in,4,0x0,,1,2,0,none,112,carp,56,192.0.2.1,224.0.0.18,advertise,255,1,2,1,0",
                "network.protocol=carp",
                "network.transport=vrrp",
                "pfsense.carp.vhid=1");
        table.line(
                HEAD + "pass,in,6,0x00,0x1,255,ICMPv6,58,72,fe80::1,ff02::1,",
                "network.transport=ipv6-icmp",
                "source.ip=fe80::1",
                "event.outcome=success");
        table.line(
                HEAD + "block,out,4,0x0,,1,2,0,none,2,igmp,36,192.0.2.1,224.0.0.22,datalength=4",
                "network.transport=igmp",
                "network.direction=outbound",
                "observer.egress.interface.name=igb0");
        table.line(
                HEAD + "block,in,4,0x0,,1,2,0,none,6,tcp,40,203.0.113.7,192.0.2.1",
                "destination.ip=192.0.2.1",
                "destination.port");
    }

    @Test
    void withoutAHeader() {
        table.line(
                "5,,,17,igb0,match,block,in,4,0x0,,1,2,0,none,17,udp,40,203.0.113.7,192.0.2.1,1,53,20",
                "destination.port=53",
                "@timestamp=2026-04-01T01:00:30Z");
        table.line(
                "filterlog: 5,,,17,igb0,match,block,in,4,0x0,,1,2,0,none,17,udp,40,203.0.113.7,192.0.2.1,1,53,20",
                "destination.port=53");
    }

    @Test
    void brokenRowsAreRefused() {
        table.rejected(HEAD + "block,in,5,0x0", "not a line of filterlog", "Remote Logging");
        table.rejected("hello", "not a line of filterlog", "'hello'");
    }
}
