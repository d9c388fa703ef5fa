package jp.hinomi.ingest.intel.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.Tlp;
import jp.hinomi.events.document.Problem;
import org.junit.jupiter.api.Test;

class FeedReaderTest {
    private static final long NOW = Instant.parse("2026-04-10T12:34:56Z").toEpochMilli();

    private final Map<String, Indicator> found = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> withdrawn = new ArrayList<>();

    @Test
    void readsStixWithWhatItRefersTo() throws IOException {
        FeedSink sink = sink(FeedSettings.of("csirt", NOW));
        read(sink, """
                {"type": "bundle", "id": "bundle--0", "objects": [
                 {"type": "indicator", "id": "indicator--1", "name": "C2", "description": "Beacon", "pattern_type": "stix",
                  "pattern": "[ipv4-addr:value = '203.0.113.7' OR domain-name:value = 'C2.Example']",
                  "valid_from": "2026-04-01T00:00:00Z", "valid_until": "2026-10-01T00:00:00.5+09:00", "confidence": 85,
                  "modified": "2026-04-02T00:00:00.123Z", "created_by_ref": "identity--1", "labels": ["botnet"],
                  "indicator_types": ["malicious-activity"], "object_marking_refs": [
                   "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "marking-definition--own"],
                  "external_references": [{"source_name": "x"}, {"url": "https://example.jp/report"}],
                  "kill_chain_phases": [{"kill_chain_name": "mitre-attack", "phase_name": "command-and-control"}]},
                 {"type": "indicator", "id": "indicator--2", "pattern": "[file:name LIKE '%.exe']",
                  "valid_from": "2026-04-01T00:00:00Z"},
                 {"type": "indicator", "id": "indicator--3", "pattern_type": "yara", "pattern": "rule x {}"},
                 {"type": "indicator", "id": "indicator--4", "pattern": "[ipv4-addr:value = '203.0.113.8']",
                  "revoked": true, "valid_from": "2026-04-01T00:00:00Z"},
                 {"type": "indicator", "id": "indicator--5", "pattern": "[url:value = 'http://c2.example/a']",
                  "valid_from": "yesterday"},
                 {"type": "sighting", "id": "sighting--1"}, {"type": "x-odd", "id": "x-odd--1", "deep": [[1, {"a": []}]]},
                 {"type": "identity", "id": "identity--1", "name": "Example CSIRT"},
                 {"type": "malware", "id": "malware--1", "name": "ExampleBot"},
                 {"type": "relationship", "id": "relationship--1", "relationship_type": "indicates",
                  "source_ref": "indicator--1", "target_ref": "malware--1"},
                 {"type": "marking-definition", "id": "marking-definition--own", "name": "TLP:AMBER+STRICT",
                  "extensions": {"extension-definition--1": {"tlp_2_0": "amber+strict"}}}
                ]}
                """, FeedFormat.STIX);
        assertThat(found.keySet()).containsExactly("indicator--1", "indicator--4");
        Indicator first = found.get("indicator--1");
        assertThat(first)
                .isEqualTo(Indicator.builder("indicator--1", "csirt")
                        .about(new Indicator.About(
                                "C2",
                                "Beacon",
                                "Example CSIRT",
                                "https://example.jp/report",
                                List.of("malicious-activity"),
                                List.of("botnet"),
                                List.of("malware:ExampleBot"),
                                List.of("mitre-attack:command-and-control")))
                        .pattern("[ipv4-addr:value = '203.0.113.7' OR domain-name:value = 'C2.Example']")
                        .observables(List.of(
                                new jp.hinomi.events.Observable(
                                        jp.hinomi.events.Observable.Type.IPV4_ADDR, "203.0.113.7"),
                                new jp.hinomi.events.Observable(
                                        jp.hinomi.events.Observable.Type.DOMAIN_NAME, "c2.example")))
                        .validFrom(millis("2026-04-01T00:00:00Z"))
                        .validUntil(millis("2026-09-30T15:00:00.500Z"))
                        .confidence(85)
                        .tlp(Tlp.AMBER_STRICT)
                        .modified(millis("2026-04-02T00:00:00.123Z"))
                        .build());
        assertThat(found.get("indicator--4").revoked()).isTrue();
        assertThat(sink.skipped()).isEqualTo(Map.of("indicator (yara)", 1L, "sighting", 1L, "x-odd", 1L));
        assertThat(problems).extracting(Problem::line).containsExactly(10, 15);
        assertThat(problems.get(0).toString())
                .contains("test:10:")
                .contains("no whole value")
                .contains("Sigma rule");
        assertThat(problems.get(1).message()).contains("valid_from").contains("yesterday");
        assertThat(sink.refused()).isEqualTo(2);
    }

