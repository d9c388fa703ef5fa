package jp.hinomi.alerting.incident.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Timeline;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.incident.evidence.EvidenceFiles;
import jp.hinomi.alerting.incident.join.Entity;
import jp.hinomi.alerting.incident.join.Mention;
import jp.hinomi.alerting.incident.join.Mentions;
import jp.hinomi.alerting.incident.work.Casework;
import jp.hinomi.alerting.incident.work.Judgement;
import jp.hinomi.alerting.incident.work.Task;
import jp.hinomi.alerting.incident.work.Tasks;
import jp.hinomi.alerting.report.AlertCut;
import jp.hinomi.alerting.report.FactQueries;
import jp.hinomi.alerting.report.Facts;
import jp.hinomi.alerting.report.NeedToKnow;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads an incident and leaves out what the audience may not see. Thread-safe. */
public final class Extracts {
    private final JdbcClient jdbc;
    private final FactQueries facts;
    private final Timeline timeline;
    private final Tasks tasks;
    private final Casework casework;
    private final EvidenceFiles evidence;
    private final AlertCut cut;

    public Extracts(
            JdbcClient jdbc,
            FactQueries facts,
            Timeline timeline,
            Tasks tasks,
            Casework casework,
            EvidenceFiles evidence,
            AlertCut cut) {
        this.jdbc = jdbc;
        this.facts = facts;
        this.timeline = timeline;
        this.tasks = tasks;
        this.casework = casework;
        this.evidence = evidence;
        this.cut = cut;
    }

    Extract of(Incident incident, Audience audience) {
        Facts whole = facts.of(incident).with(timeline.history(incident.id()));
        Facts part = audience.stakeholder()
                .map(known -> NeedToKnow.ofStakeholder(whole, known.id(), audience.clearance(), cut))
                .orElseGet(() -> NeedToKnow.ofOffice(whole, audience.clearance()));
        boolean words = !part.title().isEmpty();
        // What is still to be done, and what is thought of it, is the promoter's own.
        boolean own = words && audience.stakeholder().isEmpty();
        List<Task> every = tasks.of(incident);
        Judgement judgement = casework.judgement(incident);
        boolean judged =
                judgement.verdict().isPresent() || !judgement.entryPath().isEmpty();
        List<EvidenceFile> kept = evidence.of(incident);
        List<TimelineEntry> told = part.timeline().stream()
                .filter(entry -> mayReadOf(entry, kept, audience))
                .toList();
        List<TimelineEntry> entries = withoutBroken(whole.timeline(), told).stream()
                .map(entry -> forEyesOf(entry, audience))
                .toList();
        List<Extract.Seen> alerts = seen(incident, part.alerts(), audience);
        List<EvidenceFile> files = kept.stream()
                .filter(file -> maySee(file, audience))
                .map(file -> forEyesOf(file, audience))
                .toList();
        return new Extract(
                audience,
                incident,
                part.title(),
                part.impact(),
                label(incident, alerts, entries, files, audience),
                alerts,
                part.parties().stream().map(party -> party.stakeholder()).toList(),
                entries,
                files,
                own ? every : List.of(),
                own ? Optional.of(judgement) : Optional.empty(),
                new LeftOut(
                        whole.alerts().size() - alerts.size(),
                        whole.timeline().size() - entries.size(),
                        indicators(whole.alerts(), alerts) - indicators(part(alerts), alerts),
                        kept.size() - files.size(),
                        !words || !own && (judged || !every.isEmpty())));
    }

    /** What was corrected is gone for those who may not see the correction, and for them nothing was corrected. */
    private static List<TimelineEntry> withoutBroken(List<TimelineEntry> all, List<TimelineEntry> visible) {
        Map<Long, Long> correctedBy = new HashMap<>();
        all.forEach(entry -> entry.supersedes().ifPresent(before -> correctedBy.put(before, entry.id())));
        Map<Long, TimelineEntry> kept = new LinkedHashMap<>();
        visible.forEach(entry -> kept.put(entry.id(), entry));
        // A correction is younger than what it corrects: from the youngest on, each chain is cut where it breaks.
        for (int i = visible.size() - 1; i >= 0; i--) {
            Long by = correctedBy.get(visible.get(i).id());
            if (by != null && !kept.containsKey(by)) {
                kept.remove(visible.get(i).id());
            }
        }
        return List.copyOf(kept.values());
    }

    /** Who else reads an entry, and which person or whose contact wrote it, is the promoter's business. */
    private static TimelineEntry forEyesOf(TimelineEntry entry, Audience audience) {
        if (audience.stakeholder().isEmpty()) {
            return entry;
        }
        Stakeholder reader = audience.stakeholder().get();
        boolean own = !entry.author().startsWith("account:")
                && (!entry.author().startsWith("contact:")
                        || reader.contacts().stream()
                                .anyMatch(contact -> entry.author().equals("contact:" + contact.id())));
        return entry.forEyesOf(
                entry.visibleTo().isEmpty() ? List.of() : List.of(reader.id()), own ? entry.author() : "other");
    }

