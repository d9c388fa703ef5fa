package jp.hinomi.alerting.report;

import java.util.List;
import jp.hinomi.alerting.incident.TimelineEntry;

/**
 * What a draft was filled in of. When something of it becomes more restricted than the recipient may see, the draft must not go out
 * as it is.
 *
 * @param words whether the words about the whole incident are among it
 * @param alerts ids
 * @param entries ids, of the timeline
 */
record Basis(boolean words, List<String> alerts, List<Long> entries) {
    Basis {
        alerts = List.copyOf(alerts);
        entries = List.copyOf(entries);
    }

    /** Of what the recipient may see. */
    static Basis of(Facts seen) {
        return new Basis(
                !seen.title().isEmpty(),
                seen.alerts().stream().map(Facts.AlertFact::id).toList(),
                seen.timeline().stream().map(TimelineEntry::id).toList());
    }
}
