package jp.hinomi.alerting.report;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.text.Refused;
import jp.hinomi.city.City;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.city.report.ReportForm;
import jp.hinomi.events.Tlp;

/**
 * Whom a report goes to.
 *
 * @param id of the stakeholder, or the name of an office that the city's files do not have
 * @param stakeholder absent for such an office
 */
public record Recipient(ReportForm.Kind kind, String id, Map<String, String> name, Optional<Stakeholder> stakeholder) {
    private static final int LONGEST = 200;

    public Recipient {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
        name = Map.copyOf(name);
    }

    /**
     * @param given an id of a stakeholder or a name; empty = the one that the form names
     * @throws Refused if the form wants a stakeholder and there is none of that id, or nobody is named
     */
    public static Recipient of(City city, ReportForm form, String given) {
        String id = given.isBlank() ? form.recipient().stakeholder().orElse("") : given.strip();
        Stakeholder known = city.stakeholders().get(id);
        if (known != null) {
            return new Recipient(form.recipient().kind(), id, known.name(), Optional.of(known));
        }
        if (form.recipient().kind() == ReportForm.Kind.STAKEHOLDER) {
            throw id.isEmpty()
                    ? new Refused(ReportReason.NO_RECIPIENT)
                    : new Refused(ReportReason.RECIPIENT_UNKNOWN, id);
        }
        if (id.isEmpty() && form.recipient().name().isEmpty()) {
            throw new Refused(ReportReason.RECIPIENT_MISSING);
        }
        if (id.length() > LONGEST) {
            throw new Refused(ReportReason.RECIPIENT_LONG, LONGEST);
        }
        Map<String, String> name =
                id.isEmpty() || id.equals(ReportForm.in(form.recipient().name(), "ja"))
                        ? form.recipient().name()
                        : Map.of("ja", id, "en", id);
        return new Recipient(form.recipient().kind(), ReportForm.in(name, "ja"), name, Optional.empty());
    }

    public String name(String language) {
        return ReportForm.in(name, language);
    }

    /** An office that the city's files do not have may see what the form allows. */
    Tlp clearance(ReportForm form) {
        Tlp own = stakeholder.map(Stakeholder::maxTlp).orElse(form.maxTlp());
        return own.compareTo(form.maxTlp()) < 0 ? own : form.maxTlp();
    }

    /** What of the incident goes to it. */
    Facts sees(Facts facts, ReportForm form, AlertCut cut) {
        return kind == ReportForm.Kind.STAKEHOLDER
                ? NeedToKnow.ofStakeholder(facts, id, clearance(form), cut)
                : NeedToKnow.ofOffice(facts, clearance(form));
    }

    /** The language of the stakeholder; offices that are not known are Japanese. */
    public String language() {
        return stakeholder
                .map(known -> "ja".equals(known.locale()) ? "ja" : "en")
                .orElse("ja");
    }
}
