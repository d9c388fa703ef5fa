package jp.hinomi.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code %name%} stands for in values with the modifier {@code expand}. A rule that asks for a name without values is
 * refused.
 *
 * @param values by name, without percent signs; Sigma patterns, wildcards included
 */
public record Placeholders(Map<String, List<String>> values) {
    public static final Placeholders NONE = new Placeholders(Map.of());

    public Placeholders {
        Map<String, List<String>> copy = new HashMap<>();
        values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        values = Map.copyOf(copy);
    }
}
