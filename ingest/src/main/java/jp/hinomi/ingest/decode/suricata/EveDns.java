package jp.hinomi.ingest.decode.suricata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.net.DnsAnswers;

/**
 * The object {@code dns} of EVE in its three shapes: version 1 (one record per answer: {@code rrname}, {@code rdata}),
 * version 2 ({@code answers}, {@code grouped}; inside alerts {@code query}, {@code answer}), version 3 ({@code queries},
 * types {@code request} and {@code response}).
 */
final class EveDns {
    private static final Field FLAGS = Fields.of("dns.header_flags");
    private static final String[] GROUPS = {"A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"};

    private EveDns() {}

    static void describe(JsonObject dns, boolean isDnsEvent, EventDraft event) {
        JsonObject question = question(dns);
        JsonObject answer = dns.has("answer") ? dns.object("answer") : dns;
        String id = dns.text("id");
        event.text(Fields.DNS_ID, id == null ? question.text("id") : id);
        String kind = dns.text("type");
        kind = kind == null ? question.text("type") : kind;
        boolean isAnswer = "answer".equals(kind) || "response".equals(kind) || dns.has("answer");
        event.text(Fields.DNS_TYPE, isAnswer ? "answer" : kind == null ? null : "query");
        // In version 1, rrname of an answer is the answer's: behind a CNAME, not what was asked for.
        if (question != dns || dns.text("rdata") == null) {
            event.host(Fields.DNS_QUESTION_NAME, question.text("rrname"));
            event.text(Fields.DNS_QUESTION_TYPE, upper(question.text("rrtype")));
        }
        String code = answer.text("rcode");
        event.text(Fields.DNS_RESPONSE_CODE, code);
        if (isDnsEvent && code != null) {
            event.outcome(code.equals("NOERROR"));
        }
        flags(answer, event);
        answers(answer, event);
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

    private static void answers(JsonObject answer, EventDraft event) {
        DnsAnswers answers = new DnsAnswers();
        if (answer.text("rdata") != null) {
            add(answer, answers);
        }
        for (Object element : answer.list("answers")) {
            if (element instanceof JsonObject object) {
                add(object, answers);
            }
        }
        JsonObject grouped = answer.object("grouped");
        if (!grouped.isEmpty()) {
            for (String type : GROUPS) {
                for (Object value : EveEvents.texts(grouped.list(type))) {
                    answers.addUnlessKnown(type, value.toString());
                }
            }
        }
        answers.put(event);
    }

    private static void add(JsonObject object, DnsAnswers answers) {
        answers.add(object.text("rrname"), upper(object.text("rrtype")), object.number("ttl"), object.text("rdata"));
    }

    private static String upper(String text) {
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }
}
