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
                "event.category=authentication",
                "event.outcome=failure",
                "user.name=carol");
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

    @Test
    void otherLogsAreRefused() {
        table.rejected(
                "<134>1 2026-04-01T01:00:00Z cp CheckPoint 1 - hello", "not a log of Check Point", "cp_log_export");
        table.rejected("[action:\"Drop\"]", "not a log of Check Point");
    }
}
