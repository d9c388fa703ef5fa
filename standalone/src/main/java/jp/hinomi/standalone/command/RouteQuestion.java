package jp.hinomi.standalone.command;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Source;
import jp.hinomi.correlation.stage.ClockCheck;
import jp.hinomi.correlation.stage.Preparation;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.EventFormatException;
import jp.hinomi.events.EventJson;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.Tlp;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;

/**
 * What somebody wants to see routed: an address, a host, an id; an event as JSON; an alert as JSON; or a line of a log. Each
 * becomes an alert as the job would have raised it.
 *
 * @param found what an address, host or id was recognised as; empty for events and alerts, whose evidence says it
 */
record RouteQuestion(String asked, Alert alert, List<ResourceResolver.Found> found) {
    private static final Duration ANY = Duration.ofDays(365_000);

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
        return new RouteQuestion(asked, alert(meaning, touched, List.of()), found);
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
            return new RouteQuestion(alert.id(), alert, List.of());
        } catch (EventFormatException noAlert) {
            SecurityEvent event = EventJson.read(bytes, "event:1");
            return ofEvent(event.id(), event, meaning);
        }
    }

    /**
     * A line of a log, which may be several events.
     *
     * @param source whose line it is
     * @param format absent = that of the source, else whichever fits
     * @throws IllegalArgumentException if it cannot be read, or there is no such format
     */
    static List<RouteQuestion> ofLine(String line, Optional<Source> source, Optional<String> format, Meaning meaning) {
        String name = format.or(() -> source.map(Source::format)).orElse("auto");
        Decoder decoder = Decoders.of(
                name,
                meaning.city().formats(),
                source.map(Source::zone).orElse(meaning.city().zone()),
                source.map(Source::charset).orElse(StandardCharsets.UTF_8));
        long now = meaning.at().toEpochMilli();
        byte[] bytes = line.getBytes(source.map(Source::charset).orElse(StandardCharsets.UTF_8));
        String id = source.map(Source::id).orElse(null);
        Decoding decoding = decoder.decode(new LogRecord(bytes, id, name, "event:1", now));
        if (decoding instanceof Decoding.Rejected why) {
            throw new IllegalArgumentException(line + ": " + why.reason());
        }
        Preparation preparation =
                new Preparation(new ClockCheck(ANY, ANY), Optional.of(meaning.resolver()), each -> each);
        List<RouteQuestion> questions = new ArrayList<>();
        for (SecurityEvent decoded : ((Decoding.Decoded) decoding).all()) {
            SecurityEvent named = id == null || decoded.has(Fields.CITY_SOURCE)
                    ? decoded
                    : decoded.toBuilder().put(Fields.CITY_SOURCE, id).build();
            questions.add(ofEvent(line, preparation.prepare(named, now), meaning));
        }
        return questions;
    }

    private static RouteQuestion ofEvent(String asked, SecurityEvent event, Meaning meaning) {
        Set<Alert.AffectedResource> touched = new LinkedHashSet<>();
        meaning.resolver()
                .resolve(event)
                .forEach(each ->
                        touched.add(new Alert.AffectedResource(each.resource().id(), each.part())));
        return new RouteQuestion(
                asked, alert(meaning, touched, List.of(new Alert.Evidence(event, List.of()))), List.of());
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

    /** Whether the text can only be an event or alert: no address and no id begins like that. */
    static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    /** The lines of a text that say something. */
    static Stream<String> lines(String text) {
        return text.lines().filter(line -> !line.isBlank());
    }
}
