package jp.hinomi.ingest.geo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What databases say about an address, by the ending of the ECS field: {@code geo.city_name}, {@code as.number}. Immutable.
 */
record GeoPlace(Map<String, Object> fields) {
    static final GeoPlace NOWHERE = new GeoPlace(Map.of());

    /** Every ending that a place can have. */
    static final List<String> ENDINGS = List.of(
            "geo.continent_code",
            "geo.continent_name",
            "geo.country_iso_code",
            "geo.country_name",
            "geo.region_iso_code",
            "geo.region_name",
            "geo.city_name",
            "geo.postal_code",
            "geo.timezone",
            "geo.location.lat",
            "geo.location.lon",
            "as.number",
            "as.organization.name");

    GeoPlace {
        fields = Map.copyOf(fields);
    }

    /** A record as MaxMind and others who use its names write it; what it does not have or has otherwise is left out. */
    static GeoPlace of(Map<?, ?> record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "geo.continent_code", record, "continent", "code");
        put(fields, "geo.continent_name", record, "continent", "names", "en");
        put(fields, "geo.country_iso_code", record, "country", "iso_code");
        put(fields, "geo.country_name", record, "country", "names", "en");
        region(fields, record);
        put(fields, "geo.city_name", record, "city", "names", "en");
        put(fields, "geo.postal_code", record, "postal", "code");
        put(fields, "geo.timezone", record, "location", "time_zone");
        if (at(record, "location", "latitude") instanceof Number lat
                && at(record, "location", "longitude") instanceof Number lon) {
            fields.put("geo.location.lat", lat.doubleValue());
            fields.put("geo.location.lon", lon.doubleValue());
        }
        if (record.get("autonomous_system_number") instanceof Number number) {
            fields.put("as.number", number.longValue());
        }
        put(fields, "as.organization.name", record, "autonomous_system_organization");
        return new GeoPlace(fields);
    }

    /** The largest division; its code is that of ISO 3166-2 with the country before it. */
    private static void region(Map<String, Object> fields, Map<?, ?> record) {
        if (record.get("subdivisions") instanceof List<?> divisions
                && !divisions.isEmpty()
                && divisions.get(0) instanceof Map<?, ?> division) {
            put(fields, "geo.region_name", division, "names", "en");
            if (division.get("iso_code") instanceof String code
                    && fields.get("geo.country_iso_code") instanceof String country) {
                fields.put("geo.region_iso_code", country + "-" + code);
            }
        }
    }

    private static void put(Map<String, Object> fields, String ending, Map<?, ?> record, String... path) {
        if (at(record, path) instanceof String text && !text.isEmpty()) {
            fields.put(ending, text);
        }
    }

    private static Object at(Map<?, ?> record, String... path) {
        Object value = record;
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /** This, and what only the other knows. */
    GeoPlace or(GeoPlace other) {
        if (fields.isEmpty() || other.fields.isEmpty()) {
            return fields.isEmpty() ? other : this;
        }
        Map<String, Object> both = new LinkedHashMap<>(other.fields);
        both.putAll(fields);
        return new GeoPlace(both);
    }
}
