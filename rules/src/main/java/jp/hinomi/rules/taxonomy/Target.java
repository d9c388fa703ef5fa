package jp.hinomi.rules.taxonomy;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a field of another taxonomy is called here.
 *
 * @param whole the field that holds this one and what stands around it, if rules are known to look for both under the one
 *     name
 * @param values what its values are called here, by their text in lower case; those that are not listed stay, unless the
 *     map is complete by being there: then a value that it lacks cannot be translated
 * @param origin where the answer comes from
 */
public record Target(String field, Optional<String> whole, Map<String, String> values, Origin origin) {
    /** How sure it is that events have the field. */
    public enum Origin {
        /** Decoders of this release fill it, or the rule names it as ECS does. */
        KNOWN,
        /** Only shippers of other makers fill it, whatever its name: no format of this release reads such logs. */
        FOREIGN,
        /** Nothing is known about it: the name stays as it is. */
        UNKNOWN
    }

    public Target {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(whole, "whole");
        Objects.requireNonNull(origin, "origin");
        values = Map.copyOf(values);
    }

    /** A field without more to say. */
    static Target of(String field, Origin origin) {
        return new Target(field, Optional.empty(), Map.of(), origin);
    }

    /** The value's name here; empty if values have other names and this one has none. */
    Optional<String> value(String written) {
        return values.isEmpty()
                ? Optional.of(written)
                : Optional.ofNullable(values.get(written.toLowerCase(Locale.ROOT)));
    }
}