    @Test
    void fillsInWhatTheFeedDoesNotSay() throws IOException {
        FeedSettings settings =
                new FeedSettings("f", 40, Optional.of(Tlp.GREEN), Optional.of(Duration.ofDays(30)), true, NOW);
        read(sink(settings), """
                {"objects": [
                 {"type": "indicator", "id": "indicator--1", "pattern": "[domain-name:value = 'c2.example']",
                  "valid_from": "2026-04-01T00:00:00Z"},
                 {"type": "indicator", "id": "indicator--2", "confidence": 90, "pattern": "[domain-name:value = 'x.example']",
                  "valid_from": "2026-04-01T00:00:00Z", "valid_until": "2027-01-01T00:00:00Z",
                  "object_marking_refs": ["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"]}
                ]}
                """, FeedFormat.STIX);
        Indicator first = found.get("indicator--1");
        assertThat(first.confidence()).isEqualTo(40);
        assertThat(first.tlp()).isEqualTo(Tlp.GREEN);
        assertThat(first.validUntil()).isEqualTo(millis("2026-05-01T00:00:00Z"));
        assertThat(first.pattern()).isEmpty();
        assertThat(first.observables().get(0).type().word()).isEqualTo("domain-tree");
        Indicator second = found.get("indicator--2");
        assertThat(second.confidence()).isEqualTo(90);
        assertThat(second.tlp()).isEqualTo(Tlp.RED);
        assertThat(second.validUntil()).isEqualTo(millis("2027-01-01T00:00:00Z"));
    }

    @Test
    void readsTablesLineByLine() throws IOException {
        FeedSink sink = sink(FeedSettings.of("list", NOW));
        read(
                sink,
                "\uFEFFvalue;type;valid_from;valid_until;confidence;tlp;description;other\r\n"
                        + "# a comment\r\n"
                        + "203.0.113.7;;2026-04-01;2026-10-01T00:00:00Z;80;amber+strict;\"a; \"\"quoted\"\"\";x\r\n"
                        + "hxxp://C2[.]example/Gate;;;;high;WHITE;;\r\n"
                        + "c2.example;hostname;2026-04-01 10:00:00;;;;;\r\n"
                        + "c3.example;;;;;;;\r\n"
                        + "nonsense;;;;;;;\r\n"
                        + ";;;;;;;\r\n"
                        + "203.0.113.8;;;;200;;;\r\n"
                        + "203.0.113.9;;soon;;;;;\r\n"
                        + "203.0.113.10;;;;;violet;;\r\n"
                        + "\"open;;;;;;;\r\n"
                        + "2001:db8::/32;ip;;;;;;\r\n"
                        + "d41d8cd98f00b204e9800998ecf8427e\r\n",
                FeedFormat.CSV);
        assertThat(found.keySet())
                .containsExactly(
                        "list:ipv4-addr:203.0.113.7",
                        "list:url:http://C2.example/Gate",
                        "list:domain-name:c2.example",
                        "list:domain-tree:c3.example",
                        "list:ipv6-addr:2001:db8::/32",
                        "list:md5:d41d8cd98f00b204e9800998ecf8427e");
        Indicator first = found.get("list:ipv4-addr:203.0.113.7");
        assertThat(first.validFrom()).isEqualTo(millis("2026-04-01T00:00:00Z"));
        assertThat(first.validUntil()).isEqualTo(millis("2026-10-01T00:00:00Z"));
        assertThat(first.confidence()).isEqualTo(80);
        assertThat(first.tlp()).isEqualTo(Tlp.AMBER_STRICT);
        assertThat(first.about().description()).isEqualTo("a; \"quoted\"");
        assertThat(found.get("list:url:http://C2.example/Gate").tlp()).isEqualTo(Tlp.CLEAR);
        assertThat(found.get("list:url:http://C2.example/Gate").confidence()).isEqualTo(85);
        assertThat(found.get("list:domain-name:c2.example").validFrom()).isEqualTo(millis("2026-04-01T10:00:00Z"));
        assertThat(problems).extracting(Problem::line).containsExactly(7, 8, 9, 10, 11, 12);
        assertThat(problems).allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
        assertThat(sink.accepted()).isEqualTo(6);
    }

