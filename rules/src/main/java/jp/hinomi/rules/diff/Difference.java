package jp.hinomi.rules.diff;

import java.util.List;
import java.util.Objects;

/**
 * One thing that differs.
 *
 * @param where within the aspect: {@code selection.url.path|startswith}; empty if the aspect says it all
 * @param before what is no longer so; empty if it is new
 * @param after what is so now; empty if it is gone
 */
public record Difference(Aspect aspect, String where, List<String> before, List<String> after) {
    public Difference {
        Objects.requireNonNull(aspect, "aspect");
        Objects.requireNonNull(where, "where");
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    static Difference of(Aspect aspect, Object before, Object after) {
        return new Difference(aspect, "", one(before), one(after));
    }

    private static List<String> one(Object value) {
        String text = value.toString();
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
