package jp.hinomi.ingest.decode.cisco;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.place.Place;
import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;
import jp.hinomi.ingest.decode.tls.TlsFields;

/**
 * The security events of FTD, messages 430001 to 430005: {@code SrcIP: 192.0.2.1, DstIP: …}. Values are not quoted and may
 * have commas; a value ends where {@code , Key: } begins. Stateless.
 */
final class SecurityEvents {
    private static final String PREFIX = "cisco.ftd.security.";
    private static final ZoneClock UTC = new ZoneClock(java.time.ZoneOffset.UTC);
    /** What Cisco's cloud, or the administrator, says of a file. */
    private static final Set<String> MALWARE = Set.of("Malware", "Custom Detection");

    private static final int MAX_KEY = 40;
    private static final int MAX_PAIRS = 200;

    private static final Map<String, Place> PLACES = new HashMap<>(Place.table(
            "SrcIP", "source.address",
            "DstIP", "destination.address",
            "SrcPort", "source.port",
            "DstPort", "destination.port",
            "Protocol", "network.transport",
            "IngressInterface", "observer.ingress.interface.name",
            "EgressInterface", "observer.egress.interface.name",
            "IngressZone", "observer.ingress.zone",
            "EgressZone", "observer.egress.zone",
            "ApplicationProtocol", "network.protocol",
            "URL", "url.original",
            "URI", "url.original",
            "HTTPReferer", "http.request.referrer",
            "HTTP_Referer", "http.request.referrer",
            "HTTPResponse", "http.response.status_code",
            "UserAgent", "user_agent.original",
            "HTTP_UserAgent", "user_agent.original",
            "HTTP_Hostname", "destination.domain",
            "InitiatorPackets", "source.packets",
            "ResponderPackets", "destination.packets",
            "InitiatorBytes", "source.bytes",
            "ResponderBytes", "destination.bytes",
            "NAT_InitiatorIP", "source.nat.ip",
            "NAT_ResponderIP", "destination.nat.ip",
            "NAT_InitiatorPort", "source.nat.port",
            "NAT_ResponderPort", "destination.nat.port",
            "DNSQuery", "dns.question.name",
            "ACPolicy", "rule.ruleset",
            "FilePolicy", "rule.ruleset",
            "NAPPolicy", "cisco.ftd.security.nap_policy",
            "SSLCipherSuite", "tls.cipher",
            "SID", "rule.id",
            "GID", "service.id",
            "SSLServerName", "server.domain",
            "ReferencedHost", "url.domain",
            "originalClientSrcIP", "client.ip",
            "Revision", "rule.version",
            "Message", "message",
            "Classification", "rule.category",
            "FileName", "file.name",
            "FileSize", "file.size",
            "FileSHA256", "file.hash.sha256",
            "VLAN_ID", "network.vlan.id",
            "ThreatName", "rule.name",
            "AccessControlRuleReason", "event.reason"));

    /** FTD writes records and answers as the IANA registry describes them; ECS has their names. */
    private static final Map<String, String> RECORDS = Map.ofEntries(
            Map.entry("a host address", "A"),
            Map.entry("IP6 Address", "AAAA"),
            Map.entry("the canonical name for an alias", "CNAME"),
            Map.entry("mail exchange", "MX"),
            Map.entry("an authoritative name server", "NS"),
            Map.entry("a domain name pointer", "PTR"),
            Map.entry("marks the start of a zone of authority", "SOA"),
            Map.entry("Server Selection", "SRV"),
            Map.entry("text strings", "TXT"),
            Map.entry("a well known service description", "WKS"),
            Map.entry("host information", "HINFO"),
            Map.entry("Naming Authority Pointer", "NAPTR"));

    private static final Map<String, String> RESPONSES = Map.ofEntries(
            Map.entry("No Error", "NOERROR"),
            Map.entry("No error", "NOERROR"),
            Map.entry("Format Error", "FORMERR"),
            Map.entry("Server Failure", "SERVFAIL"),
            Map.entry("Non-Existent Domain", "NXDOMAIN"),
            Map.entry("Not Implemented", "NOTIMP"),
            Map.entry("Query Refused", "REFUSED"),
            Map.entry("Name Exists when it should not", "YXDOMAIN"),
            Map.entry("RR Set Exists when it should not", "YXRRSET"),
            Map.entry("RR Set that should exist does not", "NXRRSET"),
            Map.entry("Server Not Authoritative for zone", "NOTAUTH"),
            Map.entry("Not Authorized", "NOTAUTH"),
            Map.entry("Name not contained in zone", "NOTZONE"));

