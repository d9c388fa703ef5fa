package jp.hinomi.ingest.intel;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.Indicator;
import jp.hinomi.events.SecurityEvent;

/**
 * What matched indicators add to an event and to an alert: {@code threat.indicator.*} and {@code threat.feed.name} of ECS
 * 8.17, and where they were found as {@code threat.enrichments.matched.*}. Several indicators give fields several values,
 * each value once. Stateless and thread-safe.
 */
public final class ThreatFields {
    /** More indicators add nothing to an event: the surest are enough, and an event must not grow without bound. */
    public static final int MAX_INDICATORS = 10;

    private static final int MAX_DESCRIPTION = 300;
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    /** One field of ECS and what a match has for it; null or empty = nothing. */
    private record Part(Field field, Function<IntelMatch, Object> value) {}

    private static final List<Part> PARTS = List.of(
            part("threat.indicator.id", match -> match.indicator().id()),
            part("threat.indicator.type", match -> match.subject().ecsType(match.value())),
            part("threat.indicator.name", match -> match.indicator().about().name()),
            part("threat.indicator.description", match -> description(match.indicator())),
            part("threat.indicator.provider", match -> match.indicator().about().provider()),
            part(
                    "threat.indicator.reference",
                    match -> match.indicator().about().reference()),
            part("threat.indicator.confidence", match -> match.indicator().confidenceWord()),
            part(
                    "threat.indicator.marking.tlp",
                    match -> match.indicator().tlp().word()),
            part("threat.indicator.marking.tlp_version", match -> "2.0"),
            part("threat.indicator.first_seen", match -> time(match.indicator().validFrom())),
            part("threat.indicator.modified_at", match -> time(match.indicator().modified())),
            observed("threat.indicator.ip", Subject.IP),
            observed("threat.indicator.url.domain", Subject.DOMAIN),
            observed("threat.indicator.url.full", Subject.URL),
            observed("threat.indicator.file.hash.md5", Subject.MD5),
            observed("threat.indicator.file.hash.sha1", Subject.SHA1),
            observed("threat.indicator.file.hash.sha256", Subject.SHA256),
            observed("threat.indicator.file.hash.sha512", Subject.SHA512),
            observed("threat.indicator.email.address", Subject.EMAIL),
            part("threat.software.name", match -> threats(match.indicator(), "malware:", "tool:")),
            part("threat.group.name", match -> threats(match.indicator(), "threat-actor:", "intrusion-set:")),
            part("threat.feed.name", match -> match.indicator().feed()),
            part("threat.enrichments.matched.field", match -> match.field().name()),
            part("threat.enrichments.matched.atomic", IntelMatch::value));

    private ThreatFields() {}

    private static Part part(String name, Function<IntelMatch, Object> value) {
        return new Part(Fields.of(name), value);
    }

    /** The value that was found, where it is of that kind. */
    private static Part observed(String name, Subject subject) {
        return part(name, match -> match.subject() == subject ? subject.canonical(match.value()) : null);
    }

    /** Adds what the matches say; of more than {@link #MAX_INDICATORS} the first. */
    public static void add(SecurityEvent.Builder event, List<IntelMatch> matches) {
        List<IntelMatch> few = matches.size() <= MAX_INDICATORS ? matches : matches.subList(0, MAX_INDICATORS);
        for (Part part : PARTS) {
            Set<Object> values = new LinkedHashSet<>();
            for (IntelMatch match : few) {
                Object value = part.value().apply(match);
                if (value instanceof List<?> list) {
                    values.addAll(list);
                } else if (value != null && !value.equals("")) {
                    values.add(value);
                }
            }
            event.put(part.field(), new ArrayList<>(values));
        }
    }

    /** For the alert's {@code indicators}: the indicator in short, and where it was found. */
    public static Map<String, Object> summary(IntelMatch match) {
        Indicator indicator = match.indicator();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("id", indicator.id());
        summary.put("feed", indicator.feed());
        put(summary, "name", indicator.about().name());
        put(summary, "description", description(indicator));
        put(summary, "provider", indicator.about().provider());
        put(summary, "reference", indicator.about().reference());
        if (!indicator.about().threats().isEmpty()) {
            summary.put("threats", indicator.about().threats());
        }
        summary.put("type", match.subject().ecsType(match.value()));
        summary.put("field", match.field().name());
        summary.put("value", match.value());
        summary.put("confidence", indicator.confidenceWord());
        summary.put("tlp", indicator.tlp().word());
        return summary;
    }

    private static void put(Map<String, Object> summary, String key, String value) {
        if (!value.isEmpty()) {
            summary.put(key, value);
        }
    }

    /** The names of threats of those kinds. */
    private static List<String> threats(Indicator indicator, String... kinds) {
        List<String> names = new ArrayList<>();
        for (String threat : indicator.about().threats()) {
            for (String kind : kinds) {
                if (threat.startsWith(kind)) {
                    names.add(threat.substring(kind.length()));
                }
            }
        }
        return names;
    }

    private static String description(Indicator indicator) {
        String text = indicator.about().description();
        return text.length() <= MAX_DESCRIPTION ? text : text.substring(0, MAX_DESCRIPTION - 1) + "…";
    }

    private static String time(long millis) {
        return millis == 0 || millis == Indicator.FOREVER
                ? null
                : MILLIS.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }
}
