package jp.hinomi.alerting.incident.export;

import inet.ipaddr.IPAddressString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.hinomi.alerting.incident.Incident;
import jp.hinomi.alerting.incident.TimelineEntry;
import jp.hinomi.alerting.incident.evidence.EvidenceFile;
import jp.hinomi.alerting.incident.join.Entity;
import jp.hinomi.alerting.report.Facts;
import jp.hinomi.alerting.store.Columns;
import jp.hinomi.events.Tlp;

/**
 * An incident as a bundle of STIX 2.1: the incident, what was observed by each alert, what people noted, all marked with TLP 2.0
 * as OASIS published it. The same incident gives the same bundle, byte for byte. Stateless.
 */
final class StixBundle {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** RFC 1034; underscores are seen in real names. */
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    private static final String EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

    private static final Map<Tlp, String> MARKINGS = Map.of(
            Tlp.CLEAR, "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
            Tlp.GREEN, "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
            Tlp.AMBER, "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
            Tlp.AMBER_STRICT, "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
            Tlp.RED, "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1");

    /** @param name of the city, which made it */
    record Source(String id, String name) {}

    private StixBundle() {}

    /** @param about whom it is for, and what was left out */
    static String of(Source source, Extract extract, String about, String language) {
        Incident incident = extract.incident();
        Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
        String maker = StixIds.own("identity", source.id());
        Map<String, Object> identity = object("identity", maker, Instant.EPOCH, Instant.EPOCH);
        identity.put("name", source.name());
        identity.put("identity_class", "organization");
        put(objects, identity);
        // What was cut for somebody is another object: two of one id and version must be the same (STIX 2.1, section
        // 3.6).
        boolean cut = extract.title().isEmpty();
        String cutFor = ":" + extract.audience().key();
        String story = source.id() + ":" + incident.number() + (cut ? cutFor : "");
        String self = StixIds.own("incident", story);
        Map<String, Object> main = object("incident", self, incident.openedAt(), incident.updatedAt());
        mark(objects, main, maker, extract.audience().label(incident.tlp()));
        main.put("name", cut ? incident.number() : incident.number() + " " + extract.title());
        if (!extract.impact().isEmpty()) {
            main.put("description", extract.impact());
        }
        put(objects, main);
        Map<String, Object> made =
                note(objects, maker, story + ":export" + cutFor, incident.updatedAt(), extract.tlp());
        made.put("abstract", "TLP:" + extract.tlp().word());
        made.put("content", about);
        made.put("object_refs", List.of(self));
        put(objects, made);
        for (Extract.Seen each : extract.alerts()) {
            Facts.AlertFact alert = each.alert();
            List<String> seen = observables(objects, each.entities());
            if (seen.isEmpty()) {
                // STIX has no observation of nothing; the alert is in the incident's notes.
                continue;
            }
            String part = extract.audience().stakeholder().isPresent() ? cutFor : "";
            String id = StixIds.own("observed-data", source.id() + ":" + alert.id() + part);
            Map<String, Object> observed = object("observed-data", id, alert.first(), alert.last());
            mark(objects, observed, maker, alert.tlp());
            observed.put("first_observed", TIME.format(alert.first()));
            observed.put("last_observed", TIME.format(alert.last()));
            observed.put("number_observed", Math.max(1, Math.min(999_999_999, alert.count())));
            observed.put("object_refs", seen);
            put(objects, observed);
            Map<String, Object> relation =
                    object("relationship", StixIds.own("relationship", id + ">" + self), alert.first(), alert.last());
            mark(objects, relation, maker, alert.tlp());
            relation.put("relationship_type", "related-to");
            relation.put("description", alert.title(language));
            relation.put("source_ref", id);
            relation.put("target_ref", self);
            put(objects, relation);
        }
        for (TimelineEntry entry : extract.timeline()) {
            if (entry.automatic()) {
                continue;
            }
            Map<String, Object> note = note(objects, maker, story + ":" + entry.id(), entry.recorded(), entry.tlp());
            note.put(
                    "abstract",
                    TIME.format(entry.occurred()) + " " + entry.type().word());
            note.put("content", entry.text(language));
            note.put("object_refs", List.of(self));
            put(objects, note);
        }
        files(objects, extract, maker, self, story);
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("type", "bundle");
        List<Map<String, Object>> all = new ArrayList<>(objects.values());
        bundle.put("id", StixIds.own("bundle", Columns.json(all)));
        bundle.put("objects", all);
        return Columns.json(bundle);
    }

