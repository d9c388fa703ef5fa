package jp.hinomi.ingest.decode.suricata;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jp.hinomi.ingest.decode.json.VendorFields;

/** What of an EVE record stays under {@code suricata.eve}: everything that did not become an ECS field. */
final class EveFields {
    private static final String METADATA = "alert.metadata.";

    /** Keys of a rule's metadata that Emerging Threats' schema defines. They stand beside the alert's own. */
    private static final String[] DEFINED = {
        "protocols",
        "attack_target",
        "capec_id",
        "cwe_id",
        "malware",
        "cve",
        "cvss_v2_base",
        "cvss_v2_temporal",
        "cvss_v3_base",
        "cvss_v3_temporal",
        "priority",
        "hostile",
        "infected",
        "classtype",
        "rule_source",
        "sid"
    };

    private static final Set<String> SKIPPED = Set.of(
            "timestamp",
            "flow_id",
            "src_ip",
            "src_port",
            "dest_ip",
            "dest_port",
            "proto",
            "app_proto",
            "community_id",
            "ether.src_mac",
            "ether.dest_mac",
            "flow.start",
            "flow.end",
            "flow.pkts_toserver",
            "flow.pkts_toclient",
            "flow.bytes_toserver",
            "flow.bytes_toclient",
            "flow.src_ip",
            "flow.src_port",
            "flow.dest_ip",
            "flow.dest_port",
            "alert.action",
            "alert.severity",
            METADATA + "created_at",
            METADATA + "updated_at",
            METADATA + "filename",
            METADATA + "mitre_attack",
            METADATA + "mitre_tactic_id",
            METADATA + "mitre_tactic_name",
            METADATA + "mitre_technique_id",
            METADATA + "mitre_technique_name",
            "http.hostname",
            "http.url",
            "http.http_method",
            "http.http_user_agent",
            "http.http_refer",
            "http.status",
            "http.length",
            "http.http_request_body",
            "http.http_response_body",
            "http.http_request_body_printable",
            "http.http_response_body_printable",
            "dns.answers",
            "dns.grouped",
            "dns.aa",
            "dns.tc",
            "dns.rd",
            "dns.ra",
            "dns.qr",
            "dns.version",
            "dns.flags",
            "fileinfo.filename",
            "fileinfo.size",
            "tls.certificate",
            "tls.chain",
            // Secrets help nobody who searches; the original keeps what it said.
            "mqtt.connect.password",
            "pgsql.request.password");

    static final VendorFields ALL = new VendorFields("suricata.eve", SKIPPED, renamed());

    private EveFields() {}

    private static Map<String, String> renamed() {
        Map<String, String> names = new HashMap<>();
        for (String key : DEFINED) {
            names.put(METADATA + key, "suricata.eve.alert." + key);
        }
        return names;
    }
}