    static {
        for (String twice : new String[] {"WebApplication", "Client"}) {
            PLACES.put(twice, own(twice).and(Place.of("network.application")));
        }
        PLACES.put(
                "User",
                Place.of("user.id").and(Place.of("user.name")).except("No Authentication Required", "Not Found"));
        PLACES.put("Endpoint Profile", EndpointProfile::put);
        PLACES.put("SSLVersion", (value, event) -> TlsFields.version(value, event));
        PLACES.put("AccessControlRuleName", own("AccessControlRuleName").and(Place.of("rule.name")));
        PLACES.put(
                "DNSRecordType",
                (value, event) -> event.text(Fields.DNS_QUESTION_TYPE, RECORDS.getOrDefault(value, value)));
        PLACES.put(
                "DNSResponseType",
                (value, event) -> event.text(Fields.DNS_RESPONSE_CODE, RESPONSES.getOrDefault(value, value)));
        PLACES.put("FirstPacketSecond", SecurityEvents::start);
        PLACES.put("ConnectionDuration", SecurityEvents::duration);
    }

    private SecurityEvents() {}

    /** The number of an event that does not say it, by the pairs that each kind has alone; null if it is none. */
    static String number(String text, int from) {
        if (keyEnd(text, from) < 0 || !text.contains("IP: ") && !text.contains("Message: ")) {
            return null;
        }
        return text.contains("SHA_Disposition: ") || text.contains("ThreatName: ")
                ? "430005"
                : text.contains("FileSHA256: ") || text.contains("FileName: ")
                        ? "430004"
                        : text.contains("Message: ") || text.contains("Classification: ")
                                ? "430001"
                                : text.contains("ConnectionDuration: ") ? "430003" : "430002";
    }

    /** @return false if there are no such pairs */
    static boolean describe(String number, String text, int from, EventDraft event) {
        Map<String, String> values = new HashMap<>();
        int at = from;
        for (int pairs = 0; at < text.length() && pairs < MAX_PAIRS; pairs++) {
            int colon = keyEnd(text, at);
            if (colon < 0) {
                break;
            }
            String key = text.substring(at, colon);
            int end = valueEnd(text, colon + 2);
            String value = text.substring(Math.min(colon + 2, end), end).strip();
            if (!value.isEmpty() && !value.equals("N/A") && !value.equalsIgnoreCase("unknown")) {
                values.put(key, value);
                Place place = PLACES.get(key);
                if (place == null) {
                    event.text(Fields.of(PREFIX + snake(key)), value);
                } else {
                    place.put(value, event);
                }
            }
            at = end + 2;
        }
        if (values.isEmpty()) {
            return false;
        }
        classify(number, values, event);
        totals(event);
        return true;
    }

    private static void classify(String number, Map<String, String> values, EventDraft event) {
        String action = values.getOrDefault(number.equals("430001") ? "InlineResult" : "AccessControlRuleAction", "");
        String verdict = isDenial(action) ? "denied" : isPass(action) ? "allowed" : null;
        switch (number) {
            case "430001" -> {
                event.kind("alert").action("intrusion-detected");
                event.classify("intrusion_detection", verdict == null ? "info" : List.of("info", verdict));
            }
            case "430002" -> connection("connection-started", "start", verdict, event);
            case "430003" -> connection("connection-finished", "end", verdict, event);
            case "430004" -> event.action("file-detected").classify("file", "info");
            default -> {
                boolean malware = MALWARE.contains(values.getOrDefault("SHA_Disposition", ""));
                event.kind(malware ? "alert" : "event").action("malware-detected");
                event.classify(malware ? "malware" : List.of("malware", "file"), "info");
            }
        }
        if (!action.isEmpty()) {
            event.outcome(true);
        }
    }