    /** Each as an observable with its hash, and a note that says what it is: STIX has no evidence that is kept. */
    private static void files(
            Map<String, Map<String, Object>> objects, Extract extract, String maker, String self, String story) {
        // Of the same file under several labels, the most restricted counts.
        List<EvidenceFile> files = extract.files().stream()
                .sorted(Comparator.comparing(EvidenceFile::tlp).reversed().thenComparing(EvidenceFile::id))
                .toList();
        for (EvidenceFile file : files) {
            Map<String, Object> hashes = Map.of("SHA-256", file.sha256());
            Map<String, Object> contributing = new LinkedHashMap<>();
            contributing.put("hashes", hashes);
            contributing.put("name", file.name());
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("type", "file");
            object.put("spec_version", "2.1");
            object.put("id", StixIds.observable("file", Columns.json(contributing)));
            object.put("hashes", hashes);
            object.put("size", file.size());
            object.put("name", file.name());
            object.put("object_marking_refs", List.of(MARKINGS.get(file.tlp())));
            Map<String, Object> note = note(objects, maker, story + ":file:" + file.id(), file.addedAt(), file.tlp());
            note.put("abstract", file.isWithdrawn() ? "evidence file, withdrawn" : "evidence file");
            note.put("content", file.note().isEmpty() ? file.name() : file.name() + ": " + file.note());
            note.put("object_refs", List.of(self, object.get("id")));
            put(objects, object);
            put(objects, note);
        }
    }

    private static Map<String, Object> object(String type, String id, Instant created, Instant modified) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", type);
        object.put("spec_version", "2.1");
        object.put("id", id);
        object.put("created", TIME.format(created));
        object.put("modified", TIME.format(modified.isBefore(created) ? created : modified));
        return object;
    }

    private static Map<String, Object> note(
            Map<String, Map<String, Object>> objects, String maker, String name, Instant at, Tlp tlp) {
        Map<String, Object> note = object("note", StixIds.own("note", name), at, at);
        mark(objects, note, maker, tlp);
        return note;
    }

    private static void put(Map<String, Map<String, Object>> objects, Map<String, Object> object) {
        objects.putIfAbsent((String) object.get("id"), object);
    }

    private static void mark(
            Map<String, Map<String, Object>> objects, Map<String, Object> object, String maker, Tlp tlp) {
        String id = MARKINGS.get(tlp);
        Map<String, Object> marking = new LinkedHashMap<>();
        marking.put("type", "marking-definition");
        marking.put("spec_version", "2.1");
        marking.put("id", id);
        marking.put("created", "2022-10-01T00:00:00.000Z");
        marking.put("name", "TLP:" + tlp.word());
        Map<String, String> extension = new LinkedHashMap<>();
        extension.put("extension_type", "property-extension");
        extension.put("tlp_2_0", tlp.word().toLowerCase(Locale.ROOT));
        marking.put("extensions", Map.of(EXTENSION, extension));
        put(objects, marking);
        object.put("created_by_ref", maker);
        object.put("object_marking_refs", List.of(id));
    }

    /** Ids of what STIX has a type for; what it has none for, as parts of the city, is left out. */
    private static List<String> observables(Map<String, Map<String, Object>> objects, List<Entity> entities) {
        List<String> ids = new ArrayList<>();
        for (Entity entity : entities) {
            observable(entity).ifPresent(object -> {
                put(objects, object);
                ids.add((String) object.get("id"));
            });
        }
        return ids.stream().distinct().toList();
    }

    private static Optional<Map<String, Object>> observable(Entity entity) {
        return switch (entity.kind()) {
            case ADDRESS ->
                Optional.of(observable(
                        new IPAddressString(entity.value()).isIPv6() ? "ipv6-addr" : "ipv4-addr",
                        "value",
                        entity.value()));
            case USER -> Optional.of(observable("user-account", "account_login", entity.value()));
            case HOST ->
                NAME.matcher(entity.value()).matches()
                        ? Optional.of(observable("domain-name", "value", entity.value()))
                        : Optional.empty();
            case DEVICE, RESOURCE -> Optional.empty();
        };
    }

    private static Map<String, Object> observable(String type, String property, String value) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", type);
        object.put("spec_version", "2.1");
        object.put("id", StixIds.observable(type, Columns.json(Map.of(property, value))));
        object.put(property, value);
        return object;
    }
}
