package jp.hinomi.alerting.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * An alert in a list.
 *
 * @param seq order of arrival
 * @param resources ids, targets first
 * @param stakeholders ids of those who were told
 * @param sent deliveries by state
 */
public record AlertRow(
        String id,
        long seq,
        int revision,
        String titleJa,
        String titleEn,
        Severity severity,
        Tlp tlp,
        String status,
        Map<String, String> group,
        List<String> resources,
        List<String> stakeholders,
        long count,
        Instant raisedAt,
        Instant firstSeen,
        Instant lastSeen,
        Instant receivedAt,
        int sent,
        int waiting,
        int dead,
        boolean gap) {
    public String title(String language) {
        return "ja".equals(language) ? titleJa : titleEn;
    }
}
