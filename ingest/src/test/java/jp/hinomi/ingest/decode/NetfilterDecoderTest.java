package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

/** Whole documents are in {@code documents/netfilter.txt}; here is what bends the format. */
class NetfilterDecoderTest {
    private static final String PACKET =
            "IN=eth0 OUT= SRC=203.0.113.7 DST=192.0.2.10 LEN=60 PROTO=TCP SPT=40112 DPT=23 SYN";

    private final DecoderTable table = new DecoderTable("netfilter");

    /** What became of the packet only the prefix says. */
    @Test
    void prefixes() {
        table.line("kernel: [UFW ALLOW] " + PACKET, "event.type=[connection, allowed]", "event.outcome=success");
        table.line(
                "Apr  1 10:00:00 h kernel: FINAL_REJECT: " + PACKET,
                "event.type=[connection, denied]",
                "iptables.prefix=FINAL_REJECT:");
        table.line(
                "Apr  1 10:00:00 h kernel: [  12.5] " + PACKET,
                "event.type=connection",
                "event.outcome",
                "iptables.prefix");
        table.line("<4>[  12.500000] drop4 " + PACKET, "event.outcome=failure", "iptables.uptime=12.500000");
        table.line(
                "Apr  1 10:00:00 h kernel: [LAN-B-17-A]" + PACKET,
                "rule.ruleset=LAN-B",
                "rule.id=17",
                "event.outcome=success");
    }

    @Test
    void protocolsWithoutPorts() {
        table.line(
                "IN=eth0 OUT=eth1 SRC=192.0.2.1 DST=224.0.0.18 LEN=40 TTL=255 PROTO=112",
                "network.transport=vrrp",
                "source.port");
        table.line(
                "IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 LEN=84 PROTO=ICMP TYPE=8 CODE=0 ID=3 SEQ=1",
                "iptables.icmp.type=8",
                "network.community_id=1:IOfYZQoUwQ3ZLk3+qU6KcSd9W5k=");
        table.line(
                "IN= OUT=eth0 SRC=192.0.2.1 DST=192.0.2.2 LEN=99 PROTO=TCP SPT=99999 DPT=0 UID=33 GID=33",
                "source.port",
                "destination.port",
                "user.id=33");
    }

    @Test
    void otherKernelMessagesAreRefused() {
        table.rejected("Apr  1 10:00:00 h kernel: eth0: link up", "not a packet that netfilter logged", "kern.*");
        table.rejected("MAIN=x OUT=y", "not a packet");
    }

    /** The word that an administrator chose is the action; a UniFi gateway cuts lines in front. */
    @Test
    void prefixesOfOneWordAndLinesWithoutTheirBeginning() {
        table.line(
                "Apr  1 10:00:00 gw kernel: iptables DROP_INPUT: IN=eth0 OUT= SRC=203.0.113.7 DST=192.0.2.10 LEN=40 PROTO=TCP SPT=1 DPT=2",
                "event.action=drop_input",
                "event.type=[connection, denied]",
                "message=gw kernel: iptables DROP_INPUT: IN=eth0 OUT= SRC=203.0.113.7 DST=192.0.2.10 LEN=40 PROTO=TCP SPT=1 DPT=2");
        table.line(
                "Apr  1 10:00:00 DENY: IN=eth0 OUT= SRC=203.0.113.7 DST=192.0.2.10 LEN=40 PROTO=UDP SPT=1 DPT=2",
                "event.action=deny",
                "event.type=[connection, denied]");
        table.line(
                "Apr  1 10:00:00 gw user.info kernel: TL=126 ID=15317 DF PROTO=TCP SPT=59344 DPT=443 WINDOW=8212 RES=0x00 ACK URGP=0",
                "event.type=connection",
                "network.transport=tcp",
                "source.port=59344",
                "destination.port=443",
                "observer.name=gw",
                "source.ip");
        table.rejected("Apr  1 10:00:00 gw kernel: PROTO=TCP is spoken", "not a packet that netfilter logged");
    }
}
