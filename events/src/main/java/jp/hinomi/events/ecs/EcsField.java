package jp.hinomi.events.ecs;

import java.util.Objects;

/**
 * A field of the Elastic Common Schema.
 *
 * @param name dotted
 * @param type as the schema spells it: {@code keyword wildcard match_only_text constant_keyword long float scaled_float
 *     boolean date ip geo_point object flattened nested}
 * @param several whether the schema says that it holds an array
 */
public record EcsField(String name, String type, boolean several) {
    public EcsField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    /** Whether any name may stand below it: {@code labels.x}. */
    public boolean isObject() {
        return type.equals("object") || type.equals("flattened") || type.equals("nested");
    }
}
