package jp.hinomi.ingest.decode.zeek;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.net.DnsAnswers;

/** {@code dns.log}: a query together with its answer. */
final class ZeekDns {
    static final Set<String> TAKEN =
            Set.of("trans_id", "rtt", "query", "qtype_name", "rcode_name", "AA", "TC", "RD", "RA", "answers", "TTLs");

    private static final Field FLAGS = Fields.of("dns.header_flags");
    private static final Field CLASS = Fields.of("dns.question.class");
    private static final String[] FLAG_NAMES = {"AA", "TC", "RD", "RA"};

    private ZeekDns() {}

    static void describe(JsonObject dns, EventDraft event) {
        event.text(Fields.DNS_ID, dns.text("trans_id"));
        event.host(Fields.DNS_QUESTION_NAME, dns.text("query"));
        event.text(Fields.DNS_QUESTION_TYPE, dns.text("qtype_name"));
        String name = dns.text("qclass_name");
        event.text(CLASS, "C_INTERNET".equals(name) ? "IN" : name);
        String code = dns.text("rcode_name");
        event.text(Fields.DNS_RESPONSE_CODE, code).text(Fields.DNS_TYPE, code == null ? "query" : "answer");
        if (code != null) {
            event.outcome(code.equals("NOERROR"));
        }
        event.number(Fields.EVENT_DURATION, ZeekLogs.nanos(dns, "rtt"));
        List<String> flags = new ArrayList<>(4);
        for (String flag : FLAG_NAMES) {
            if (Boolean.TRUE.equals(dns.flag(flag))) {
                flags.add(flag);
            }
        }
        event.put(FLAGS, flags);
        answers(dns.texts("answers"), dns.texts("TTLs"), event);
    }

    private static void answers(List<String> values, List<String> seconds, EventDraft event) {
        DnsAnswers answers = new DnsAnswers();
        for (int i = 0; i < values.size(); i++) {
            answers.add(null, null, i < seconds.size() ? whole(seconds.get(i)) : -1, values.get(i));
        }
        answers.put(event);
    }

    /** Seconds, which Zeek writes as an interval: {@code 60.0}. */
    private static long whole(String seconds) {
        int point = seconds.indexOf('.');
        return jp.hinomi.ingest.decode.syslog.Numbers.parse(seconds, 0, point < 0 ? seconds.length() : point);
    }
}
