package jp.hinomi.alerting.proposal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.exception.Condition;
import jp.hinomi.events.SecurityEvent;

/**
 * A value of an event that an exception can be made for.
 *
 * @param word in addresses: the number of the value in its field, a colon, and the field; no number if it is the only one
 */
public record Choice(String word, String field, String value) {
    /** In the order of the event's fields, names sorted. */
    public static List<Choice> of(SecurityEvent event) {
        Map<String, Object> fields = new java.util.TreeMap<>();
        event.forEach(fields::put);
        fields.remove("matched"); // ours, beside the event
        List<Choice> choices = new ArrayList<>();
        fields.forEach((field, value) -> {
            if (!Condition.isExpressible(field)) {
                return;
            }
            if (value instanceof List<?> several) {
                for (int i = 0; i < several.size(); i++) {
                    add(choices, i + ":" + field, field, several.get(i));
                }
            } else {
                add(choices, ":" + field, field, value);
            }
        });
        return choices;
    }

    private static void add(List<Choice> choices, String word, String field, Object value) {
        String text = value.toString(); // as the engine compares it
        if (!text.isEmpty()) {
            choices.add(new Choice(word, field, text));
        }
    }

    /** What an event must have to have all of them. */
    public static List<Condition> conditions(List<Choice> chosen) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        chosen.forEach(each ->
                values.computeIfAbsent(each.field(), none -> new ArrayList<>()).add(each.value()));
        return values.entrySet().stream()
                .map(each -> new Condition(each.getKey(), each.getValue()))
                .toList();
    }
}
