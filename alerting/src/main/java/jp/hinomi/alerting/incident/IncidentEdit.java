package jp.hinomi.alerting.incident;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import jp.hinomi.city.report.Circumstance;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/** What is to be otherwise; what is absent stays. @param lead an empty text takes the lead away */
public record IncidentEdit(
        Optional<String> title,
        Optional<Incident.Status> status,
        Optional<Severity> severity,
        Optional<Tlp> tlp,
        Optional<String> impact,
        Optional<String> lead,
        Optional<Set<Circumstance>> circumstances,
        Optional<Instant> aware) {
    /** Longer texts belong into attachments. */
    public static final int TITLE = 300;

    public static final int IMPACT = 10_000;

    static final int LEAD = 100;

    public IncidentEdit {
        title.ifPresent(text -> check(text.isBlank(), CaseworkRefusal.Why.TITLE_EMPTY));
        title.ifPresent(text -> check(text.length() > TITLE, CaseworkRefusal.Why.TITLE_LONG, TITLE));
        impact.ifPresent(text -> check(text.length() > IMPACT, CaseworkRefusal.Why.IMPACT_LONG, IMPACT));
        lead.ifPresent(text -> check(text.length() > LEAD, CaseworkRefusal.Why.LEAD_LONG, LEAD));
    }

    private static void check(boolean wrong, CaseworkRefusal.Why why, Object... details) {
        if (wrong) {
            throw new CaseworkRefusal(why, details);
        }
    }

    Incident apply(Incident before) {
        return new Incident(
                before.id(),
                before.number(),
                title.map(IncidentText::line).orElse(before.title()),
                status.orElse(before.status()),
                severity.orElse(before.severity()),
                tlp.orElse(before.tlp()),
                impact.map(IncidentText::clean).orElse(before.impact()),
                lead.isEmpty() ? before.lead() : lead.map(IncidentText::line).filter(text -> !text.isEmpty()),
                circumstances.orElse(before.circumstances()),
                aware.orElse(before.aware()),
                before.openedBy(),
                before.openedAt(),
                before.updatedAt());
    }
}
