package jp.hinomi.ingest.decode;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the documents do not show: records that are none, and logs that do not say which they are. */
class ZeekDecoderTest {
    private final DecoderTable zeek = new DecoderTable("zeek");

    @Test
    void jsonWithoutAPathIsKnownByItsMembers() {
        Map<String, String> members = new TreeMap<>(Map.of(
                "kerberos", "\"request_type\":\"TGS\"",
                "rdp", "\"security_protocol\":\"SSL\"",
                "smb_mapping", "\"share_type\":\"DISK\"",
                "dce_rpc", "\"endpoint\":\"samr\"",
                "modbus", "\"func\":\"READ_COILS\"",
                "tunnel", "\"tunnel_type\":\"Tunnel::IP\"",
                "smb_files", "\"action\":\"SMB::FILE_OPEN\",\"name\":\"a\"",
                "weird", "\"name\":\"a\"",
                "log", "\"mine\":1"));
        members.put("ntlm", "\"domainname\":\"CITY\"");
        members.forEach((log, member) -> zeek.line(
                "{\"ts\":1775005200.5,\"uid\":\"C1\",\"id.orig_h\":\"192.0.2.1\"," + member + "}",
                "event.dataset=zeek." + log,
                "source.ip=192.0.2.1"));
    }

    @Test
    void namesWithDotsMayBeNested() {
        zeek.line(
                "{\"_path\":\"conn\",\"ts\":\"2026-04-01T01:00:00Z\",\"id\":{\"orig_h\":\"192.0.2.1\",\"orig_p\":1,\"resp_h\":\"192.0.2.2\",\"resp_p\":2}}",
                "source.ip=192.0.2.1",
                "source.port=1",
                "destination.ip=192.0.2.2",
                "destination.port=2",
                "zeek.connection.id.orig_h");
    }

    @Test
    void theSyslogTagNamesTheLog() {
        String line = "1775005200.000000\tC1\t192.0.2.1\t1\t192.0.2.2\t2\ta\tb\tF\tc";
        zeek.line(line, "event.dataset=zeek.weird");
        zeek.line("<13>Apr  1 10:00:00 s zeek_weird: " + line, "event.dataset=zeek.weird", "host.name=s");
    }

    @Test
    void indicators() {
        String start = "{\"_path\":\"intel\",\"ts\":1775005200,\"sources\":[\"feed-1\"]";
        String url = start + ",\"seen.indicator_type\":\"Intel::URL\",\"seen.indicator\":\"";
        for (String type : new String[] {"ADDR", "URL", "DOMAIN", "EMAIL", "FILE_NAME", "FILE_HASH", "USER_NAME"}) {
            zeek.line(
                    start + ",\"seen.indicator_type\":\"Intel::" + type + "\"}",
                    "event.kind=alert",
                    "threat.indicator.name",
                    "threat.indicator.provider=feed-1");
        }
        zeek.line(
                url + "[2001:db8::1]:8080/x\"}",
                "threat.indicator.url.domain=2001:db8::1",
                "threat.indicator.url.path=/x");
        zeek.line(url + "[2001:db8::1]\"}", "threat.indicator.url.domain=2001:db8::1");
        zeek.line(
                url + "http://user:pw@evil.example/a@b:c\"}",
                "threat.indicator.url.domain=evil.example",
                "threat.indicator.url.path=/a@b:c");
        zeek.line(url + "evil.example?to=a@b.example\"}", "threat.indicator.url.domain=evil.example");
        zeek.line(url + "[2001:db8::1/x\"}", "threat.indicator.url.domain=[2001:db8::1");
        zeek.line(url + "/x\"}", "threat.indicator.url.domain", "threat.indicator.url.path=/x");
    }

    @Test
    void whatIsNoneIsRefused() {
        zeek.rejected("1775005200.000000\ta\tb", "cannot be told from its columns", "use_json");
        zeek.rejected("{\"_path\":\"conn\"}", "has no 'ts'");
        zeek.rejected("{\"ts\":\"noon\"}", "'noon'", "json_timestamps");
        zeek.rejected("{\"ts\":1775005200} {}", "more text");
        zeek.rejected("anything", "not a JSON object");
    }
}
