package jp.hinomi.alerting.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * An alert in a list.
 *
 * @param seq order of arrival
 * @param status whether somebody acknowledged it
 * @param resources ids, targets first
 * @param stakeholders ids of those who were told
 * @param sent deliveries by state
 * @param work {@code open}, {@code acknowledged}, {@code in-progress} or {@code closed}: what became of it so far
 * @param version counts the steps of triage
 * @param nextStepAt when the next is told if nobody answers; absent if nobody is waited for
 * @param underWay a step for many that is to be done with this one too
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
        boolean gap,
        String rule,
        String ruleName,
        String work,
        Optional<String> assignee,
        Optional<String> verdict,
        int version,
        Optional<Instant> nextStepAt,
        Optional<String> underWay) {
    public String title(String language) {
        return "ja".equals(language) ? titleJa : titleEn;
    }
}
