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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import jp.hinomi.alerting.masking.Mask;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.alerting.routing.SelectorFinder;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver.Touched;
import jp.hinomi.city.Role;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Tlp;

/**
 * What one recipient sees of the evidence: events that touch what it answers for or nothing that anybody does, each without data about
 * people unless it is their controller ({@link Controllers}), and of threat intelligence what its label lets it see. The promoter
 * sees the events of all. Pure.
 */
final class Sight {
    private final Alert alert;
    /** Of each piece of evidence; null where it is not shown. */
    private final List<Mask> masks;

    private final Mask others;
    private final KnownThreats threats;

    private Sight(Alert alert, List<Mask> masks, Mask others, Tlp clearance) {
        this.alert = alert;
        this.masks = masks;
        this.others = others;
        this.threats =
                new KnownThreats(alert, masks.stream().map(Objects::nonNull).toList(), clearance);
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
        LocalDate day = Instant.ofEpochMilli(alert.time()).atZone(city.zone()).toLocalDate();
        Controllers controllers = new Controllers(city, day, stakeholder.id());
        boolean controller = controllers.isAny();
        Mask hidden = new Mask(city.notification().masking());
        Mask open = new Mask(Set.of());
        List<Mask> masks = new ArrayList<>();
        for (Alert.Evidence evidence : alert.evidence()) {
            List<Touched> line = all && !controller ? List.of() : selectors.resolve(evidence.event());
            boolean visible = all || concerns(line, scope, known);
            masks.add(visible ? controller && controllers.seesPeopleIn(line) ? open : hidden : null);
        }
        return new Sight(alert, masks, hidden, clearance);
    }

    private static boolean concerns(List<Touched> line, Scope scope, boolean known) {
        return line.isEmpty()
                ? known
                : line.stream()
                        .anyMatch(touched -> scope.covers(touched.resource().id()));
    }

    /** A piece of evidence that may be shown. @param mask over what it says of people */
    record Line(Alert.Evidence evidence, Mask mask) {}

    /** What may be shown, in the order of the alert. */
    List<Line> lines() {
        List<Line> shown = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            if (masks.get(i) != null) {
                shown.add(new Line(alert.evidence().get(i), masks.get(i)));
            }
        }
        return shown;
    }

    /** Values that several lines have in common: a person is named there only where a line that is shown names it. */
    Map<String, String> group() {
        Map<String, String> group = new LinkedHashMap<>();
        alert.group().forEach((field, value) -> {
            if (!KnownThreats.isField(field) || threats.areAllShown()) {
                group.put(field, isNamed(field, value) ? value : others.field(field, value));
            }
        });
        return group;
    }

    private boolean isNamed(String field, String value) {
        return lines().stream()
                .anyMatch(line -> line.mask().isOff()
                        && KnownThreats.values(line.evidence().event(), Fields.of(field))
                                .contains(value));
    }

    /** What threat intelligence knows of the evidence that is shown, as far as it may be shown itself. */
    List<Map<String, Object>> indicators() {
        return threats.shown();
    }

    /** An event whose text is all of its fields: without those that may not be shown. */
    String fields(Line line) {
        SecurityEvent event = line.evidence().event();
        return line.mask()
                .event(threats.cut(
                        (ObjectNode) Columns.tree(new String(EventJson.write(event), StandardCharsets.UTF_8))))
                .toString();
    }

    /** The alert as it came, without what may not be shown. */
    String json(String json) {
        boolean whole = masks.stream().allMatch(mask -> mask != null && mask.isOff());
        if (whole && threats.areAllShown() && group().equals(alert.group())) {
            return json;
        }
        ObjectNode body = (ObjectNode) Columns.tree(json);
        ArrayNode shown = body.arrayNode();
        JsonNode evidence = body.path("evidence");
        for (int i = 0; i < evidence.size(); i++) {
            Mask mask = i < masks.size() ? masks.get(i) : null;
            if (mask != null) {
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
