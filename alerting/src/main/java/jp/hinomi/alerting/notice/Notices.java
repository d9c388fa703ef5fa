package jp.hinomi.alerting.notice;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.hinomi.alerting.ack.AckToken;
import jp.hinomi.alerting.map.CityInForce;
import jp.hinomi.alerting.map.CityMap;
import jp.hinomi.alerting.routing.Disclosure;
import jp.hinomi.alerting.routing.Recipient;
import jp.hinomi.alerting.routing.Scope;
import jp.hinomi.city.PersonalData;
import jp.hinomi.city.Resource;
import jp.hinomi.city.Stakeholder;
import jp.hinomi.events.Alert;
import jp.hinomi.events.AlertJson;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;
import jp.hinomi.events.Tlp;

/** Cuts an alert down to what a recipient may see, with its own acknowledgement link. Thread-safe. */
public final class Notices {
    /** Fields that name somebody who may also stand in the line as it came. */
    private static final List<Field> PEOPLE = Stream.of(
                    "user.full_name", "user.name", "user.target.name", "source.user.name", "destination.user.name")
            .map(Fields::of)
            .toList();

    private final CityInForce city;
    private final Supplier<URI> publicUrl;
    private final byte[] key;
    private final Duration linkValidity;
    private final Function<AckToken, String> shortened;

    /** @param shortened keeps what a short link stands for, in the running transaction, and says what the link is */
    public Notices(
            CityInForce city,
            Supplier<URI> publicUrl,
            byte[] key,
            Duration linkValidity,
            Function<AckToken, String> shortened) {
        this.shortened = shortened;
        this.city = city;
        this.publicUrl = publicUrl;
        this.key = key.clone();
        this.linkValidity = linkValidity;
    }

    /** @param told every stakeholder that is told, the recipient included */
    public Notice write(Alert alert, Recipient recipient, List<Stakeholder> told, Cause cause, Instant now) {
        return write(alert, recipient, sight(alert, recipient), told, cause, now);
    }

    /**
     * The notice with the alert itself for programs: what the recipient may see of it is looked for once.
     *
     * @param json the alert as it came
     * @param told every stakeholder that is told, the recipient included
     */
    public Letter letter(
            Alert alert, String json, Recipient recipient, List<Stakeholder> told, Cause cause, Instant now) {
        Sight sight = sight(alert, recipient);
        return new Letter(
                write(alert, recipient, sight, told, cause, now),
                () -> recipient.disclosure() == Disclosure.FULL ? sight.json(json) : json,
                () -> acknowledge(alert.id(), recipient.contact().id(), Optional.of(recipient.clearance()), true, now));
    }

    private Notice write(
            Alert alert, Recipient recipient, Sight sight, List<Stakeholder> told, Cause cause, Instant now) {
        String language = language(recipient);
        boolean full = recipient.disclosure() == Disclosure.FULL;
        return new Notice(
                language,
                recipient.contact().zone(),
                cause,
                recipient.disclosure(),
                alert.id(),
                city.get().name().getOrDefault(language, city.get().id()),
                recipient.stakeholder().name(language),
                alert.rule().title(language),
                alert.severity(),
                alert.tlp(),
                resources(alert, recipient, language),
                Instant.ofEpochMilli(alert.first()),
                Instant.ofEpochMilli(alert.last()),
                alert.count(),
                full ? sight.group() : Map.of(),
                alert.rule().response(language),
                full ? others(recipient, told, language) : List.of(),
                full ? lines(sight) : List.of(),
                full ? indicators(sight) : List.of(),
                full ? alert.notEvaluable() : List.of(),
                recipient.shownReasons().stream()
                        .map(reason -> reason.in(language))
                        .toList(),
                alert.rule().name() + " (" + alert.rule().version() + ")",
                acknowledge(alert.id(), recipient.contact().id(), Optional.of(recipient.clearance()), now),
                acknowledgeUntil(now),
                console(alert.id()));
    }

    /** What a stakeholder may see of an alert that goes to it by another way than a message. @param json the alert as it came @param scope what concerns it */
    public Alert cut(String json, String stakeholder, Scope scope, Tlp clearance) {
        CityMap map = city.map();
        Stakeholder known = Optional.ofNullable(map.city().stakeholders().get(stakeholder))
                .orElseThrow(() -> new IllegalArgumentException("the city has no stakeholder '" + stakeholder + "'"));
        Alert alert = AlertJson.read(json.getBytes(StandardCharsets.UTF_8));
        String cut = Sight.of(map.city(), map.resolver()::resolve, alert, known, scope, clearance)
                .json(json);
        return AlertJson.read(cut.getBytes(StandardCharsets.UTF_8));
    }

