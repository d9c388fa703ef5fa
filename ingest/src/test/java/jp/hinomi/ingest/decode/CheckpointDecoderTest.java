package jp.hinomi.ingest.decode;

import org.junit.jupiter.api.Test;

/** Whole documents are in {@code documents/checkpoint.txt}; here is what bends the format. */
class CheckpointDecoderTest {
    private final DecoderTable table = new DecoderTable("checkpoint");

    @Test
    void valuesWithEverySign() {
        table.line(
                "<134>1 2026-04-01T01:00:00Z cp CheckPoint 1 - [action:\"Drop\"; comment:\"a; b:\\\"c\\\" \\] d\"; src:\"192.0.2.1\"; src:\"192.0.2.2\"; time:\"1775005201\"]",
                "checkpoint.comment=a; b:\"c\" ] d",
                "source.ip=192.0.2.1",
                "@timestamp=2026-04-01T01:00:01Z");
        table.line(
                "time=1775005201|action=Accept|src=192.0.2.1|dst=198.51.100.1|note=a\\|b\\=c|",
                "checkpoint.note=a|b=c",
                "event.outcome=success");
        table.line(
                "<134>1 2026-04-01T01:00:00Z cp CheckPoint 1 - [action:\"Drop\"; product:\"IPS\"; protection_name:\"cut he",
                "rule.name=cut he",
                "event.kind=alert");
    }

    @Test
    void people() {
        String start = "<134>1 2026-04-01T01:00:00Z cp CheckPoint 1 - [loguid:\"{0x1}\"; ";
        table.line(
                start + "action:\"Failed Log In\"; product:\"Identity Awareness\"; src:\"192.0.2.1\"; user:\"carol\"]",
                "event.category=[network, authentication]",
                "event.type=denied",
                "event.action=logon-failed",
                "event.outcome=failure",
                "user.name=carol",
                "source.user.name=carol");
        table.line(
                start + "operation:\"Log Out\"; administrator:\"kanri\"; client_ip:\"192.0.2.40\"]",
                "event.type=end",
                "user.name=kanri",
                "source.ip=192.0.2.40");
        table.line(
                start + "operation:\"Delete Object\"; administrator:\"kanri\"; audit_status:\"Failure\"]",
                "event.type=deletion",
                "event.outcome=failure");
    }

    /** Each layer of a policy says which of its rules decided; what is denied is denied as the policy wants it. */
    @Test
    void layersOfAPolicy() {
        table.line(
                "<134>1 2026-04-01T01:00:00Z cp-1 CheckPoint 1 - [action:\"Drop\"; ifdir:\"inbound\"; ifname:\"eth1\"; loguid:\"{0x1}\"; origin:\"192.0.2.254\"; time:\"2026-04-01T01:00:02Z\"; lastupdatetime:\"1775005205\"; methods::\"ESP: AES-128\"; dst:\"198.51.100.7\"; layer_name:\"Network\"; layer_name:\"Web\"; layer_name:\"Web\"; rule_name:\"out\"; rule_name:\"no games\"; rule_uid:\"u-1\"; reason:\"category\"; product:\"VPN-1 & FireWall-1\"; proto:\"6\"; s_port:\"50000\"; service:\"443\"; src:\"192.0.2.7\"; uid:\"42\"]",
                "@timestamp=2026-04-01T01:00:02Z",
                "checkpoint.methods=ESP: AES-128",
                "event.action=Drop",
                "event.category=network",
                "event.end=2026-04-01T01:00:05Z",
                "event.kind=event",
                "event.outcome=success",
                "event.type=[connection, denied]",
                "message=category",
                "network.direction=inbound",
                "network.name=[Network, Web]",
                "observer.ingress.interface.name=eth1",
                "observer.ip=192.0.2.254",
                "observer.name=192.0.2.254",
                "related.ip=[198.51.100.7, 192.0.2.7]",
                "rule.name=[out, no games]",
                "rule.uuid=u-1",
                "source.user.id=42");
        table.line(
                "<85>1 2026-04-01T10:00:00-+9:00 192.0.2.254 CP-GW - Log [Fields@1.3.6.1.4.1.2620 src=\"192.0.2.7\" dst=\"198.51.100.7\"]",
                "@timestamp=2026-04-01T01:00:00Z");
        table.line(
                "<85>1 2026-04-01T10:00:00--5:00 192.0.2.254 CP-GW - Log [Fields@1.3.6.1.4.1.2620 src=\"192.0.2.7\" dst=\"198.51.100.7\"]",
                "@timestamp=2026-04-01T15:00:00Z");
    }

    @Test
    void otherLogsAreRefused() {
        table.rejected(
                "<134>1 2026-04-01T01:00:00Z cp CheckPoint 1 - hello", "not a log of Check Point", "cp_log_export");
        table.rejected("[action:\"Drop\"]", "not a log of Check Point");
    }
}
