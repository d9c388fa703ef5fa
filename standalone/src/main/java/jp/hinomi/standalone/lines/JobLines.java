package jp.hinomi.standalone.lines;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.map.LineDecoder;
import jp.hinomi.city.City;
import jp.hinomi.city.ResourceResolver;
import jp.hinomi.city.Source;
import jp.hinomi.correlation.stage.ClockCheck;
import jp.hinomi.correlation.stage.Preparation;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.document.Suggestion;
import jp.hinomi.ingest.decode.Decoder;
import jp.hinomi.ingest.decode.Decoders;
import jp.hinomi.ingest.decode.Decoding;
import jp.hinomi.ingest.decode.LogRecord;

/** Reads lines with the decoders and the preparation of the job, whatever their age. Thread-safe. */
public final class JobLines implements LineDecoder {
    private static final Duration ANY = Duration.ofDays(365_000);
    private static final String ORIGIN = "event:1";

    @Override
    public Decoded decode(
            City city,
            ResourceResolver resolver,
            String line,
            Optional<String> source,
            Optional<String> format,
            Instant at) {
        Decoded read = read(city, resolver, line, source, format, at);
        boolean leads = read.events().stream()
                .anyMatch(event -> !resolver.resolve(event).isEmpty());
        if (leads || source.isPresent() || format.isPresent() || !line.strip().startsWith("{")) {
            return read;
        }
        // An event of ours, as archives and alerts have it, is nothing that a source writes.
        Decoded event = read(city, resolver, line, source, Optional.of("ecs-json"), at);
        return event.events().isEmpty() ? read : event;
    }

    private static Decoded read(
            City city,
            ResourceResolver resolver,
            String line,
            Optional<String> source,
            Optional<String> format,
            Instant at) {
        Optional<Source> of = source.map(id -> known(city, id));
        String name = format.or(() -> of.map(Source::format)).orElse("auto");
        Charset charset = of.map(Source::charset).orElse(StandardCharsets.UTF_8);
        ZoneId zone = of.map(Source::zone).orElse(city.zone());
        Decoder decoder = Decoders.of(name, city.formats(), zone, charset);
        long now = at.toEpochMilli();
        Decoding decoding =
                decoder.decode(new LogRecord(line.getBytes(charset), source.orElse(null), name, ORIGIN, now));
        if (decoding instanceof Decoding.Rejected why) {
            return new Decoded(name, List.of(), Optional.of(why.reason()));
        }
        Decoding.Decoded decoded = (Decoding.Decoded) decoding;
        Preparation preparation = new Preparation(new ClockCheck(ANY, ANY), Optional.of(resolver), each -> each);
        List<SecurityEvent> events = decoded.all().stream()
                .map(event -> preparation.prepare(ofSource(event, source), now))
                .toList();
        String chosen = decoded.event().text(Decoders.CHOSEN);
        return new Decoded(chosen == null ? name : chosen, events, Optional.empty());
    }

    private static Source known(City city, String id) {
        Source source = city.sources().get(id);
        if (source == null) {
            throw new IllegalArgumentException("there is no source '" + id + "': "
                    + Suggestion.remedy(id, city.sources().keySet()));
        }
        return source;
    }

    private static SecurityEvent ofSource(SecurityEvent event, Optional<String> source) {
        return source.isEmpty() || event.has(Fields.CITY_SOURCE)
                ? event
                : event.toBuilder().put(Fields.CITY_SOURCE, source.get()).build();
    }
}
