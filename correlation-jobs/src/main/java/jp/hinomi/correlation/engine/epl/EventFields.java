package jp.hinomi.correlation.engine.epl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.rules.ProblemCode;

/**
 * The fields that a statement names, by stream, and the event types made of them: nested maps, so that {@code
 * a.source.ip} is the field {@code source.ip} of the event {@code a}. Not thread-safe.
 */
final class EventFields {
    /** The time that correlation uses, in milliseconds since the epoch. */
    static final String TIME = "timestamp";

    /** Whose event it is: what the engine groups by. */
    static final String CELL = "hinomi_cell";

    private static final List<String> DICTIONARY =
            Fields.dictionary().stream().map(Field::name).toList();

    private final Map<String, Map<String, Class<?>>> byStream = new TreeMap<>();

    /** What is wrong with a field, or what is only suspicious. */
    record Doubt(boolean error, ProblemCode problem, String message, String remedy) {}

    EventFields(List<EplStream> streams) {
        streams.forEach(stream -> byStream.put(stream.name(), new TreeMap<>()));
    }

    /** True for {@code source}, the first word of {@code source.ip}. */
    static boolean isFirstWord(String name) {
        return name.equals(TIME)
                || name.equals("event")
                || DICTIONARY.stream().anyMatch(field -> field.equals(name) || field.startsWith(name + "."));
    }

    /** The Java type of the field; text where the dictionary does not know it. */
    static Class<?> type(String field) {
        if (field.equals(TIME)) {
            return Long.class;
        }
        return switch (Fields.of(field).type()) {
            case TEXT, ADDRESS, TIME -> String.class;
            case LONG -> Long.class;
            case DOUBLE -> Double.class;
            case FLAG -> Boolean.class;
        };
    }

    /** The statement reads {@code field} of events of {@code stream}. */
    Optional<Doubt> use(EplStream stream, String field) {
        if (Tokens.RESERVED.contains(field)) {
            return Optional.of(wrong("'" + field + "' is a name of the engine's own", "remove it"));
        }
        if (stream.isCorrelation() && !isOfEveryEvent(field) && !stream.fields().contains(field)) {
            List<String> known = new ArrayList<>(stream.fields());
            known.addAll(List.of(SecurityEvent.ID, TIME));
            return Optional.of(wrong(
                    "'" + stream.name() + "' is a correlation, and its alerts have no field '" + field + "'",
                    "use one of: " + String.join(", ", known) + "; or name the detection under 'rules'"));
        }
        Map<String, Class<?>> fields = byStream.get(stream.name());
        for (String other : fields.keySet()) {
            if (other.startsWith(field + ".") || field.startsWith(other + ".")) {
                return Optional.of(wrong(
                        "'" + field + "' and '" + other + "' cannot both be fields",
                        "one is a part of the other's name"));
            }
        }
        boolean group = DICTIONARY.stream().anyMatch(name -> name.startsWith(field + "."));
        if (group || field.equals("event")) {
            return Optional.of(wrong("'" + field + "' is a group of fields", "name the field: " + example(field)));
        }
        Optional<String> leaf =
                DICTIONARY.stream().filter(name -> field.startsWith(name + ".")).findFirst();
        if (leaf.isPresent()) {
            return Optional.of(wrong(
                    "'" + leaf.get() + "' has no part '"
                            + field.substring(leaf.get().length() + 1) + "'",
                    "compare '" + leaf.get() + "' itself; parts of texts are for detections"));
        }
        fields.put(field, type(field));
        if (isOfEveryEvent(field) || stream.isCorrelation() || !Fields.of(field).isExtra()) {
            return Optional.empty();
        }
        return Optional.of(new Doubt(
                false,
                ProblemCode.EPL_UNKNOWN_FIELD,
                "the field dictionary does not know '" + field + "': it is compared as text",
                Suggestion.nearest(field, DICTIONARY)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("leave it so if your sources send this field")));
    }

    private static boolean isOfEveryEvent(String field) {
        return field.equals(SecurityEvent.ID) || field.equals(TIME);
    }

    private static String example(String group) {
        return DICTIONARY.stream()
                .filter(name -> name.startsWith(group + "."))
                .findFirst()
                .orElse(SecurityEvent.ID);
    }

    private static Doubt wrong(String message, String remedy) {
        return new Doubt(true, ProblemCode.EPL_PROPERTY, message, remedy);
    }

    /** The event types by stream: property → class, or a map of such. */
    Map<String, Map<String, Object>> types() {
        Map<String, Map<String, Object>> types = new LinkedHashMap<>();
        byStream.forEach((stream, fields) -> {
            Map<String, Object> type = new LinkedHashMap<>();
            type.put(CELL, Object.class);
            fields.forEach((field, kind) -> nest(type, field, kind));
            types.put(stream, type);
        });
        return types;
    }

    @SuppressWarnings("unchecked")
    private static void nest(Map<String, Object> type, String field, Class<?> kind) {
        Map<String, Object> inner = type;
        String rest = field;
        for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
            inner = (Map<String, Object>) inner.computeIfAbsent(rest.substring(0, dot), any -> new LinkedHashMap<>());
            rest = rest.substring(dot + 1);
        }
        inner.put(rest, kind);
    }
}
