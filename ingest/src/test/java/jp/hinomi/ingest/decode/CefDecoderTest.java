package jp.hinomi.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whole documents are in {@code documents/cef.txt} and {@code documents/leef.txt}; here is what bends the formats. */
class CefDecoderTest {
    private static final String HEAD = "CEF:0|V|P|1|id|name|3|";

    private final DecoderTable cef = new DecoderTable("cef");
    private final DecoderTable leef = new DecoderTable("leef");

    @Test
    void timesInEveryForm() {
        cef.line(HEAD + "rt=1775005200123", "@timestamp=2026-04-01T01:00:00.123Z");
        cef.line(HEAD + "rt=Apr 01 2026 10:00:00", "@timestamp=2026-04-01T01:00:00Z");
        cef.line(HEAD + "rt=Apr 01 10:00:00.5 JST", "@timestamp=2026-04-01T01:00:00.500Z");
        cef.line(HEAD + "rt=Apr 01 2026 01:00:00 GMT", "@timestamp=2026-04-01T01:00:00Z");
        cef.line(HEAD + "rt=Apr 01 2026 03:00:00 +02:00", "@timestamp=2026-04-01T01:00:00Z");
        cef.line(
                HEAD + "end=2026-04-01T01:00:01Z", "@timestamp=2026-04-01T01:00:01Z", "event.end=2026-04-01T01:00:01Z");
        cef.line("Apr  1 10:00:05 h " + HEAD + "rt=soon", "@timestamp=2026-04-01T01:00:05Z", "cef.extensions.rt=soon");
        leef.line(
                "LEEF:1.0|V|P|1|e|devTime=01.04.2026 10-00-00\tdevTimeFormat=dd.MM.yyyy HH-mm-ss",
                "@timestamp=2026-04-01T01:00:00Z");
        leef.line("LEEF:1.0|V|P|1|e|devTime=soon\tdevTimeFormat=bb", "leef.devTime=soon");
    }

    /** Broken on trial: the check that a word before an equals sign follows a space. */
    @Test
    void valuesThatLookLikePairs() {
        cef.line(
                HEAD + "request=http://a.example/?x=1&y=2 msg=a b=c is an equation fname=x y.txt",
                "url.query=x=1&y=2",
                "message=a",
                "cef.extensions.b=c is an equation",
                "file.name=x y.txt");
        cef.line(HEAD + "cs5=k=v w act=deny", "cef.extensions.cs5=k=v w", "event.action=deny");
        cef.line(HEAD + "msg=one\\=two\\\\ three\\nfour act=", "message=one=two\\ three\nfour", "event.action=name");
        cef.line(HEAD, "message=name", "event.code=id");
        cef.line(
                "CEF:0|a\\|b|c\\\\d|1|id|n|Unknown|",
                "observer.vendor=a|b",
                "observer.product=c\\d",
                "log.level=unknown");
    }

    @Test
    void labels() {
        cef.line(
                HEAD
                        + "cs1=x cs1Label=Firewall Rule (id) cfp1=1.5 cfp1Label=score c6a1=2001:db8::1 c6a1Label=Peer cs2Label=alone",
                "cef.custom.firewall_rule_id=x",
                "cef.custom.score=1.5",
                "cef.custom.peer=2001:db8::1",
                "cef.extensions.cs2Label=alone");
        cef.line(HEAD + "cs1=規則A cs1Label=規則", "cef.custom.規則=規則A");
        cef.line(HEAD + "cs1=x cs1Label=()", "cef.extensions.cs1=x");
    }

    @Test
    void delimitersOfLeef() {
        leef.line("LEEF:2.0|V|P|1|e|x5E|src=192.0.2.1^msg=a\tb", "source.ip=192.0.2.1", "message=a\tb");
        leef.line("LEEF:2.0|V|P|1|e|src=192.0.2.1\tmsg=a|b", "source.ip=192.0.2.1", "message=a|b");
        leef.line("LEEF:1.0|V|P|1|e|", "event.code=e", "event.category=host");
    }

    @Test
    void otherLogsAreRefused() {
        assertThat(cef.rejected("<13>Apr  1 10:00:00 h CEF:0|V|P|1|id|name", "not CEF", "'CEF:0|V|P|1|id|name'")
                        .byteOffset())
                .isEqualTo(22);
        cef.rejected("date=2026-04-01 type=traffic", "not CEF");
        leef.rejected("LEEF:1.0|V|P", "not LEEF", "choose LEEF");
        leef.rejected(HEAD, "not LEEF");
    }

    /** Labels and keys of products that many have are fields of ECS; the device itself is no party to the event. */
    @Test
    void labelsThatEcsHas() {
        cef.line(
                "CEF:0|Check Point|VPN-1|R81|Log|https|Unknown|act=Drop dvc=192.0.2.254 dvchost=FW-1 src=192.0.2.7 dst=198.51.100.7 deviceFacility=4 cp_severity=Very-High cp_app_risk=High cs5Label=Matched Category cs5=Games cn2Label=Duration in Seconds cn2=5 rule_uid=u-1 inzone=Internal outzone=External ifname=eth0 destinationTranslatedPort=0 spriv=user",
                "cef.custom.matched_category=Games",
                "destination.nat.port=0",
                "event.duration=5000000000",
                "event.risk_score=4.0",
                "event.severity=4",
                "observer.egress.zone=External",
                "observer.hostname=FW-1",
                "observer.ingress.interface.name=eth0",
                "observer.ingress.zone=Internal",
                "observer.ip=192.0.2.254",
                "observer.type=Mobile",
                "related.hosts=fw-1",
                "related.ip=[192.0.2.7, 198.51.100.7]",
                "rule.category=Games",
                "rule.uuid=u-1",
                "source.user.group.name=user");
        cef.line(
                "CEF:0|FORCEPOINT|Firewall|6|70019|Connection_Discarded|0|cs1Label=RuleID cs1=605.0 message=dropped oldFileHash=00ff",
                "rule.id=605.0",
                "message=dropped",
                "related.hash=00ff");
    }
}
