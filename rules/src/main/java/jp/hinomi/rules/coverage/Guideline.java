package jp.hinomi.rules.coverage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The smart-city security guideline as facts: its controls, its risks (Appendix B), and which control answers which.
 *
 * @param controls by id in lower case, the layers they apply to, in the guideline's order
 * @param risks in order of their numbers, which begin at 1
 */
public record Guideline(Map<String, List<String>> controls, List<Risk> risks) {
    /** The categories of the guideline, outermost first. */
    public static final List<String> LAYERS = List.of("governance", "service", "city-os", "asset");

    private static final Guideline STANDARD = load();

    /** @param incident number of what happens if the weakness is used, in order of first appearance */
    public record Risk(int number, int incident, List<String> controls) {
        public Risk {
            controls = List.copyOf(controls);
        }
    }

    public Guideline {
        controls = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(controls));
        risks = List.copyOf(risks);
    }

    public static Guideline standard() {
        return STANDARD;
    }

    public int incidents() {
        return risks.stream().mapToInt(Risk::incident).max().orElse(0);
    }

    private static Guideline load() {
        Map<String, List<String>> controls = new LinkedHashMap<>();
        Tables.rows("controls.csv").forEach(row -> controls.put(row[0], List.of(row[1].split(" "))));
        List<Risk> risks = Tables.rows("risks.csv").stream()
                .map(row -> new Risk(Integer.parseInt(row[0]), Integer.parseInt(row[1]), List.of(row[2].split(" "))))
                .toList();
        return new Guideline(controls, risks);
    }
}
