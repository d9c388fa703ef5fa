package jp.hinomi.ingest.decode.web;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.Addresses;

/**
 * X-Forwarded-For, to which each proxy appends the address it saw. What stands first is what the client claims: it is {@code
 * client.ip} and {@code network.forwarded_ip}, and never {@code source.ip}; all are in {@code related.ip}. Stateless.
 */
public final class ForwardedFor {
    private static final Field FORWARDED = Fields.of("network.forwarded_ip");
    private static final int MAX_HOPS = 16;

    private ForwardedFor() {}

    /**
     * The client of a server that logs the whole list in place of the one address, so that nothing else says who it was: the
     * first address of the internet, else the first.
     */
    static String client(String value, EventDraft event) {
        describe(value, event);
        String[] hops = value.split(",", MAX_HOPS);
        for (String hop : hops) {
            String address = Addresses.canonical(hop.strip());
            if (address != null && !Addresses.isInternal(address)) {
                return address;
            }
        }
        return hops[0].strip();
    }

    /**
     * Reads up to the first that is no address.
     *
     * @param value may be null
     * @return the last address, or null if there is none, or something else stands behind it
     */
    public static String describe(String value, EventDraft event) {
        List<String> hops = new ArrayList<>(2);
        int from = 0;
        boolean addresses = value != null;
        while (addresses && from < value.length() && hops.size() < MAX_HOPS) {
            int comma = value.indexOf(',', from);
            int end = comma < 0 ? value.length() : comma;
            String hop = Addresses.canonical(value.substring(from, end).strip());
            addresses = hop != null;
            if (addresses) {
                hops.add(hop);
            }
            from = end + 1;
        }
        if (hops.isEmpty()) {
            return null;
        }
        event.put(Fields.CLIENT_IP, hops.get(0)).put(FORWARDED, hops.get(0));
        hops.forEach(event::relatedIp);
        return addresses ? hops.get(hops.size() - 1) : null;
    }
}
