package jp.hinomi.alerting.incident.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.incident.join.Entity;
import jp.hinomi.alerting.report.Facts;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import org.junit.jupiter.api.Test;

class StixBundleTest {
    private static final Instant AT = Instant.parse("2026-04-01T01:02:03.004Z");

    /** What OASIS' JSON schemas of STIX 2.1 require of each type, besides type and id. */
    private static final Map<String, List<String>> REQUIRED = Map.ofEntries(
            Map.entry("identity", List.of("spec_version", "created", "modified", "name")),
            Map.entry("incident", List.of("spec_version", "created", "modified", "name")),
            Map.entry(
                    "observed-data",
                    List.of(
                            "spec_version",
                            "created",
                            "modified",
                            "first_observed",
                            "last_observed",
                            "number_observed",
                            "object_refs")),
            Map.entry(
                    "relationship",
                    List.of("spec_version", "created", "modified", "relationship_type", "source_ref", "target_ref")),
            Map.entry("note", List.of("spec_version", "created", "modified", "content", "object_refs")),
            Map.entry("marking-definition", List.of("spec_version", "created")),
            Map.entry("ipv4-addr", List.of("value")),
            Map.entry("ipv6-addr", List.of("value")),
            Map.entry("domain-name", List.of("value")),
            Map.entry("user-account", List.of("account_login")),
            Map.entry("file", List.of("hashes", "size", "name")));

    private static String bundle() {
        return bundle(Tlp.RED);
    }

    private static String bundle(Tlp clearance) {
        Incident incident = new Incident(
                1,
                "INC-2026-0001",
                "漏えい <b>",
                Incident.Status.OPEN,
                Severity.HIGH,
                Tlp.AMBER,
                "影響",
                Optional.empty(),
                Set.of(),
                AT,
                "account:a",
                AT,
                AT.plusSeconds(60));
        TimelineEntry note = new TimelineEntry(
                7,
                AT,
                AT,
                "Asia/Tokyo",
                TimelineEntry.Type.FINDING,
                false,
                "account:a",
                "判明",
                "found",
                true,
                Tlp.RED,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty());
        return StixBundle.of(
                new StixBundle.Source("minato", "みなと市"),
                new Extract(
                        new Audience(Optional.empty(), clearance),
                        incident,
                        clearance == Tlp.RED ? incident.title() : "",
                        clearance == Tlp.RED ? incident.impact() : "",
                        clearance,
                        List.of(
                                new Extract.Seen(
                                        alert("a-1", Tlp.AMBER_STRICT, 0),
                                        List.of(
                                                new Entity(Entity.Kind.ADDRESS, "203.0.113.7"),
                                                new Entity(Entity.Kind.ADDRESS, "2001:db8::1"),
                                                new Entity(Entity.Kind.USER, "alice\"<"),
                                                new Entity(Entity.Kind.HOST, "edge-07.example.jp"),
                                                new Entity(Entity.Kind.HOST, "not a host"),
                                                new Entity(Entity.Kind.RESOURCE, "api"))),
                                new Extract.Seen(alert("a-2", Tlp.AMBER, 3), List.of())),
                        List.of(),
                        List.of(note),
                        List.of(file(Tlp.AMBER), file(Tlp.RED)),
                        List.of(),
                        Optional.empty(),
                        new LeftOut(0, 0, 0, 0, clearance != Tlp.RED)),
                "about",
                "ja");
    }

    private static EvidenceFile file(Tlp tlp) {
        return new EvidenceFile(
                tlp.ordinal(),
                1,
                "=dump.pcap",
                4096,
                "ab".repeat(32),
                tlp,
                List.of("iot"),
                "from the gateway",
                "account:a",
                AT,
                Optional.empty());
    }

    private static Facts.AlertFact alert(String id, Tlp tlp, long count) {
        return new Facts.AlertFact(
                id, "警報", "Alert", Severity.HIGH, tlp, AT, AT, AT, count, 0, Map.of(), Map.of(), Map.of(), List.of());
    }

