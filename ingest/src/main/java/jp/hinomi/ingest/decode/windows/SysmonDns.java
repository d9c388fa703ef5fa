package jp.hinomi.ingest.decode.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;

/** Event 22; its results are {@code type:  5 alias.example;::ffff:192.0.2.7;}. */
final class SysmonDns {
    private static final Field ANSWER_TYPE = Fields.of("dns.answers.type");
    private static final Field ANSWER_DATA = Fields.of("dns.answers.data");

    private static final Field STATUS = Fields.of("sysmon.dns.status");
    private static final String[] UNKNOWN = {};

    /** Names by Microsoft's list of system error codes, and the response code where the answer had one. */
    private static final Map<String, String[]> STATUSES = Map.ofEntries(
            Map.entry("0", new String[] {"SUCCESS", "NOERROR"}),
            Map.entry("5", new String[] {"ERROR_ACCESS_DENIED"}),
            Map.entry("87", new String[] {"ERROR_INVALID_PARAMETER"}),
            Map.entry("123", new String[] {"ERROR_INVALID_NAME"}),
            Map.entry("1223", new String[] {"ERROR_CANCELLED"}),
            Map.entry("1460", new String[] {"ERROR_TIMEOUT"}),
            Map.entry("9001", new String[] {"DNS_ERROR_RCODE_FORMAT_ERROR", "FORMERR"}),
            Map.entry("9002", new String[] {"DNS_ERROR_RCODE_SERVER_FAILURE", "SERVFAIL"}),
            Map.entry("9003", new String[] {"DNS_ERROR_RCODE_NAME_ERROR", "NXDOMAIN"}),
            Map.entry("9004", new String[] {"DNS_ERROR_RCODE_NOT_IMPLEMENTED", "NOTIMP"}),
            Map.entry("9005", new String[] {"DNS_ERROR_RCODE_REFUSED", "REFUSED"}),
            Map.entry("9501", new String[] {"DNS_INFO_NO_RECORDS", "NOERROR"}),
            Map.entry("9502", new String[] {"DNS_ERROR_BAD_PACKET"}),
            Map.entry("9560", new String[] {"DNS_ERROR_INVALID_NAME_CHAR"}),
            Map.entry("9701", new String[] {"DNS_ERROR_RECORD_DOES_NOT_EXIST"}),
            Map.entry("9852", new String[] {"DNS_ERROR_NO_DNS_SERVERS"}));

    private SysmonDns() {}

    static void describe(WindowsRecord windows, EventDraft event) {
        event.put(Fields.NETWORK_PROTOCOL, "dns");
        event.host(Fields.DNS_QUESTION_NAME, windows.get("QueryName"));
        status(windows.get("QueryStatus"), event);
        String results = windows.get("QueryResults");
        if (results == null) {
            return;
        }
        List<Object> types = new ArrayList<>();
        List<Object> data = new ArrayList<>();
        List<Object> addresses = new ArrayList<>();
        for (String result : SysmonEvents.parts(results, ';')) {
            if (result.startsWith("type:")) {
                List<Object> words = SecurityEvents.words(result.substring("type:".length()));
                if (words.size() == 2) {
                    types.add(type(words.get(0).toString()));
                    data.add(words.get(1));
                    event.relatedHost(words.get(1).toString());
                }
            } else {
                String ip = Addresses.canonical(result);
                if (ip != null) {
                    addresses.add(ip);
                    types.add(ip.indexOf(':') < 0 ? "A" : "AAAA");
                    data.add(ip);
                    event.relatedIp(ip);
                }
            }
        }
        put(ANSWER_TYPE, types, event);
        put(ANSWER_DATA, data, event);
        put(Fields.DNS_RESOLVED_IP, addresses, event);
    }

    /** A system error code of Windows; those from 9001 on are the answer's code and 9000. */
    private static void status(String code, EventDraft event) {
        if (code == null) {
            return;
        }
        String[] meaning = STATUSES.getOrDefault(code, UNKNOWN);
        event.text(STATUS, meaning.length > 0 ? meaning[0] : code);
        event.text(Fields.DNS_RESPONSE_CODE, meaning.length > 1 ? meaning[1] : null);
        event.outcome(code.equals("0"));
    }

    private static void put(Field field, List<Object> values, EventDraft event) {
        if (!values.isEmpty()) {
            event.put(field, values);
        }
    }

    /** By the registry of RFC 6895. */
    private static String type(String number) {
        return switch (number) {
            case "1" -> "A";
            case "2" -> "NS";
            case "5" -> "CNAME";
            case "6" -> "SOA";
            case "12" -> "PTR";
            case "15" -> "MX";
            case "16" -> "TXT";
            case "28" -> "AAAA";
            case "33" -> "SRV";
            case "35" -> "NAPTR";
            case "39" -> "DNAME";
            case "43" -> "DS";
            case "46" -> "RRSIG";
            case "47" -> "NSEC";
            case "48" -> "DNSKEY";
            case "64" -> "SVCB";
            case "65" -> "HTTPS";
            default -> number;
        };
    }
}
