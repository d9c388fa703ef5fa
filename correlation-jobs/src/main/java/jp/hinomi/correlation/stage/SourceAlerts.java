package jp.hinomi.correlation.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.Resource;
import jp.hinomi.city.Source;
import jp.hinomi.events.Alert;
import jp.hinomi.events.Alert.AffectedResource;
import jp.hinomi.events.AlertIds;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Severity;
import jp.hinomi.events.SourceHealth.State;
import jp.hinomi.events.Tlp;
import jp.hinomi.ingest.clock.Advice;
import jp.hinomi.ingest.clock.Episode;
import jp.hinomi.ingest.clock.Finding;

/**
 * Alerts about sources, for whoever is responsible for the resource that they observe. One alert per episode: its id comes
 * from the finding, the source and the beginning. Immutable and thread-safe.
 */
public final class SourceAlerts {
    /** Stands in alerts as the version of the rules that are built in; changes with their meaning. */
    private static final String VERSION = "1";

    private final City city;

    public SourceAlerts(City city) {
        this.city = city;
    }

    private record BuiltIn(String name, String english, String japanese, Severity level, List<String> tags) {}

    private static final List<String> TAGS = List.of("cps.ae-3", "cps.dp-4");

    private static BuiltIn builtIn(State state) {
        return switch (state) {
            case OK -> throw new IllegalArgumentException("nothing is wrong");
            case REJECTING ->
                new BuiltIn("source_rejects", "Records cannot be decoded", "ログを読めません", Severity.MEDIUM, TAGS);
            case DRIFTING -> new BuiltIn("source_clock_drift", "Clock is off", "時計がずれています", Severity.LOW, TAGS);
            case WRONG_TIME_ZONE ->
                new BuiltIn("source_wrong_time_zone", "Wrong time zone", "時間帯の設定が違います", Severity.MEDIUM, TAGS);
            case STALE -> new BuiltIn("source_stale_stamps", "Stamps are old", "時刻が古すぎます", Severity.MEDIUM, TAGS);
            case FUTURE ->
                new BuiltIn("source_future_stamps", "Stamps are in the future", "時刻が未来です", Severity.MEDIUM, TAGS);
            case SILENT -> new BuiltIn("source_silent", "Source is silent", "ログが途絶えています", Severity.MEDIUM, TAGS);
        };
    }

    /** @throws IllegalArgumentException if the city does not know the source */
    public Alert of(Finding finding) {
        Source source = city.sources().get(finding.source());
        if (source == null) {
            throw new IllegalArgumentException("there is no source '" + finding.source() + "'");
        }
        Episode episode = finding.episode();
        BuiltIn rule = builtIn(episode.state());
        Advice advice = Advice.of(source, episode);
        Optional<Resource> resource =
                source.resource().map(id -> city.resources().get(id));
        List<Alert.Evidence> evidence = new ArrayList<>();
        evidence.add(evidence(source, episode, rule.name(), episode.begin(), "began", advice.english()));
        if (episode.revision() > 1) {
            String news = finding.isOver() ? "over" : "lasts";
            evidence.add(evidence(source, episode, rule.name(), episode.said(), news, advice.english()));
        }
        return new Alert(
                AlertIds.of(rule.name(), List.of(source.id()), Long.toString(episode.begin())),
                episode.revision(),
                episode.begin(),
                episode.begin(),
                episode.said(),
                episode.revision(),
                new Alert.Rule(
                        rule.name(),
                        rule.name(),
                        VERSION,
                        Map.of(
                                "en", rule.english() + ": " + source.id(),
                                "ja", rule.japanese() + ": " + source.id()),
                        rule.level(),
                        rule.tags(),
                        Map.of("en", advice.english(), "ja", advice.japanese())),
                city.severity().severity(rule.level(), resource.map(Resource::criticality)),
                Tlp.AMBER,
                Map.of("observer.name", source.id()),
                evidence,
                resource.map(known -> List.of(new AffectedResource(known.id(), Alert.Part.OBSERVER)))
                        .orElse(List.of()),
                List.of(),
                List.of());
    }

    private static Alert.Evidence evidence(
            Source source, Episode episode, String rule, long time, String news, String advice) {
        String id = "source-health-" + source.id() + "-" + episode.state().word() + "-" + time + "-" + news;
        SecurityEvent.Builder event = new SecurityEvent.Builder(id, time)
                .put(Fields.of("event.kind"), "state")
                .put(Fields.of("event.reason"), episode.state().word())
                .put(Fields.of("observer.name"), source.id())
                .put(Fields.of("message"), source.id() + ": " + news + (news.equals("over") ? "" : ": " + advice));
        switch (episode.state()) {
            case DRIFTING, WRONG_TIME_ZONE, STALE, FUTURE -> event.put(Fields.CLOCK_OFFSET_MS, episode.measure());
            case OK, REJECTING, SILENT -> {}
        }
        return new Alert.Evidence(event.build(), List.of(rule));
    }
}
