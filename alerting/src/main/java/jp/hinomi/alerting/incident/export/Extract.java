package jp.hinomi.alerting.incident.export;

import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.incident.join.Entity;
import jp.hinomi.alerting.incident.work.Judgement;
import jp.hinomi.alerting.incident.work.Task;
import jp.hinomi.alerting.report.Facts;
import jp.hinomi.events.Tlp;

/**
 * What somebody may have of an incident: all outputs are made of it and know nothing else.
 *
 * @param title empty if it was left out
 * @param tlp the most restricted label of what is in it
 * @param history entries of the timeline, corrections and what they correct included, in the order in which they were written
 * @param files of evidence, of which the bytes are elsewhere
 * @param judgement absent if it was left out
 */
record Extract(
        Audience audience,
        Incident incident,
        String title,
        String impact,
        Tlp tlp,
        List<Seen> alerts,
        List<String> parties,
        List<TimelineEntry> history,
        List<EvidenceFile> files,
        List<Task> tasks,
        Optional<Judgement> judgement,
        LeftOut leftOut) {
    Extract {
        alerts = List.copyOf(alerts);
        parties = List.copyOf(parties);
        history = List.copyOf(history);
        files = List.copyOf(files);
        tasks = List.copyOf(tasks);
    }

    /** @param entities what the events name that they may see */
    record Seen(Facts.AlertFact alert, List<Entity> entities) {
        Seen {
            entities = List.copyOf(entities);
        }
    }

    /** What counts now, in the order in which it happened. */
    List<TimelineEntry> timeline() {
        java.util.Set<Long> corrected = new java.util.HashSet<>();
        history.forEach(entry -> entry.supersedes().ifPresent(corrected::add));
        return history.stream()
                .filter(entry -> !corrected.contains(entry.id()))
                .sorted(java.util.Comparator.comparing(TimelineEntry::occurred).thenComparing(TimelineEntry::id))
                .toList();
    }
}
