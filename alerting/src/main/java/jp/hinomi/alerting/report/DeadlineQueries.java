package jp.hinomi.alerting.report;

import java.util.Comparator;
import java.util.List;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.Incidents;
import jp.hinomi.alerting.map.CityInForce;

/** Which reports are due, by what is stored now. Thread-safe. */
public final class DeadlineQueries {
    private final Incidents incidents;
    private final Reports reports;
    private final CityInForce city;

    public DeadlineQueries(Incidents incidents, Reports reports, CityInForce city) {
        this.incidents = incidents;
        this.reports = reports;
        this.city = city;
    }

    public List<Deadline> of(Incident incident) {
        return Deadlines.of(city.get(), incident, incidents.parties(incident), reports.of(incident));
    }

    /** Of every incident that is not closed, those that are due first first. */
    public List<Deadline> live() {
        return incidents.reportable().stream()
                .flatMap(incident -> of(incident).stream())
                .sorted(Comparator.comparing(Deadline::due))
                .toList();
    }
}