    /** One that is only watched is neither allowed nor denied by the rule. */
    private static void connection(String action, String type, String verdict, EventDraft event) {
        event.action(action)
                .classify(
                        "network",
                        verdict == null ? List.of("connection", type) : List.of("connection", type, verdict));
    }

    /** {@code Allow}, {@code Trust}, {@code Fastpath}, {@code Pass}, {@code Interactive Bypass}. */
    private static boolean isPass(String action) {
        String lower = action.toLowerCase(Locale.ROOT);
        return lower.contains("allow")
                || lower.contains("trust")
                || lower.contains("pass")
                || lower.contains("fastpath");
    }

    /** {@code Block}, {@code Block with reset}, {@code Interactive Block}, {@code Dropped}, {@code Malware Block}. */
    private static boolean isDenial(String action) {
        String lower = action.toLowerCase(Locale.ROOT);
        return lower.contains("block") || lower.contains("drop") || lower.contains("reset") && !lower.contains("would");
    }

    private static void totals(EventDraft event) {
        if (event.get(Fields.DNS_QUESTION_TYPE) != null && event.get(Fields.DNS_RESPONSE_CODE) == null) {
            event.text(Fields.DNS_RESPONSE_CODE, "NOERROR");
        }
        sum(Fields.SOURCE_BYTES, Fields.DESTINATION_BYTES, Fields.NETWORK_BYTES, event);
        sum(Fields.SOURCE_PACKETS, Fields.DESTINATION_PACKETS, Fields.NETWORK_PACKETS, event);
    }

    private static void sum(Field one, Field other, Field total, EventDraft event) {
        if (event.get(one) instanceof Long a && event.get(other) instanceof Long b) {
            event.number(total, a + b);
        }
    }

    private static void start(String value, EventDraft event) {
        long seconds = Numbers.parse(value);
        if (seconds > 0 && seconds < 10_000_000_000L) {
            event.text(
                    Fields.EVENT_START, java.time.Instant.ofEpochSecond(seconds).toString());
        } else {
            TimeScan time = new TimeScan(UTC);
            if (time.iso(value, 0) && time.end == value.length()) {
                event.text(
                        Fields.EVENT_START,
                        java.time.Instant.ofEpochMilli(time.millis).toString());
            }
        }
    }

    private static void duration(String value, EventDraft event) {
        long seconds = Numbers.parse(value);
        if (seconds >= 0 && seconds < 1_000_000_000) {
            event.number(Fields.EVENT_DURATION, seconds * 1_000_000_000);
        }
    }

    /** The index of the colon behind a key that begins there, or -1. */
    private static int keyEnd(String text, int from) {
        if (from >= text.length() || text.charAt(from) < 'A' || text.charAt(from) > 'Z') {
            return -1;
        }
        for (int i = from; i < text.length() && i - from <= MAX_KEY; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i > from && i + 1 < text.length() && text.charAt(i + 1) == ' ' ? i : -1;
            }
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
            if (!letter && (c != ' ' || i == from)) {
                return -1;
            }
        }
        return -1;
    }

    /** The index of the comma before the next key, or the text's length. */
    private static int valueEnd(String text, int from) {
        int comma = text.indexOf(", ", from);
        while (comma >= 0 && keyEnd(text, comma + 2) < 0) {
            comma = text.indexOf(", ", comma + 2);
        }
        return comma < 0 ? text.length() : comma;
    }

    private static Place own(String key) {
        return Place.of(PREFIX + snake(key));
    }

    /** {@code ACPolicy} → {@code ac_policy}, {@code SSLServerCertStatus} → {@code ssl_server_cert_status}. */
    private static String snake(String key) {
        StringBuilder out = new StringBuilder(key.length() + 8);
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean capital = c >= 'A' && c <= 'Z';
            boolean after = i > 0 && isLower(key.charAt(i - 1));
            boolean before = i > 0 && i + 1 < key.length() && isLower(key.charAt(i + 1));
            if (c == ' ' || c == '_') {
                out.append('_');
                continue;
            }
            if (capital && (after || before) && out.charAt(out.length() - 1) != '_') {
                out.append('_');
            }
            out.append(capital ? (char) (c + 32) : c);
        }
        return out.toString();
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
