package jp.hinomi.ingest.decode.windows;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;

/** Event 22; its results are {@code type:  5 alias.example;::ffff:192.0.2.7;}. */
final class SysmonDns {
    private static final Field ANSWER_TYPE = Fields.of("dns.answers.type");
    private static final Field ANSWER_DATA = Fields.of("dns.answers.data");

    private SysmonDns() {}

    static void describe(WindowsRecord windows, EventDraft event) {
        event.put(Fields.NETWORK_PROTOCOL, "dns");
        event.host(Fields.DNS_QUESTION_NAME, windows.get("QueryName"));
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