    @Test
    void everyObjectHasWhatItsTypeRequiresAndRefersToWhatIsThere() throws Exception {
        JsonNode bundle = new ObjectMapper().readTree(bundle());
        assertThat(bundle.get("type").asText()).isEqualTo("bundle");
        assertThat(bundle.get("id").asText())
                .matches("bundle--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        Set<String> ids = new HashSet<>();
        for (JsonNode object : bundle.get("objects")) {
            String type = object.get("type").asText();
            assertThat(REQUIRED).containsKey(type);
            assertThat(object.get("id").asText()).startsWith(type + "--");
            assertThat(ids.add(object.get("id").asText())).isTrue();
            REQUIRED.get(type)
                    .forEach(name ->
                            assertThat(object.has(name)).as(type + "." + name).isTrue());
            for (String time : List.of("created", "modified", "first_observed", "last_observed")) {
                if (object.has(time)) {
                    assertThat(object.get(time).asText())
                            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
                }
            }
        }
        for (JsonNode object : bundle.get("objects")) {
            for (String refs : List.of("object_refs", "object_marking_refs")) {
                object.path(refs).forEach(ref -> assertThat(ids).contains(ref.asText()));
            }
            for (String ref : List.of("created_by_ref", "source_ref", "target_ref")) {
                if (object.has(ref)) {
                    assertThat(ids).contains(object.get(ref).asText());
                }
            }
        }
        assertThat(bundle.get("objects").findValuesAsText("type"))
                .contains("ipv4-addr", "ipv6-addr", "user-account", "domain-name")
                .filteredOn("observed-data"::equals)
                .hasSize(1);
        assertThat(bundle.get("objects").findValuesAsText("content"))
                .containsExactly("about", "判明", "=dump.pcap: from the gateway", "=dump.pcap: from the gateway");
        // The same file under two labels is one object, with the stricter.
        assertThat(bundle.get("objects"))
                .filteredOn(object -> object.get("type").asText().equals("file"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.at("/hashes/SHA-256").asText()).isEqualTo("ab".repeat(32));
                    assertThat(file.at("/object_marking_refs/0").asText()).contains("e828b379");
                });
        assertThat(bundle.toString()).contains("amber+strict").contains("\"number_observed\":1");
    }

    @Test
    void idsAreThoseOfTheStandardAndTheSameEveryTime() {
        assertThat(bundle()).isEqualTo(bundle());
        // As other tools compute it: UUIDv5 over {"value":"198.51.100.3"} in the name space of STIX.
        assertThat(StixIds.observable("ipv4-addr", "{\"value\":\"198.51.100.3\"}"))
                .isEqualTo("ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4");
    }

    @Test
    void whatWasCutForSomebodyIsAnotherObjectMarkedAsItIsNow() throws Exception {
        JsonNode whole = incident(bundle(Tlp.RED));
        JsonNode cut = incident(bundle(Tlp.GREEN));
        assertThat(cut.get("id")).isNotEqualTo(whole.get("id"));
        assertThat(cut.get("name").asText()).isEqualTo("INC-2026-0001");
        assertThat(cut.has("description")).isFalse();
        assertThat(cut.get("object_marking_refs").toString()).contains("bab4a63c-aed9-4cf5-a766-dfca5abac2bb");
    }

    private static JsonNode incident(String bundle) throws Exception {
        for (JsonNode object : new ObjectMapper().readTree(bundle).get("objects")) {
            if (object.get("type").asText().equals("incident")) {
                return object;
            }
        }
        throw new AssertionError(bundle);
    }

    @Test
    void formulasInTheTableAreHarmless() {
        TimelineEntry entry = new TimelineEntry(
                7,
                AT,
                AT,
                "Asia/Tokyo",
                TimelineEntry.Type.NOTE,
                false,
                "account:a",
                "=cmd|'/c calc'!A1",
                "x",
                true,
                Tlp.AMBER,
                false,
                List.of("iot"),
                Optional.empty(),
                Optional.empty());
        assertThat(TimelineCsv.of(
                        List.of(entry),
                        List.of(file(Tlp.AMBER)),
                        "about",
                        Tlp.AMBER,
                        java.time.ZoneId.of("Asia/Tokyo"),
                        "ja"))
                .contains("\"'=cmd|'/c calc'!A1\"")
                .contains("\"=dump.pcap | 4096 B | SHA-256 abab".replace("\"=", "\"'="))
                .contains("\"2026-04-01 10:02:03\"")
                .startsWith("\uFEFF\"id\"");
    }
}
