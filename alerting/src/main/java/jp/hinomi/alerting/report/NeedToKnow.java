package jp.hinomi.alerting.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jp.hinomi.alerting.incident.Party;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Tlp;

/**
 * Cuts what is stored down to what a recipient may see. An office sees the whole incident as far as its clearance goes; a
 * stakeholder sees its own part: alerts that hit what it answers for or that it was told of, of their resources its own, and
 * messages and answers of its own. Stateless.
 */
public final class NeedToKnow {
    private NeedToKnow() {}

    /** What an office may see that is cleared up to there. */
    public static Facts ofOffice(Facts facts, Tlp clearance) {
        boolean whole = facts.label().compareTo(clearance) <= 0;
        return new Facts(
                facts.incident(),
                whole ? facts.title() : "",
                whole ? facts.impact() : "",
                facts.alerts().stream()
                        .filter(alert -> alert.tlp().compareTo(clearance) <= 0)
                        .map(alert -> cleared(alert, clearance))
                        .toList(),
                facts.parties(),
                facts.timeline().stream()
                        .filter(entry -> entry.tlp().compareTo(clearance) <= 0)
                        .toList(),
                facts.told().stream()
                        .filter(told -> told.tlp().compareTo(clearance) <= 0)
                        .toList(),
                facts.answered().stream()
                        .filter(answered -> answered.tlp().compareTo(clearance) <= 0)
                        .toList());
    }

    /** What a stakeholder may see that is cleared up to there. @param cut what a message to it would show of an alert */
    public static Facts ofStakeholder(Facts facts, String stakeholder, Tlp clearance, AlertCut cut) {
        Facts cleared = ofOffice(facts, clearance);
        Set<String> own = facts.parties().stream()
                .filter(party -> party.stakeholder().equals(stakeholder))
                .flatMap(party -> party.scope().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<Facts.AlertFact> alerts = cleared.alerts().stream()
                .filter(alert -> alert.told().containsKey(stakeholder)
                        || alert.resources().keySet().stream().anyMatch(own::contains))
                .map(alert -> part(alert, stakeholder, scope(alert, stakeholder, own), clearance, cut))
                .toList();
        // Words about the whole are for those whose part is the whole.
        boolean whole = facts.alerts().size() == alerts.size()
                && facts.alerts().stream()
                        .allMatch(alert -> scope(alert, stakeholder, own)
                                .coversAll(alert.resources().keySet()));
        return new Facts(
                facts.incident(),
                whole ? cleared.title() : "",
                whole ? cleared.impact() : "",
                alerts,
                facts.parties().stream()
                        .flatMap(party -> within(party, own).stream())
                        .toList(),
                cleared.timeline().stream()
                        .filter(entry ->
                                entry.visibleTo().isEmpty() || entry.visibleTo().contains(stakeholder))
                        .toList(),
                cleared.told().stream()
                        .filter(told -> told.stakeholder().equals(stakeholder))
                        .toList(),
                cleared.answered().stream()
                        .filter(answered -> answered.stakeholder().equals(Optional.of(stakeholder)))
                        .toList());
    }

    /** What it answers for, and what it was told of besides. */
    private static Scope scope(Facts.AlertFact alert, String stakeholder, Set<String> own) {
        return Scope.of(own).and(alert.told().getOrDefault(stakeholder, Scope.NONE));
    }

    private static Facts.AlertFact cleared(Facts.AlertFact alert, Tlp clearance) {
        List<Facts.Indicator> indicators = alert.indicators().stream()
                .filter(indicator -> indicator.tlp().compareTo(clearance) <= 0)
                .toList();
        return with(alert, alert.group(), alert.resources(), alert.told(), indicators);
    }

    private static Facts.AlertFact part(
            Facts.AlertFact alert, String stakeholder, Scope scope, Tlp clearance, AlertCut cut) {
        Alert seen = cut.of(alert.id(), stakeholder, scope, clearance);
        return with(
                alert,
                seen.group(),
                only(alert.resources(), scope::covers),
                Map.of(stakeholder, scope),
                alert.indicators().stream()
                        .filter(indicator -> seen.indicators().stream()
                                .anyMatch(shown -> indicator.field().equals(shown.get("field"))
                                        && indicator.value().equals(shown.get("value"))))
                        .toList());
    }

    private static Facts.AlertFact with(
            Facts.AlertFact alert,
            Map<String, String> group,
            Map<String, List<String>> resources,
            Map<String, Scope> told,
            List<Facts.Indicator> indicators) {
        return new Facts.AlertFact(
                alert.id(),
                alert.titleJa(),
                alert.titleEn(),
                alert.severity(),
                alert.tlp(),
                alert.raised(),
                alert.first(),
                alert.last(),
                alert.count(),
                alert.kept(),
                group,
                resources,
                told,
                indicators);
    }

    private static Map<String, List<String>> only(Map<String, List<String>> resources, Predicate<String> own) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        resources.forEach((id, parts) -> {
            if (own.test(id)) {
                kept.put(id, parts);
            }
        });
        return kept;
    }

    /** Who else answers for the same resources is no secret among them. */
    private static Optional<Party> within(Party party, Set<String> own) {
        Map<String, List<String>> scope = only(party.scope(), own::contains);
        return scope.isEmpty() ? Optional.empty() : Optional.of(new Party(party.stakeholder(), scope, party.tlp()));
    }
}
