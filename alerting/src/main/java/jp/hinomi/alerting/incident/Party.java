package jp.hinomi.alerting.incident;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jp.hinomi.events.Tlp;

/**
 * A stakeholder with a part in an incident.
 *
 * @param scope duties by resource, as the map said when the alert was attached
 * @param tlp the most restricted that it may see
 */
public record Party(String stakeholder, Map<String, List<String>> scope, Tlp tlp) {
    public Party {
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(tlp, "tlp");
        scope = new TreeMap<>(scope);
    }
}
