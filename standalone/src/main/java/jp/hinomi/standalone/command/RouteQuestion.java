package jp.hinomi.standalone.command;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.alerting.map.LineDecoder;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Source;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.standalone.lines.JobLines;

/**
 * What somebody wants to see routed: an address, a host, an id; an event as JSON; an alert as JSON; or a line of a log. Each
 * becomes an alert as the job would have raised it.
 *
 * @param found what an address, host or id was recognised as; empty for events and alerts, whose evidence says it
 * @param format that a line was read in
 * @param readings what an event holds that resources are found by, what led to one first
 */
record RouteQuestion(
        String asked,
        Alert alert,
        List<ResourceResolver.Found> found,
        Optional<String> format,
        List<ResourceResolver.Reading> readings) {
    private static final LineDecoder LINES = new JobLines();

    /**
     * How questions are meant.
     *
     * @param at when the alert is raised
     * @param status of the rule that raises it
     */
    record Meaning(City city, ResourceResolver resolver, Severity severity, Tlp tlp, String status, Instant at) {}

    /** An address, a host name, or the id of a resource, source or device. */
    static RouteQuestion ofThing(String asked, Meaning meaning) {
        List<ResourceResolver.Found> found = meaning.resolver().find(asked);
        Set<Alert.AffectedResource> touched = new LinkedHashSet<>();
        found.forEach(
                each -> touched.add(new Alert.AffectedResource(each.resource().id(), Alert.Part.TARGET)));
        return new RouteQuestion(asked, alert(meaning, touched, List.of()), found, Optional.empty(), List.of());
    }

    /**
     * An event or an alert, as JSON.
     *
     * @throws EventFormatException if it is neither
     */
    static RouteQuestion ofJson(String json, Meaning meaning) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try {
            Alert alert = AlertJson.read(bytes);
            return new RouteQuestion(alert.id(), alert, List.of(), Optional.empty(), List.of());
        } catch (EventFormatException noAlert) {
            SecurityEvent event = EventJson.read(bytes, "event:1");
            return ofEvent(event.id(), event, meaning, Optional.empty());
        }
    }

    /** The same; JSON that is a line of a log and names no ECS field is read as that. */
    static List<RouteQuestion> ofJsonOrLine(String json, Meaning meaning) {
        RouteQuestion question = ofJson(json, meaning);
        if (!question.alert().resources().isEmpty()) {
            return List.of(question);
        }
        LineDecoder.Decoded decoded = LINES.decode(
                meaning.city(), meaning.resolver(), json, Optional.empty(), Optional.empty(), meaning.at());
        return decoded.events().isEmpty()
                ? List.of(question)
                : decoded.events().stream()
                        .map(event -> ofEvent(json, event, meaning, Optional.of(decoded.format())))
                        .toList();
    }

    /**
     * A line of a log, which may be several events.
     *
     * @param source whose line it is
     * @param format absent = that of the source, else whichever fits
     * @throws IllegalArgumentException if it cannot be read, or there is no such format
     */
    static List<RouteQuestion> ofLine(String line, Optional<Source> source, Optional<String> format, Meaning meaning) {
        LineDecoder.Decoded decoded =
                LINES.decode(meaning.city(), meaning.resolver(), line, source.map(Source::id), format, meaning.at());
        decoded.rejected().ifPresent(why -> {
            throw new IllegalArgumentException(line + ": " + why);
        });
        List<RouteQuestion> questions = new ArrayList<>();
        for (SecurityEvent event : decoded.events()) {
            questions.add(ofEvent(line, event, meaning, Optional.of(decoded.format())));
        }
        return questions;
    }

    private static RouteQuestion ofEvent(String asked, SecurityEvent event, Meaning meaning, Optional<String> format) {
        Set<Alert.AffectedResource> touched = new LinkedHashSet<>();
        meaning.resolver()
                .resolve(event)
                .forEach(each ->
                        touched.add(new Alert.AffectedResource(each.resource().id(), each.part())));
        return new RouteQuestion(
                asked,
                alert(meaning, touched, List.of(new Alert.Evidence(event, List.of()))),
                List.of(),
                format,
                meaning.resolver().readings(event));
    }

    private static Alert alert(Meaning meaning, Set<Alert.AffectedResource> touched, List<Alert.Evidence> evidence) {
        long at = meaning.at().toEpochMilli();
        return new Alert(
                "city-route",
                1,
                at,
                at,
                at,
                1,
                new Alert.Rule(
                        "city-route",
                        "city-route",
                        "",
                        Map.of("en", "city route"),
                        meaning.severity(),
                        List.of(),
                        Map.of(),
                        meaning.status()),
                meaning.severity(),
                meaning.tlp(),
                Map.of(),
                evidence,
                List.copyOf(touched),
                List.of(),
                List.of());
    }

    /** Whether the text is nothing that the city knows by itself, and of several words. */
    static boolean isLine(String text, Meaning meaning) {
        return text.strip().chars().anyMatch(Character::isWhitespace)
                && meaning.resolver().find(text).isEmpty();
    }

    /** Whether the text can only be an event or alert: no address and no id begins like that. */
    static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    /** The lines of a text that say something. */
    static Stream<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank());
    }
}
