package jp.hinomi.alerting.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Party;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * What is stored about an incident, or the part of it that somebody may see.
 *
 * @param title what the incident is called; empty if the recipient may not see it
 * @param impact the same of its impact
 */
public record Facts(
        Incident incident,
        String title,
        String impact,
        List<AlertFact> alerts,
        List<Party> parties,
        List<TimelineEntry> timeline,
        List<Told> told,
        List<Answered> answered) {
    public Facts {
        alerts = List.copyOf(alerts);
        parties = List.copyOf(parties);
        timeline = List.copyOf(timeline);
        told = List.copyOf(told);
        answered = List.copyOf(answered);
    }

    /** The most restricted of what the words about the whole may tell of. */
    Tlp label() {
        return alerts.stream()
                .map(AlertFact::tlp)
                .filter(tlp -> tlp.compareTo(incident.tlp()) > 0)
                .max(java.util.Comparator.naturalOrder())
                .orElse(incident.tlp());
    }

    /** The same with those entries instead. */
    public Facts with(List<TimelineEntry> entries) {
        return new Facts(incident, title, impact, alerts, parties, entries, told, answered);
    }

    /**
     * @param count of events, of which {@code kept} are stored
     * @param resources ids with the parts they played
     * @param told ids of the stakeholders who were told, and of what; of what goes to one of them only its own
     */
    public record AlertFact(
            String id,
            String titleJa,
            String titleEn,
            Severity severity,
            Tlp tlp,
            Instant raised,
            Instant first,
            Instant last,
            long count,
            long kept,
            Map<String, String> group,
            Map<String, List<String>> resources,
            Map<String, Scope> told,
            List<Indicator> indicators) {
        public String title(String language) {
            return "ja".equals(language) ? titleJa : titleEn;
        }
    }

    public record Indicator(String field, String value, String name, String feed, Tlp tlp) {}

    /** A message that arrived, or did not. */
    public record Told(
            String alertId, String stakeholder, String contact, String channel, Instant at, boolean arrived, Tlp tlp) {}

    /**
     * @param kind {@code ack}, {@code not-ours} or {@code help}
     * @param stakeholder absent if an account answered
     */
    public record Answered(
            String alertId, String kind, Optional<String> stakeholder, String who, String note, Instant at, Tlp tlp) {}
}
