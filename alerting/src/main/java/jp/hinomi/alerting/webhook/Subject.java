package jp.hinomi.alerting.webhook;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * What an event is about, as it is when the event is written.
 *
 * @param id of an alert or report, number of an incident
 * @param resources ids of what it touches
 * @param shown its part of the message, in the order in which it is written
 * @param page its path in the console
 */
record Subject(
        EventType.About about,
        String id,
        Severity severity,
        Tlp tlp,
        Set<String> resources,
        Map<String, Object> shown,
        String page) {
    Subject {
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(id, "id");
        resources = Set.copyOf(resources);
    }

    Subject labelled(Tlp other) {
        return new Subject(about, id, severity, other, resources, shown, page);
    }
}
