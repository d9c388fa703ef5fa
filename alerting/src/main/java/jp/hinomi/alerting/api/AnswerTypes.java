package jp.hinomi.alerting.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The records that calls answer with, by the names that their schemas have. Not thread-safe: filled while one thread describes. */
final class AnswerTypes {
    private final Map<String, Class<?>> records = new TreeMap<>();

    /** Also those that it holds. */
    void add(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                add(argument);
            }
            if (generic.getRawType() instanceof Class<?> raw && raw.isRecord()) {
                StringBuilder name = new StringBuilder(raw.getSimpleName());
                for (Type argument : generic.getActualTypeArguments()) {
                    name.append(argument instanceof Class<?> of ? of.getSimpleName() : "");
                }
                add(name.toString(), raw);
            }
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            add(plain.getSimpleName(), plain);
        }
    }

    private void add(String name, Class<?> type) {
        Class<?> before = records.putIfAbsent(name, type);
        if (before != null && before != type) {
            throw new IllegalStateException("two answers of one name in the description of the API, " + before + " and "
                    + type + ": give one another name");
        }
        if (before == null) {
            for (RecordComponent part : type.getRecordComponents()) {
                add(part.getGenericType());
            }
        }
    }

    void describe(Map<String, Schema> schemas) {
        records.forEach((name, type) -> Optional.ofNullable(schemas.get(name)).ifPresent(schema -> {
            Set<String> names = new TreeSet<>();
            refine(schema, type, names);
            schema.setRequired(new ArrayList<>(names));
        }));
    }

    /** Parts of a record that is written unwrapped stand among those of the one that holds it. */
    private static void refine(Schema<?> schema, Class<?> type, Set<String> names) {
        for (RecordComponent part : type.getRecordComponents()) {
            if (part.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                refine(schema, part.getType(), names);
            } else {
                JsonProperty given = part.getAccessor().getAnnotation(JsonProperty.class);
                String key = given == null ? part.getName() : given.value();
                names.add(key);
                refine(schema, key, part);
            }
        }
    }

    private static void refine(Schema<?> schema, String key, RecordComponent part) {
        Schema<?> property = schema.getProperties().get(key);
        if (property == null) {
            throw new IllegalStateException(part + " is missing in the description of the API");
        }
        io.swagger.v3.oas.annotations.media.Schema given =
                part.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        if (given != null && given.types().length > 0) {
            property.setTypes(new LinkedHashSet<>(List.of(given.types())));
        }
        if (part.getType() == Optional.class) {
            schema.getProperties().put(key, nullable(property));
        }
    }

    private static Schema<?> nullable(Schema<?> property) {
        if (property.get$ref() != null) {
            Schema<?> reference = new Schema<>().$ref(property.get$ref());
            return new Schema<>()
                    .anyOf(List.of(reference, new Schema<>().types(Set.of("null"))))
                    .description(property.getDescription());
        }
        Set<String> types = new TreeSet<>(property.getTypes() == null ? Set.of() : property.getTypes());
        types.add("null");
        property.setTypes(types);
        return property;
    }
}