    @Test
    void readsAListWithoutAHeader() throws IOException {
        read(sink(FeedSettings.of("list", NOW)), "# blocklist\n203.0.113.7\n198.51.100.0/24\n", FeedFormat.CSV);
        assertThat(found).hasSize(2);
        assertThatThrownBy(() -> read(sink(FeedSettings.of("l", NOW)), "first,second\n1,2\n", FeedFormat.CSV))
                .hasMessageContaining("test:1: no column 'value'");
        assertThatThrownBy(() -> read(sink(FeedSettings.of("l", NOW)), "\n", FeedFormat.CSV))
                .hasMessageContaining("no lines");
    }

    @Test
    void readsEventsOfMisp() throws IOException {
        FeedSink sink = sink(FeedSettings.of("misp", NOW));
        read(sink, """
                {"Event": {"uuid": "0", "info": "Phishing of residents", "Orgc": {"name": "Example SOC"},
                 "Tag": [{"name": "tlp:green"}, {"name": "misp-galaxy:threat-actor=\\"Example Group\\""}],
                 "Attribute": [
                  {"uuid": "a1", "type": "ip-dst", "value": "203.0.113.7", "to_ids": true, "timestamp": "1775000000",
                   "comment": "C2"},
                  {"uuid": "a2", "type": "ip-dst|port", "value": "203.0.113.8|8443", "to_ids": true,
                   "Tag": [{"name": "tlp:red"}]},
                  {"uuid": "a3", "type": "domain|ip", "value": "c2.example|203.0.113.9", "to_ids": true},
                  {"uuid": "a4", "type": "filename|sha1", "value": "a.exe|da39a3ee5e6b4b0d3255bfef95601890afd80709",
                   "to_ids": true, "deleted": true},
                  {"uuid": "a5", "type": "ip-src", "value": "203.0.113.10", "to_ids": false},
                  {"uuid": "a6", "type": "text", "value": "note", "to_ids": true},
                  {"uuid": "a7", "type": "md5", "value": "short", "to_ids": true},
                  {"uuid": "a8", "type": "email-subject", "value": "it's due", "to_ids": true}],
                 "Object": [{"name": "url", "Attribute": [
                  {"uuid": "o1", "type": "url", "value": "http://c2.example/x", "to_ids": true}]}]}}
                """, FeedFormat.MISP);
        assertThat(found.keySet()).containsExactly("misp:a1", "misp:a2", "misp:a3", "misp:a4", "misp:a8", "misp:o1");
        Indicator first = found.get("misp:a1");
        assertThat(first.about().name()).isEqualTo("Phishing of residents");
        assertThat(first.about().provider()).isEqualTo("Example SOC");
        assertThat(first.about().description()).isEqualTo("C2");
        assertThat(first.about().threats()).containsExactly("threat-actor:Example Group");
        assertThat(first.modified()).isEqualTo(1_775_000_000_000L);
        assertThat(first.tlp()).isEqualTo(Tlp.GREEN);
        assertThat(found.get("misp:a2").tlp()).isEqualTo(Tlp.RED);
        assertThat(found.get("misp:a2").pattern())
                .isEqualTo("[network-traffic:dst_ref.value = '203.0.113.8' AND network-traffic:dst_port = 8443]");
        assertThat(found.get("misp:a3").observables()).hasSize(2);
        assertThat(found.get("misp:a4").revoked()).isTrue();
        assertThat(found.get("misp:a8").pattern()).isEqualTo("[email-message:subject = 'it\\'s due']");
        assertThat(problems)
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.message()).contains("a7").contains("short"));
        assertThat(sink.skipped()).isEqualTo(Map.of("attribute not for detection", 1L, "attribute of type text", 1L));
    }

    /** What a MISP server says when events change: see the MISP core format. */
    @Test
    void takesAwayWhatMispNoLongerVouchesFor() throws IOException {
        FeedSettings settings =
                new FeedSettings("misp", 40, Optional.empty(), Optional.of(Duration.ofDays(30)), false, NOW);
        FeedSink sink = sink(settings);
        read(sink, """
                {"response": [
                 {"Event": {"uuid": "0", "published": false, "Attribute": [
                  {"uuid": "draft", "type": "ip-dst", "value": "203.0.113.1", "to_ids": true}]}},
                 {"Event": {"uuid": "1", "published": true, "Tag": [{"name": "misp:confidence-level=\\"usually-confident\\""}],
                  "Attribute": [
                   {"uuid": "not-ids", "type": "ip-dst", "value": "203.0.113.2", "to_ids": false, "deleted": true},
                   {"uuid": "old", "type": "ip-dst", "value": "203.0.113.3", "to_ids": true,
                    "decay_score": [{"score": 12.5, "base_score": 80, "decayed": true, "DecayingModel": {"id": "1"}},
                                    {"score": 3, "base_score": 80, "decayed": true, "DecayingModel": {"id": "2"}}]},
                   {"uuid": "fading", "type": "ip-dst", "value": "203.0.113.4", "to_ids": true,
                    "decay_score": [{"score": 12.5, "decayed": true}, {"score": 63.7, "decayed": false}]},
                   {"uuid": "unsure", "type": "ip-dst", "value": "203.0.113.5", "to_ids": true,
                    "Tag": [{"name": "misp:confidence-level=\\"rarely-confident\\""}]},
                   {"uuid": "seen", "type": "ip-dst", "value": "203.0.113.6", "to_ids": true, "timestamp": "1775000000",
                    "first_seen": "2026-01-01T00:00:00.711954+00:00", "last_seen": "2026-04-01T09:00:00.5+09:00"},
                   {"uuid": "never-seen", "type": "ip-dst", "value": "203.0.113.8", "to_ids": true, "last_seen": null}],
                  "Object": [{"name": "url", "deleted": true, "Attribute": [
                   {"uuid": "of-object", "type": "url", "value": "http://c2.example/x", "to_ids": true}]}]}}]}
                """, FeedFormat.MISP);
        assertThat(found.keySet())
                .containsExactly("misp:fading", "misp:unsure", "misp:seen", "misp:never-seen", "misp:of-object");
        assertThat(withdrawn).containsExactly("misp:not-ids", "misp:old");
        assertThat(found.get("misp:fading").confidence()).isEqualTo(60);
        assertThat(found.get("misp:unsure").confidence()).isEqualTo(25);
        assertThat(found.get("misp:seen").confidence()).as("of the event").isEqualTo(75);
        assertThat(found.get("misp:seen").validFrom()).isEqualTo(millis("2026-01-01T00:00:00.711Z"));
        assertThat(found.get("misp:seen").validUntil())
                .as("30 days after it was last seen")
                .isEqualTo(millis("2026-05-01T00:00:00.500Z"));
        assertThat(found.get("misp:of-object").revoked()).isTrue();
        assertThat(sink.skipped())
                .isEqualTo(
                        Map.of("event not published", 1L, "attribute not for detection", 1L, "attribute decayed", 1L));
        assertThat(problems).isEmpty();
    }

    @Test
    void saysWhatAFileIsNot() {
        assertThatThrownBy(() -> read(sink(FeedSettings.of("f", NOW)), "{\"objects\": [{\"a\": 1}]}", FeedFormat.STIX))
                .hasMessageContaining("no STIX objects");
        assertThatThrownBy(() -> read(sink(FeedSettings.of("f", NOW)), "{\"objects\": [{\"a\": ", FeedFormat.STIX))
                .hasMessageContaining("not JSON")
                .hasMessageContaining("test:1:");
        assertThatThrownBy(() -> read(sink(FeedSettings.of("f", NOW)), "{\"x\": 1}", FeedFormat.MISP))
                .hasMessageContaining("no MISP event");
    }

    @Test
    void knowsFormatsByTheirBeginning() throws IOException {
        assertThat(FeedFormat.of(input("{\"type\":\"bundle\",\"objects\":[]}"))).isEqualTo(FeedFormat.STIX);
        assertThat(FeedFormat.of(input(" {\"Event\":{}}"))).isEqualTo(FeedFormat.MISP);
        assertThat(FeedFormat.of(input("203.0.113.1\n"))).isEqualTo(FeedFormat.CSV);
        assertThat(FeedFormat.of(input("[2001:db8::1]\n"))).isEqualTo(FeedFormat.CSV);
    }

    private FeedSink sink(FeedSettings settings) {
        return new FeedSink(settings, indicator -> found.put(indicator.id(), indicator), problems::add, withdrawn::add);
    }

    private static void read(FeedSink sink, String text, FeedFormat format) throws IOException {
        format.read(List.of(input(text)), sink);
    }

    private static FeedInput input(String text) {
        return new FeedInput("test", () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
