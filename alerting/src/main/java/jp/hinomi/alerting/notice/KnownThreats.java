package jp.hinomi.alerting.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.MatchedIndicators;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Tlp;

/**
 * What threat intelligence says of an alert, cut down like the evidence that it was found in. Whoever gave it labels it by
 * itself, often stricter than the alert; and of what it says about others' systems nobody learns that does not see their
 * log lines. Immutable.
 */
final class KnownThreats {
    private static final String PREFIX = "threat.";
    private static final Field LABEL = Fields.of("threat.indicator.marking.tlp");

    private final Alert alert;
    private final Tlp clearance;

    /** Of each indicator of the alert. */
    private final List<Boolean> shown = new ArrayList<>();

    /** @param visible of each piece of evidence, whether it is shown */
    KnownThreats(Alert alert, List<Boolean> visible, Tlp clearance) {
        this.alert = alert;
        this.clearance = clearance;
        boolean whole = visible.stream().allMatch(one -> one);
        for (Map<String, Object> indicator : alert.indicators()) {
            shown.add(mayBeSeen(indicator) && (whole || wasFoundIn(visible, indicator)));
        }
    }

    static boolean isField(String name) {
        return name.startsWith(PREFIX);
    }

    private boolean mayBeSeen(Map<String, Object> indicator) {
        return mayBeSeen(String.valueOf(indicator.getOrDefault("tlp", "")));
    }

    /** An indicator without a label we know has that of the alert, as whoever made the alert saw it. */
    private boolean mayBeSeen(String label) {
        Tlp own;
        try {
            own = Tlp.ofWord(label);
        } catch (IllegalArgumentException e) {
            own = alert.tlp();
        }
        return own.compareTo(clearance) <= 0;
    }

    /** Of evidence that the alert did not keep nobody knows whose it was: it counts as somebody else's. */
    private boolean wasFoundIn(List<Boolean> visible, Map<String, Object> indicator) {
        Field field = Fields.of(String.valueOf(indicator.get("field")));
        String value = String.valueOf(indicator.get("value"));
        for (int i = 0; i < visible.size(); i++) {
            if (visible.get(i) && values(alert.evidence().get(i).event(), field).contains(value)) {
                return true;
            }
        }
        return false;
    }

    static List<String> values(SecurityEvent event, Field field) {
        Object held = event.get(field);
        if (held == null) {
            return List.of();
        }
        return held instanceof List<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of(held.toString());
    }

    /** True if nothing of it is withheld. */
    boolean areAllShown() {
        return shown.stream().allMatch(one -> one)
                && alert.evidence().stream()
                        .map(Alert.Evidence::event)
                        .allMatch(event -> values(event, LABEL).stream().allMatch(this::mayBeSeen)
                                && MatchedIndicators.of(event).stream().allMatch(this::mayBeSeen));
    }

    List<Map<String, Object>> shown() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i)) {
                all.add(alert.indicators().get(i));
            }
        }
        return all;
    }

    /** The alert's indicators as they came, in the order of the alert. */
    ArrayNode cut(ArrayNode indicators) {
        ArrayNode kept = indicators.arrayNode();
        for (int i = 0; i < indicators.size(); i++) {
            if (i < shown.size() && shown.get(i)) {
                kept.add(indicators.get(i));
            }
        }
        return kept;
    }

    /**
     * A piece of evidence without what intelligence added to it and may not be seen. The fields {@code threat.*} of several
     * indicators are sets of values that belong to no single one, so all of them go.
     */
    ObjectNode cut(ObjectNode event) {
        ObjectNode kept = event.objectNode();
        boolean strict = !texts(event.get(LABEL.name())).allMatch(this::mayBeSeen);
        event.properties().forEach(field -> {
            if (field.getKey().equals(MatchedIndicators.FIELD.name())) {
                ArrayNode matches = kept.putArray(field.getKey());
                texts(field.getValue()).filter(this::isSummaryToSee).forEach(matches::add);
            } else if (!(strict && isField(field.getKey()))) {
                kept.set(field.getKey(), field.getValue());
            }
        });
        return kept;
    }

    private static Stream<String> texts(JsonNode value) {
        if (value == null) {
            return Stream.empty();
        }
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText)
                : Stream.of(value.asText());
    }

    /** One of {@link MatchedIndicators}; what is none says nothing of indicators. */
    private boolean isSummaryToSee(String json) {
        try {
            return mayBeSeen(Columns.tree(json).path("tlp").asText());
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
