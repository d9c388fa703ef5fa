package jp.hinomi.alerting.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.masking.Mask;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.alerting.routing.SelectorFinder;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.City;
import jp.hinomi.city.Duty;
import jp.hinomi.city.Role;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Tlp;

/**
 * What one recipient sees of the evidence: events that touch what it answers for or nothing that anybody does, without data about
 * people unless it is their controller, and of threat intelligence what its label lets it see. The promoter sees the events of all.
 * Pure.
 */
final class Sight {
    private final Alert alert;
    private final List<Boolean> visible;
    private final Mask mask;
    private final KnownThreats threats;

    private Sight(Alert alert, List<Boolean> visible, Mask mask, Tlp clearance) {
        this.alert = alert;
        this.visible = visible;
        this.mask = mask;
        this.threats = new KnownThreats(alert, visible, clearance);
    }

    static Sight of(City city, SelectorFinder selectors, Alert alert, Recipient recipient) {
        return of(city, selectors, alert, recipient.stakeholder(), recipient.scope(), recipient.clearance());
    }

    /** @param scope of what the alert touches what it answers for or was told of */
    static Sight of(
            City city, SelectorFinder selectors, Alert alert, Stakeholder stakeholder, Scope scope, Tlp clearance) {
        Set<String> touched =
                alert.resources().stream().map(Alert.AffectedResource::id).collect(Collectors.toSet());
        boolean all = stakeholder.role() == Role.PROMOTER || scope.coversAll(touched);
        // What was taken out of the map selects nothing any more: what hit it would look like nobody's.
        boolean known = touched.stream()
                .allMatch(id -> scope.covers(id) || city.resources().containsKey(id));
        List<Boolean> visible = new ArrayList<>();
        for (Alert.Evidence evidence : alert.evidence()) {
            visible.add(all || concerns(selectors, evidence, scope, known));
        }
        LocalDate day = Instant.ofEpochMilli(alert.time()).atZone(city.zone()).toLocalDate();
        boolean controller = city.responsibilities().stream()
                .anyMatch(entry -> entry.duty() == Duty.DATA_CONTROLLER
                        && entry.isValidOn(day)
                        && entry.stakeholder().equals(stakeholder.id())
                        && touched.contains(entry.resource()));
        return new Sight(
                alert,
                visible,
                new Mask(controller ? Set.of() : city.notification().masking()),
                clearance);
    }

    private static boolean concerns(SelectorFinder selectors, Alert.Evidence evidence, Scope scope, boolean known) {
        Set<String> of = selectors.resolve(evidence.event()).stream()
                .map(touched -> touched.resource().id())
                .collect(Collectors.toSet());
        return of.isEmpty() ? known : of.stream().anyMatch(scope::covers);
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
        alert.group().forEach((field, value) -> {
            if (!KnownThreats.isField(field) || threats.areAllShown()) {
                group.put(field, mask.field(field, value));
            }
        });
        return group;
    }

    /** What threat intelligence knows of the evidence that is shown, as far as it may be shown itself. */
    List<Map<String, Object>> indicators() {
        return threats.shown();
    }

    /** An event whose text is all of its fields: without those that may not be shown. */
    String fields(SecurityEvent event) {
        return mask.event(threats.cut(
                        (ObjectNode) Columns.tree(new String(EventJson.write(event), StandardCharsets.UTF_8))))
                .toString();
    }

    /** The alert as it came, without what may not be shown. */
    String json(String json) {
        boolean whole = visible.stream().allMatch(one -> one);
        if (whole && mask.isOff() && threats.areAllShown()) {
            return json;
        }
        ObjectNode body = (ObjectNode) Columns.tree(json);
        ArrayNode shown = body.arrayNode();
        JsonNode evidence = body.path("evidence");
        for (int i = 0; i < evidence.size(); i++) {
            if (i < visible.size() && visible.get(i)) {
                shown.add(
                        evidence.get(i) instanceof ObjectNode event ? mask.event(threats.cut(event)) : evidence.get(i));
            }
        }
        body.set("evidence", shown);
        if (evidence.size() > shown.size()) {
            body.put("evidence_withheld", evidence.size() - shown.size());
        }
        if (body.get("group") instanceof ObjectNode group) {
            group.removeAll();
            group().forEach(group::put);
        }
        if (body.get("indicators") instanceof ArrayNode indicators && !threats.areAllShown()) {
            int before = indicators.size();
            body.set("indicators", threats.cut(indicators));
            body.put("indicators_withheld", before - body.get("indicators").size());
        }
        return body.toString();
    }
}
