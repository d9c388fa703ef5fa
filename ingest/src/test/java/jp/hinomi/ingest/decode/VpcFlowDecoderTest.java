package jp.hinomi.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whole documents are in {@code documents/vpc-flow.txt}; here is what bends the format. */
class VpcFlowDecoderTest {
    private static final String ENI = "111122223333 eni-0a1b2c3d4e5f60718 ";

    private final DecoderTable table = new DecoderTable("vpc-flow");

    @Test
    void addressesAndProtocols() {
        table.line(
                "2 " + ENI + "203.0.113.7 10.0.0.8 0 0 1 4 336 1775005140 1775005200 ACCEPT OK",
                "network.transport=icmp",
                "source.port=0",
                "network.direction=inbound",
                "network.community_id");
        table.line(
                "2 unknown eni-1 203.0.113.7 10.0.0.8 1 2 47 4 336 1775005140 1775005140 REJECT OK",
                "network.transport=gre",
                "event.duration=0",
                "cloud.account.id=unknown");
    }

    /** A header line of its own is read with the record behind it. */
    @Test
    void headerLines() {
        table.line(
                "version srcaddr dstaddr start end log-status future-field\n7 192.0.2.1 198.51.100.1 1775005140 1775005200 OK x",
                "source.ip=192.0.2.1",
                "aws.vpcflow.version=7",
                "aws.vpcflow.future_field=x",
                "event.type=connection");
        table.rejected("version srcaddr dstaddr start end\n7 192.0.2.1", "not a record of a VPC flow log");
        table.rejected(
                "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status",
                "not a record");
    }

    /** AWS's examples for gateways have no times: the record's arrival is the event's time. */
    @Test
    void gateways() {
        table.line(
                "- eni-1 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5",
                "@timestamp=2026-04-01T01:00:30Z",
                "source.ip=10.0.1.5",
                "destination.ip=10.0.0.220",
                "aws.vpcflow.pkt_dstaddr=203.0.113.5",
                "event.type=connection",
                "event.outcome");
        table.line(
                "3 eni-1 111122223333 vpc-1 subnet-1 i-1 10.20.33.164 10.40.2.236 39812 80 6 3 IPv4 10.20.33.164 10.40.2.236 ACCEPT OK",
                "cloud.instance.id=i-1",
                "destination.port=80",
                "event.outcome=success",
                "event.type=[connection, allowed]");
        table.rejected("- eth0 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5", "in a known format");
    }

    @Test
    void whatCannotBeReadIsRefused() {
        String row = "2 " + ENI + "203.0.113.7 10.0.0.8 0 0 1 4 336 yesterday 1775005200 ACCEPT OK";
        assertThat(table.rejected(row, "'yesterday'", "keep both").byteOffset()).isEqualTo(row.indexOf("yesterday"));
        table.rejected("2 " + ENI + "203.0.113.7 10.0.0.8", "in a known format");
        table.rejected("2 accounts eni-1 a b c d e f g h i j OK", "in a known format");
    }
}