    private Sight sight(Alert alert, Recipient recipient) {
        CityMap map = city.map();
        return Sight.of(map.city(), map.resolver()::resolve, alert, recipient);
    }

    /**
     * A link that lets this contact answer for the alert without a login.
     *
     * @param way what may be sent where the link goes: its page shows no more; absent = what may go over all channels of the contact
     */
    public URI acknowledge(String alertId, String contactId, Optional<Tlp> way, Instant now) {
        return acknowledge(alertId, contactId, way, false, now);
    }

    /** @param brief for a text message: what the link says is kept here instead of in the link */
    public URI acknowledge(String alertId, String contactId, Optional<Tlp> way, boolean brief, Instant now) {
        AckToken token = new AckToken(alertId, contactId, acknowledgeUntil(now), way);
        return at("/a/" + (brief ? shortened.apply(token) : token.write(key)));
    }

    /** When a link made now stops to work. */
    public Instant acknowledgeUntil(Instant now) {
        return now.plus(linkValidity);
    }

    /** The alert's page. */
    public URI console(String alertId) {
        return at("/alerts/" + alertId);
    }

    public URI at(String path) {
        String base = publicUrl.get().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    public static String language(Recipient recipient) {
        return "ja".equals(recipient.stakeholder().locale()) ? "ja" : "en";
    }

    private List<Notice.TouchedResource> resources(Alert alert, Recipient recipient, String language) {
        Map<String, TreeSet<Alert.Part>> parts = new LinkedHashMap<>();
        alert.resources().stream()
                .filter(touched -> recipient.disclosure() == Disclosure.FULL
                        || recipient.resources().contains(touched.id()))
                .forEach(touched -> parts.computeIfAbsent(touched.id(), any -> new TreeSet<>())
                        .add(touched.part()));
        return parts.entrySet().stream()
                .map(entry -> new Notice.TouchedResource(
                        entry.getKey(),
                        Optional.ofNullable(city.get().resources().get(entry.getKey()))
                                .map((Resource resource) -> resource.name(language))
                                .orElse(entry.getKey()),
                        entry.getValue().stream().map(Alert.Part::word).toList()))
                // What was attacked first, what only looked on last.
                .sorted(Comparator.comparing(
                        touched -> Alert.Part.ofWord(touched.parts().get(0))))
                .toList();
    }

    private static List<String> others(Recipient recipient, List<Stakeholder> told, String language) {
        return told.stream()
                .filter(other -> !other.id().equals(recipient.stakeholder().id()))
                .map(other -> other.name(language))
                .distinct()
                .toList();
    }

    /** {@code 198.51.100.7 (destination.ip): ExampleBot [feed-name]}. */
    private static List<String> indicators(Sight sight) {
        return sight.indicators().stream()
                .limit(Notice.LINES)
                .map(each -> {
                    String name = text(each, "name");
                    return text(each, "value") + " (" + text(each, "field") + "): "
                            + (name.isEmpty() ? text(each, "id") : name) + " [" + text(each, "feed") + "]";
                })
                .toList();
    }

    private static String text(Map<String, Object> indicator, String key) {
        return String.valueOf(indicator.getOrDefault(key, ""));
    }

    static List<Notice.Line> lines(Sight sight) {
        List<Sight.Line> newestFirst = new ArrayList<>(sight.lines());
        newestFirst.sort(Comparator.comparingLong(
                        (Sight.Line line) -> line.evidence().event().correlationMillis())
                .reversed());
        return newestFirst.stream()
                .limit(Notice.LINES)
                .map(line -> new Notice.Line(
                        Instant.ofEpochMilli(line.evidence().event().timestampMillis()),
                        line.mask().text(original(sight, line), named(line))))
                .toList();
    }

    private static Map<String, PersonalData> named(Sight.Line line) {
        Map<String, String> fields = new HashMap<>();
        for (Field field : PEOPLE) {
            String value = line.evidence().event().text(field);
            if (value != null) {
                fields.put(field.name(), value);
            }
        }
        return line.mask().named(fields);
    }

    private static String original(Sight sight, Sight.Line line) {
        SecurityEvent event = line.evidence().event();
        String original = event.text(Fields.EVENT_ORIGINAL);
        if (original != null) {
            return original;
        }
        String message = event.text(Fields.MESSAGE);
        return message != null ? message : sight.fields(line);
    }
}
