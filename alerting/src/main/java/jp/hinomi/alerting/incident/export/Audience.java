package jp.hinomi.alerting.incident.export;

import java.util.Objects;
import java.util.Optional;
import jp.hinomi.alerting.incident.CaseworkRefusal;
import jp.hinomi.city.City;
import jp.hinomi.city.Role;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Tlp;

/**
 * Whom an export is for.
 *
 * @param stakeholder who sees only its own part; absent for whoever may see all that the clearance allows
 * @param clearance the most restricted information that goes into it
 */
public record Audience(Optional<Stakeholder> stakeholder, Tlp clearance) {
    public Audience {
        Objects.requireNonNull(stakeholder, "stakeholder");
        Objects.requireNonNull(clearance, "clearance");
    }

    /**
     * Nobody gets more than the promoter, whose people make exports, may see itself.
     *
     * @param to id of a stakeholder; empty = the promoter's own people
     * @param tlp the most restricted label that may go in; empty = what the stakeholder may see
     * @throws IllegalArgumentException if there is no such stakeholder, or no such label
     */
    public static Audience of(City city, String to, String tlp) {
        Stakeholder given = to.isBlank() ? city.promoter() : city.stakeholders().get(to.strip());
        if (given == null) {
            throw new CaseworkRefusal(CaseworkRefusal.Why.EXPORT_STAKEHOLDER, to.strip());
        }
        Tlp clearance = least(given.maxTlp(), city.promoter().maxTlp());
        if (!tlp.isBlank()) {
            clearance = least(clearance, CaseworkRefusal.tlp(tlp.strip()));
        }
        // The promoter leads: nothing is kept from it but by its clearance.
        return new Audience(given.role() == Role.PROMOTER ? Optional.empty() : Optional.of(given), clearance);
    }

    private static Tlp least(Tlp one, Tlp other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    boolean sees(Tlp label) {
        return label.compareTo(clearance) <= 0;
    }

    /** What a label becomes of something whose restricted words were taken out. */
    Tlp label(Tlp label) {
        return least(label, clearance);
    }

    /** For names of files, and so that what was cut for somebody has an id of its own: {@code vendor-AMBER}. */
    String key() {
        return stakeholder.map(known -> known.id() + "-").orElse("") + clearance.word();
    }
}
