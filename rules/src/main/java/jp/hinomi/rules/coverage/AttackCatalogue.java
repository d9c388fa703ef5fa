package jp.hinomi.rules.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The techniques of MITRE ATT&CK and the tactics they serve, for enterprises and for control systems. */
public final class AttackCatalogue {
    /** The order in which an attack goes on, as ATT&CK has it. */
    private static final Map<String, List<String>> TACTICS = tactics();

    private static final AttackCatalogue STANDARD = new AttackCatalogue();

    /**
     * @param matrix {@code enterprise} or {@code ics}
     * @param name as MITRE has it, in English
     */
    public record Technique(String id, String matrix, List<String> tactics, String name) {
        public Technique {
            tactics = List.copyOf(tactics);
        }

        /** Whether it is a kind of another technique. */
        public boolean isPart() {
            return id.indexOf('.') > 0;
        }
    }

    private final Map<String, Technique> techniques = new TreeMap<>();

    private AttackCatalogue() {
        Tables.rows("attack.csv")
                .forEach(row ->
                        techniques.put(row[0], new Technique(row[0], row[1], List.of(row[2].split(" ")), row[3])));
    }

    public static AttackCatalogue standard() {
        return STANDARD;
    }

    /** Tactics by matrix, in order. */
    public Map<String, List<String>> matrices() {
        return TACTICS;
    }

    /** @param id in lower case: {@code t1110.001} */
    public Optional<Technique> technique(String id) {
        return Optional.ofNullable(techniques.get(id));
    }

    /** The techniques of a tactic that are no kinds of others, by id. */
    public List<Technique> techniques(String matrix, String tactic) {
        List<Technique> found = new ArrayList<>();
        for (Technique technique : techniques.values()) {
            if (!technique.isPart()
                    && technique.matrix().equals(matrix)
                    && technique.tactics().contains(tactic)) {
                found.add(technique);
            }
        }
        return found;
    }

    private static Map<String, List<String>> tactics() {
        Map<String, List<String>> tactics = new LinkedHashMap<>();
        tactics.put(
                "enterprise",
                List.of(
                        "reconnaissance",
                        "resource-development",
                        "initial-access",
                        "execution",
                        "persistence",
                        "privilege-escalation",
                        "defense-evasion",
                        "credential-access",
                        "discovery",
                        "lateral-movement",
                        "collection",
                        "command-and-control",
                        "exfiltration",
                        "impact"));
        tactics.put(
                "ics",
                List.of(
                        "initial-access",
                        "execution",
                        "persistence",
                        "privilege-escalation",
                        "evasion",
                        "discovery",
                        "lateral-movement",
                        "collection",
                        "command-and-control",
                        "inhibit-response-function",
                        "impair-process-control",
                        "impact"));
        return java.util.Collections.unmodifiableMap(tactics);
    }
}
