package jp.hinomi.alerting.notice;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;

/**
 * What one contact is told about one alert: already cut down to what it may see, in its language.
 *
 * @param language {@code ja} or {@code en}
 * @param zone in which the contact reads times
 * @param resources names of what is touched; of a notice without evidence only what the recipient answers for
 * @param group values that the alert is about; empty in a notice without evidence
 * @param evidence newest lines first, at most {@link #LINES}; empty in a notice without evidence
 * @param evidenceCount how many distinct events the alert rests on
 * @param others names of the other stakeholders that were told; empty in a notice without evidence
 * @param indicators what threat intelligence knows of the evidence, one text each; empty in a notice without evidence
 * @param silent ids of sources that the rule needed and that were silent; empty in a notice without evidence
 * @param reasons why this contact gets it
 * @param console where analysts see the alert
 */
public record Notice(
        String language,
        ZoneId zone,
        Cause cause,
        Disclosure disclosure,
        String alertId,
        String city,
        String stakeholder,
        String title,
        Severity severity,
        Tlp tlp,
        List<TouchedResource> resources,
        Instant first,
        Instant last,
        long evidenceCount,
        Map<String, String> group,
        String firstSteps,
        List<String> others,
        List<Line> evidence,
        List<String> indicators,
        List<String> silent,
        List<String> reasons,
        String rule,
        URI acknowledge,
        Instant acknowledgeUntil,
        URI console) {
    /** Lines of evidence in a message; the console has all. */
    public static final int LINES = 5;

    public Notice {
        resources = List.copyOf(resources);
        others = List.copyOf(others);
        evidence = List.copyOf(evidence);
        indicators = List.copyOf(indicators);
        silent = List.copyOf(silent);
        reasons = List.copyOf(reasons);
        if (disclosure == Disclosure.NOTICE_ONLY && !(evidence.isEmpty() && group.isEmpty() && others.isEmpty())) {
            throw new IllegalArgumentException("a notice without evidence carries some: alert " + alertId);
        }
    }

    /** @param parts of {@code target}, {@code origin} and {@code observer}, at least one */
    public record TouchedResource(String id, String name, List<String> parts) {
        public TouchedResource {
            parts = List.copyOf(parts);
        }

        /** It only saw and reported what happened. */
        boolean onlyObserved() {
            return parts.equals(List.of("observer"));
        }
    }

    /** One log line. */
    public record Line(Instant at, String text) {}

    /** The same with another link to answer. */
    Notice answeredAt(URI link) {
        return new Notice(
                language,
                zone,
                cause,
                disclosure,
                alertId,
                city,
                stakeholder,
                title,
                severity,
                tlp,
                resources,
                first,
                last,
                evidenceCount,
                group,
                firstSteps,
                others,
                evidence,
                indicators,
                silent,
                reasons,
                rule,
                link,
                acknowledgeUntil,
                console);
    }

    public boolean isFull() {
        return disclosure == Disclosure.FULL;
    }
}
