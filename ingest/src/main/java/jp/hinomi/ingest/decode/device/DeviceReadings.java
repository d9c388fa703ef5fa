package jp.hinomi.ingest.decode.device;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;

/**
 * Recognises the usual names of readings and of a device's own data in a JSON object: {@code temp}, {@code Temperature} and
 * {@code temperature_c} all become {@code sensor.temperature}, so that one rule holds for all makes. Looks at the object's
 * members, at {@code {"value": …}} of NGSI attributes, and one level into the objects that usually hold readings. Values keep
 * their unit; what a name means has to fit its value: a {@code level} of "info" is no reading. Stateless and thread-safe.
 */
public final class DeviceReadings {
    private static final int MAX_MEMBERS = 256;
    private static final int MAX_NAME = 40;

    /** Spellings that were seen; hostile names must not fill memory. */
    private static final int MAX_REMEMBERED = 4096;

    private static final Set<String> HOLDERS = Set.of(
            "data",
            "payload",
            "state",
            "values",
            "readings",
            "sensors",
            "telemetry",
            "object",
            "decoded_payload",
            "measurements",
            "params",
            "reported");

    private static final Meaning NONE = new Meaning(null, Kind.TEXT);
    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
                    number("sensor.temperature", "temperature", "temp", "tempc", "temperaturec", "ambienttemperature"),
                    number("sensor.humidity", "humidity", "hum", "rh", "relativehumidity"),
                    number("sensor.pressure", "pressure", "barometricpressure", "atmosphericpressure"),
                    number("sensor.co2", "co2", "co2ppm", "eco2"),
                    number("sensor.pm25", "pm25", "pm2p5"),
                    number("sensor.pm10", "pm10"),
                    number("sensor.noise", "noise", "soundlevel", "laeq"),
                    number("sensor.illuminance", "illuminance", "lux", "light"),
                    number("sensor.water_level", "waterlevel", "levelcm", "levelm", "waterlevelcm"),
                    number("sensor.rainfall", "rainfall", "rain", "precipitation"),
                    number("sensor.wind_speed", "windspeed"),
                    number("sensor.flow", "flowrate"),
                    number("sensor.vibration", "vibration"),
                    number("sensor.voltage", "voltage", "volt"),
                    number("sensor.current", "current", "currenta", "amp"),
                    number("sensor.power", "power", "activepower", "powerw"),
                    number("sensor.energy", "energy", "kwh", "totalenergy", "energykwh"),
                    number("sensor.count", "peoplecount", "vehiclecount"),
                    number("sensor.battery", "battery", "batterylevel", "batt", "batterypercent"),
                    number("sensor.rssi", "rssi", "signalstrength"),
                    flag("sensor.open", "open", "door", "dooropen", "contact", "doorstate", "valve"),
                    flag("sensor.motion", "motion", "occupancy", "presence", "motiondetected"),
                    flag("sensor.tamper", "tamper", "tampered", "tamperalarm"),
                    flag("sensor.smoke", "smoke", "smokedetected"),
                    flag("sensor.leak", "leak", "waterleak"),
                    flag("sensor.locked", "locked", "lock", "lockstate"),
                    text("device.manufacturer", "manufacturer", "vendor", "devicevendor"),
                    text("device.model.name", "model", "devicemodel", "modelname"),
                    text("device.serial_number", "serial", "serialnumber", "deviceserial"),
                    text("sensor.firmware", "firmware", "firmwareversion", "fwversion", "fwver", "fw"),
                    text("sensor.type", "devicetype", "sensortype"),
                    text("sensor.card_id", "cardid", "cardnumber", "badgeid"))
            .entrySet()
            .stream()
            .flatMap(entry -> entry.getKey().stream().map(name -> Map.entry(name, entry.getValue())))
            .collect(java.util.stream.Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, Meaning> REMEMBERED = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private DeviceReadings() {}

    private enum Kind {
        NUMBER,
        FLAG,
        TEXT
    }

    private record Meaning(Field field, Kind kind) {}

    /** A field that has a value already keeps it. */
    public static void describe(JsonObject object, EventDraft event) {
        members(object, true, event);
    }

    private static void members(JsonObject object, boolean outer, EventDraft event) {
        int left = MAX_MEMBERS;
        for (Map.Entry<String, Object> member : object.members().entrySet()) {
            if (left-- == 0) {
                return;
            }
            Object value = member.getValue();
            if (value instanceof JsonObject inner) {
                value = inner.members().get("value");
                if (value == null || value instanceof JsonObject) {
                    if (outer && HOLDERS.contains(member.getKey())) {
                        members(inner, false, event);
                    }
                    continue;
                }
            }
            Meaning meaning = meaning(member.getKey());
            if (meaning != NONE && event.get(meaning.field) == null) {
                event.put(meaning.field, fitting(value, meaning.kind));
            }
        }
    }

    /** The value as the kind wants it, or null if it is none. */
    private static Object fitting(Object value, Kind kind) {
        return switch (kind) {
            case NUMBER -> value instanceof Number number ? (Object) number.doubleValue() : null;
            case TEXT -> value instanceof String text && !text.isEmpty() ? text : null;
            case FLAG -> {
                if (value instanceof String text) {
                    yield switch (text.toLowerCase(Locale.ROOT)) {
                        case "open", "opened", "on", "true", "detected", "locked", "alarm", "1" -> true;
                        case "closed", "close", "off", "false", "clear", "unlocked", "normal", "0" -> false;
                        default -> null;
                    };
                }
                yield value instanceof Boolean flag
                        ? flag
                        : value instanceof Long number && (number == 0 || number == 1) ? (Object) (number == 1) : null;
            }
        };
    }

    private static Meaning meaning(String name) {
        if (name.length() > MAX_NAME) {
            return NONE;
        }
        Meaning known = REMEMBERED.get(name);
        if (known == null) {
            known = MEANINGS.getOrDefault(plain(name), NONE);
            if (COUNT.get() < MAX_REMEMBERED && REMEMBERED.putIfAbsent(name, known) == null) {
                COUNT.incrementAndGet();
            }
        }
        return known;
    }

    /** In lower case, without what separates words. */
    private static String plain(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-' && c != ' ' && c != '.') {
                out.append(Character.toLowerCase(c));
            }
        }
        return out.toString();
    }

    private static Map.Entry<List<String>, Meaning> number(String field, String... names) {
        return Map.entry(List.of(names), new Meaning(Fields.of(field), Kind.NUMBER));
    }

    private static Map.Entry<List<String>, Meaning> flag(String field, String... names) {
        return Map.entry(List.of(names), new Meaning(Fields.of(field), Kind.FLAG));
    }

    private static Map.Entry<List<String>, Meaning> text(String field, String... names) {
        return Map.entry(List.of(names), new Meaning(Fields.of(field), Kind.TEXT));
    }
}
