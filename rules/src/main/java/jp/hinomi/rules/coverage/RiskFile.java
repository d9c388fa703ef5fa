package jp.hinomi.rules.coverage;

import java.util.List;
import java.util.Map;

/**
 * What {@code *.coverage.yml} says.
 *
 * @param incidents by the guideline's number, in words of our own by language
 */
public record RiskFile(Map<Integer, Map<String, String>> incidents, List<RiskEntry> entries) {
    public static final RiskFile NONE = new RiskFile(Map.of(), List.of());

    public RiskFile {
        incidents = Map.copyOf(incidents);
        entries = List.copyOf(entries);
    }
}
