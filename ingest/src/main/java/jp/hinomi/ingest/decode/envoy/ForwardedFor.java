package jp.hinomi.ingest.decode.envoy;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;

/**
 * X-Forwarded-For: the first address is what the client claims to be ({@code client.ip}, {@code network.forwarded_ip}), each
 * proxy appends the address it saw. Stateless.
 */
final class ForwardedFor {
    private static final Field FORWARDED = Fields.of("network.forwarded_ip");
    private static final int MAX_HOPS = 16;

    private ForwardedFor() {}

    /** @return the last address, or null if there is none */
    static String describe(String value, EventDraft event) {
        if (!AccessEntry.present(value)) {
            return null;
        }
        List<String> hops = new ArrayList<>(2);
        int from = 0;
        while (from < value.length() && hops.size() < MAX_HOPS) {
            int comma = value.indexOf(',', from);
            int end = comma < 0 ? value.length() : comma;
            String hop = Addresses.canonical(value.substring(from, end).strip());
            if (hop == null) {
                return null;
            }
            hops.add(hop);
            from = end + 1;
        }
        event.put(Fields.CLIENT_IP, hops.get(0)).put(FORWARDED, hops.get(0));
        hops.forEach(event::relatedIp);
        return hops.get(hops.size() - 1);
    }
}
