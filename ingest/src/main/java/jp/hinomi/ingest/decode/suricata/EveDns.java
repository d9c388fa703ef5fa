package jp.hinomi.ingest.decode.suricata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.text.Addresses;

/**
 * The object {@code dns} of EVE in its three shapes: version 1 (one record per answer: {@code rrname}, {@code rdata}),
 * version 2 ({@code answers}, {@code grouped}; inside alerts {@code query}, {@code answer}), version 3 ({@code queries},
 * types {@code request} and {@code response}).
 */
final class EveDns {
    private static final Field ANSWERS = Fields.of("dns.answers.data");
    private static final Field FLAGS = Fields.of("dns.header_flags");
    private static final int MAX_ANSWERS = 64;

    private EveDns() {}

    static void describe(JsonObject dns, boolean isDnsEvent, EventDraft event) {
        JsonObject question = question(dns);
        JsonObject answer = dns.has("answer") ? dns.object("answer") : dns;
        event.host(Fields.DNS_QUESTION_NAME, question.text("rrname"));
        String type = question.text("rrtype");
        event.text(Fields.DNS_QUESTION_TYPE, type == null ? null : type.toUpperCase(Locale.ROOT));
        String id = dns.text("id");
        event.text(Fields.DNS_ID, id == null ? question.text("id") : id);
        String kind = dns.text("type");
        kind = kind == null ? question.text("type") : kind;
        boolean isAnswer = "answer".equals(kind) || "response".equals(kind) || dns.has("answer");
        event.text(Fields.DNS_TYPE, isAnswer ? "answer" : kind == null ? null : "query");
        String code = answer.text("rcode");
        event.text(Fields.DNS_RESPONSE_CODE, code);
        if (isDnsEvent && code != null) {
            event.outcome(code.equals("NOERROR"));
        }
        flags(answer, event);
        answers(dns, answer, event);
    }

    private static JsonObject question(JsonObject dns) {
        for (String name : new String[] {"queries", "query"}) {
            List<Object> list = dns.list(name);
            if (!list.isEmpty() && list.get(0) instanceof JsonObject first) {
                return first;
            }
        }
        return dns.has("rrname") || !dns.has("answer") ? dns : dns.object("answer");
    }

    private static void flags(JsonObject answer, EventDraft event) {
        List<String> flags = new ArrayList<>(4);
        for (String flag : new String[] {"aa", "tc", "rd", "ra"}) {
            if ("true".equals(answer.text(flag))) {
                flags.add(flag.toUpperCase(Locale.ROOT));
            }
        }
        event.put(FLAGS, flags);
    }

    private static void answers(JsonObject dns, JsonObject answer, EventDraft event) {
        List<String> data = new ArrayList<>();
        add(data, answer.text("rdata"));
        for (Object element : answer.list("answers")) {
            if (element instanceof JsonObject object) {
                add(data, object.text("rdata"));
            }
        }
        JsonObject grouped = answer.object("grouped");
        for (String type : new String[] {"A", "AAAA", "CNAME", "MX", "NS", "PTR", "TXT"}) {
            EveEvents.texts(grouped.list(type)).forEach(value -> add(data, value.toString()));
        }
        List<String> addresses = new ArrayList<>();
        for (String value : data) {
            String ip = Addresses.canonical(value);
            if (ip != null && !addresses.contains(ip)) {
                addresses.add(ip);
                event.relatedIp(ip);
            }
        }
        event.put(ANSWERS, data).put(Fields.DNS_RESOLVED_IP, addresses);
    }

    private static void add(List<String> data, String value) {
        if (value != null && !value.isEmpty() && data.size() < MAX_ANSWERS && !data.contains(value)) {
            data.add(value);
        }
    }
}
