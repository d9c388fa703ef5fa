package jp.hinomi.ingest.geo;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * Adds {@code geo.*} and {@code as.*} of ECS 8.17 beside the public addresses of an event. What the log itself says stays. For
 * one thread.
 */
public final class GeoEnricher implements UnaryOperator<SecurityEvent> {
    /** Addresses that are remembered, the newest; each with its place a few hundred bytes. */
    private static final int MOST_REMEMBERED = 20_000;

    private static final List<Side> SIDES =
            List.of(Side.of("source"), Side.of("destination"), Side.of("client"), Side.of("server"));

    private record Side(Field ip, Map<String, Field> fields) {
        static Side of(String name) {
            Map<String, Field> fields = new LinkedHashMap<>();
            GeoPlace.ENDINGS.forEach(ending -> fields.put(ending, Fields.of(name + "." + ending)));
            return new Side(Fields.of(name + ".ip"), fields);
        }
    }

    private final GeoDatabases databases;
    private final Map<String, GeoPlace> known = new LinkedHashMap<>(1 << 10, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, GeoPlace> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private int version;

    public GeoEnricher(GeoDatabases databases) {
        this.databases = databases;
        this.version = databases.version();
    }

    @Override
    public SecurityEvent apply(SecurityEvent event) {
        SecurityEvent.Builder enriched = null;
        for (Side side : SIDES) {
            String address = event.text(side.ip());
            GeoPlace place = address == null ? GeoPlace.NOWHERE : place(address);
            if (!place.fields().isEmpty()) {
                enriched = enriched == null ? event.toBuilder() : enriched;
                for (Map.Entry<String, Object> entry : place.fields().entrySet()) {
                    Field field = side.fields().get(entry.getKey());
                    if (!event.has(field)) {
                        enriched.put(field, entry.getValue());
                    }
                }
            }
        }
        return enriched == null ? event : enriched.build();
    }

    private GeoPlace place(String address) {
        if (version != databases.version()) {
            version = databases.version();
            known.clear();
        }
        GeoPlace place = known.get(address);
        if (place == null) {
            IPAddress parsed = new IPAddressString(address).getAddress();
            place = parsed == null || parsed.isMultiple() || !isPublic(parsed)
                    ? GeoPlace.NOWHERE
                    : databases.find(parsed.toInetAddress());
            known.put(address, place);
        }
        return place;
    }

    /** Nobody can say where a private address is; with shared address space (RFC 6598) it is the same. */
    private static boolean isPublic(IPAddress address) {
        if (address.isLocal()
                || address.isLoopback()
                || address.isLinkLocal()
                || address.isMulticast()
                || address.isUnspecified()) {
            return false;
        }
        return !address.isIPv4() || (address.toIPv4().intValue() & 0xFFC0_0000) != 0x6440_0000; // 100.64.0.0/10
    }
}
