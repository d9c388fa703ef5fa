package jp.hinomi.city.report;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One question of a form. No field has to be filled: what is not known yet stays empty and says so.
 *
 * @param label by language
 * @param help what belongs there, by language; may be empty
 * @param kind how much goes in
 * @param from what fills it before a person looks at it; absent = nothing
 */
public record FormField(
        String id, Map<String, String> label, Map<String, String> help, Kind kind, Optional<Prefill> from) {
    public enum Kind {
        LINE,
        TEXT;

        public String word() {
            return Words.of(this);
        }
    }

    public FormField {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(from, "from");
        label = Map.copyOf(label);
        help = Map.copyOf(help);
    }
}
