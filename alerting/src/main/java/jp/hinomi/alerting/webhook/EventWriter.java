package jp.hinomi.alerting.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import jp.hinomi.alerting.store.Columns;

/** Writes what programs are sent. Thread-safe. */
final class EventWriter {
    private final String city;
    private final Supplier<URI> publicUrl;

    EventWriter(String city, Supplier<URI> publicUrl) {
        this.city = city;
        this.publicUrl = publicUrl;
    }

    /** @param whole whether the reader may know who did it and what others answered */
    String write(long webhook, Change change, Subject subject, boolean whole) {
        Map<String, Object> body = begin(webhook, change.type().word(), change.at());
        body.put("sequence", change.sequence());
        if (whole) {
            body.put("by", change.by());
        }
        body.put("change", new TreeMap<>(whole ? change.facts() : change.factsForStakeholders()));
        body.put(subject.about().word(), subject.shown());
        body.put("console", publicUrl.get().resolve(subject.page()).toString());
        return Columns.json(body);
    }

    /** Which one, and nothing of it. */
    String hidden(long webhook, Change change, Subject subject) {
        Map<String, Object> body = begin(webhook, EventType.INCIDENT_HIDDEN.word(), change.at());
        body.put("sequence", change.sequence());
        body.put(subject.about().word(), Map.of("number", subject.id()));
        return Columns.json(body);
    }

    String ping(long webhook, Instant at) {
        return Columns.json(begin(webhook, "ping", at));
    }

    private Map<String, Object> begin(long webhook, String type, Instant at) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("city", city);
        body.put("webhook", webhook);
        body.put("time", at.toString());
        return body;
    }
}
