package jp.hinomi.ingest.decode.net;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;

/** The answers of one DNS message, collected into {@code dns.answers.*}; at most 64. Not thread-safe. */
public final class DnsAnswers {
    private static final Field NAME = Fields.of("dns.answers.name");
    private static final Field TYPE = Fields.of("dns.answers.type");
    private static final Field TTL = Fields.of("dns.answers.ttl");
    private static final Field DATA = Fields.of("dns.answers.data");
    private static final int MAX_ANSWERS = 64;

    private final List<String> names = new ArrayList<>(2);
    private final List<String> types = new ArrayList<>(2);
    private final List<Long> ttls = new ArrayList<>(2);
    private final List<String> data = new ArrayList<>(2);
    private int count;

    /** @param seconds to live, or -1; any of the others may be null */
    public void add(String name, String type, long seconds, String value) {
        if (count++ >= MAX_ANSWERS) {
            return;
        }
        if (name != null) {
            names.add(EventDraft.hostForm(name));
        }
        if (type != null) {
            types.add(type);
        }
        if (seconds >= 0) {
            ttls.add(seconds);
        }
        if (value != null && !value.isEmpty()) {
            data.add(value);
        }
    }

    /** For what is said a second time in another shape. */
    public void addUnlessKnown(String type, String value) {
        if (count < MAX_ANSWERS && !data.contains(value)) {
            add(null, type, -1, value);
        }
    }

    public void put(EventDraft event) {
        List<String> addresses = new ArrayList<>(data.size());
        for (String value : data) {
            String ip = Addresses.canonical(value);
            if (ip != null && !addresses.contains(ip)) {
                addresses.add(ip);
                event.relatedIp(ip);
            }
        }
        event.put(NAME, names).put(TYPE, types).put(TTL, ttls).put(DATA, data);
        event.put(Fields.DNS_RESOLVED_IP, addresses);
    }
}
