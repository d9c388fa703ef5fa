package jp.hinomi.alerting.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.SelectorFinder;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.events.Alert;

/**
 * What one recipient sees of the evidence: events that touch what it answers for or nothing that anybody does, without data about
 * people unless it is their controller. The promoter sees the events of all. Pure.
 */
final class Sight {
    private final Alert alert;
    private final List<Boolean> visible;
    private final Mask mask;

    private Sight(Alert alert, List<Boolean> visible, Mask mask) {
        this.alert = alert;
        this.visible = visible;
        this.mask = mask;
    }

    static Sight of(City city, SelectorFinder selectors, Alert alert, Recipient recipient) {
        Set<String> touched =
                alert.resources().stream().map(Alert.AffectedResource::id).collect(Collectors.toSet());
        boolean all = recipient.stakeholder().role() == Role.PROMOTER
                || recipient.resources().isEmpty()
                || recipient.resources().containsAll(touched);
        List<Boolean> visible = new ArrayList<>();
        for (Alert.Evidence evidence : alert.evidence()) {
            visible.add(all || concerns(selectors, evidence, recipient.resources()));
        }
        boolean controller = city.responsibilities().stream()
                .anyMatch(entry -> entry.duty() == Duty.DATA_CONTROLLER
                        && entry.stakeholder().equals(recipient.stakeholder().id())
                        && touched.contains(entry.resource()));
        return new Sight(
                alert,
                visible,
                new Mask(controller ? Set.of() : city.notification().masking()));
    }

    private static boolean concerns(SelectorFinder selectors, Alert.Evidence evidence, Set<String> resources) {
        Set<String> of = selectors.resolve(evidence.event()).stream()
                .map(touched -> touched.resource().id())
                .collect(Collectors.toSet());
        return of.isEmpty() || of.stream().anyMatch(resources::contains);
    }

    /** What may be shown, in the order of the alert. */
    List<Alert.Evidence> evidence() {
        List<Alert.Evidence> shown = new ArrayList<>();
        for (int i = 0; i < visible.size(); i++) {
            if (visible.get(i)) {
                shown.add(alert.evidence().get(i));
            }
        }
        return shown;
    }

    Mask mask() {
        return mask;
    }

    Map<String, String> group() {
        Map<String, String> group = new LinkedHashMap<>();
        alert.group().forEach((field, value) -> group.put(field, mask.field(field, value)));
        return group;
    }

    /** The alert as it came, without what may not be shown. */
    String json(String json) {
        boolean whole = visible.stream().allMatch(one -> one);
        if (whole && mask.isOff()) {
            return json;
        }
        ObjectNode body = (ObjectNode) Columns.tree(json);
        ArrayNode shown = body.arrayNode();
        JsonNode evidence = body.path("evidence");
        for (int i = 0; i < evidence.size(); i++) {
            if (i < visible.size() && visible.get(i)) {
                shown.add(
                        evidence.get(i) instanceof ObjectNode event && !mask.isOff()
                                ? mask.event(event)
                                : evidence.get(i));
            }
        }
        body.set("evidence", shown);
        if (evidence.size() > shown.size()) {
            body.put("evidence_withheld", evidence.size() - shown.size());
        }
        if (body.get("group") instanceof ObjectNode group) {
            group().forEach(group::put);
        }
        return body.toString();
    }
}