    /** As whoever asks for the bytes may have them: what was withdrawn counts for the promoter's own people only. */
    private static boolean maySee(EvidenceFile file, Audience audience) {
        return audience.sees(file.tlp())
                && audience.stakeholder()
                        .map(reader -> !file.isWithdrawn() && file.givenTo().contains(reader.id()))
                        .orElse(true);
    }

    /** An entry names its file: who may not have that any more does not read it either. That one was withdrawn is said. */
    private static boolean mayReadOf(TimelineEntry entry, List<EvidenceFile> kept, Audience audience) {
        Optional<String> id = entry.rawRef()
                .filter(ref -> ref.startsWith("file:"))
                .map(ref -> ref.substring("file:".length()).replaceFirst(":.*", ""));
        return id.isEmpty()
                || kept.stream()
                        .filter(file -> Long.toString(file.id()).equals(id.get()))
                        .allMatch(file -> audience.sees(file.tlp())
                                && audience.stakeholder()
                                        .map(reader -> file.givenTo().contains(reader.id()))
                                        .orElse(true));
    }

    /** Who else has a file, and which person added it, is the promoter's business. */
    private static EvidenceFile forEyesOf(EvidenceFile file, Audience audience) {
        return audience.stakeholder()
                .map(reader -> new EvidenceFile(
                        file.id(),
                        file.incident(),
                        file.name(),
                        file.size(),
                        file.sha256(),
                        file.tlp(),
                        List.of(reader.id()),
                        file.note(),
                        "other",
                        file.addedAt(),
                        file.withdrawal()))
                .orElse(file);
    }

    private static Tlp label(
            Incident incident,
            List<Extract.Seen> alerts,
            List<TimelineEntry> entries,
            List<EvidenceFile> files,
            Audience audience) {
        Tlp most = audience.label(incident.tlp());
        for (Extract.Seen seen : alerts) {
            most = seen.alert().tlp().compareTo(most) > 0 ? seen.alert().tlp() : most;
        }
        for (EvidenceFile file : files) {
            most = file.tlp().compareTo(most) > 0 ? file.tlp() : most;
        }
        for (TimelineEntry entry : entries) {
            most = entry.tlp().compareTo(most) > 0 ? entry.tlp() : most;
        }
        return most;
    }

    private static List<Facts.AlertFact> part(List<Extract.Seen> seen) {
        return seen.stream().map(Extract.Seen::alert).toList();
    }

    /** Those of the alerts that are left. */
    private static int indicators(List<Facts.AlertFact> of, List<Extract.Seen> left) {
        Set<String> ids = part(left).stream().map(Facts.AlertFact::id).collect(Collectors.toSet());
        return of.stream()
                .filter(alert -> ids.contains(alert.id()))
                .mapToInt(alert -> alert.indicators().size())
                .sum();
    }

    private List<Extract.Seen> seen(Incident incident, List<Facts.AlertFact> alerts, Audience audience) {
        return audience.stakeholder()
                .map(known -> alerts.stream()
                        .map(alert -> named(alert, known, audience))
                        .toList())
                .orElseGet(() -> {
                    Map<String, List<Entity>> entities = entities(incident);
                    return alerts.stream()
                            .map(alert -> new Extract.Seen(alert, entities.getOrDefault(alert.id(), List.of())))
                            .toList();
                });
    }

    private Map<String, List<Entity>> entities(Incident incident) {
        Map<String, List<Entity>> entities = new LinkedHashMap<>();
        jdbc.sql("""
                select e.alert_id, e.kind, e.value from incident_alert ia join alert_entity e on e.alert_id = ia.alert_id
                where ia.incident_id = :incident and ia.detached_at is null order by e.alert_id, e.kind, e.value""").param("incident", incident.id()).query(row -> {
            entities.computeIfAbsent(row.getString("alert_id"), any -> new ArrayList<>())
                    .add(new Entity(Entity.Kind.ofWord(row.getString("kind")), row.getString("value")));
        });
        return entities;
    }

    /** What the events name that a message to them would show, masked as a message is. */
    private Extract.Seen named(Facts.AlertFact fact, Stakeholder stakeholder, Audience audience) {
        Alert seen = cut.of(fact.id(), stakeholder.id(), fact.told().get(stakeholder.id()), audience.clearance());
        List<Entity> named = Mentions.of(seen).stream()
                .map(Mention::entity)
                // What answers for is said elsewhere; a mark in place of a name is no name.
                .filter(entity ->
                        entity.kind() != Entity.Kind.RESOURCE && !entity.value().startsWith("["))
                .sorted(Comparator.comparing(Entity::kind).thenComparing(Entity::value))
                .toList();
        return new Extract.Seen(fact, named);
    }
}
