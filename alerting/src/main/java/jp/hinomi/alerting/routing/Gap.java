package jp.hinomi.alerting.routing;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A hole in the city's map that an alert fell through; the promoter is told instead.
 *
 * @param resource absent if the alert touches none
 * @param text what is missing and what to do about it
 */
public record Gap(Kind kind, Optional<String> resource, Bilingual text) {
    public enum Kind {
        /** No selector of the city matches anything in the alert. */
        NO_RESOURCE,
        /** The alert names a resource that the city's files do not have (any more). */
        UNKNOWN_RESOURCE,
        /** Nobody is entered for the resource. */
        NO_RESPONSIBILITY,
        /** Somebody is entered, but not for that day. */
        NONE_VALID,
        /** Somebody is entered, but only for worse alerts, and nobody else was to be told. */
        NONE_AT_SEVERITY,
        /** Whoever is responsible has no channel to be told by. */
        NO_CHANNEL,
        /** By the schedule of whoever is responsible nobody is on duty. */
        NOBODY_ON_DUTY,
        /** Whoever is responsible by the map says that they are not. */
        DISPUTED,
        /** An experimental rule alerts, and the city names nobody who writes rules. */
        NO_RULE_AUTHORS;

        /** The word in the database and in JSON: {@code no-resource}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Gap {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(text, "text");
    }
}
