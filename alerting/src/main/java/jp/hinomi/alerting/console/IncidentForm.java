package jp.hinomi.alerting.console;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.city.report.Circumstance;

/**
 * What the form of an incident holds, also while it cannot be saved: nothing that was typed is lost.
 *
 * @param aware local time to the minute, as browsers write it
 * @param seen see {@link Incidents#fingerprint}
 */
public record IncidentForm(
        String title,
        String status,
        String severity,
        String tlp,
        String impact,
        String lead,
        String aware,
        Set<String> circumstances,
        String seen) {
    public IncidentForm {
        circumstances = Set.copyOf(circumstances);
    }

    static IncidentForm of(Incident incident, ZoneId zone) {
        return new IncidentForm(
                incident.title(),
                incident.status().word(),
                incident.severity().word(),
                incident.tlp().word(),
                incident.impact(),
                incident.lead().orElse(""),
                LocalDateTime.ofInstant(incident.aware(), zone)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString(),
                incident.circumstances().stream().map(Circumstance::word).collect(Collectors.toSet()),
                Incidents.fingerprint(incident));
    }

    /** The same words, by somebody who has read what is there now. */
    IncidentForm after(Incident now) {
        return new IncidentForm(
                title, status, severity, tlp, impact, lead, aware, circumstances, Incidents.fingerprint(now));
    }

    static Set<String> words(Collection<String> given) {
        return given == null ? Set.of() : Set.copyOf(given);
    }
}
