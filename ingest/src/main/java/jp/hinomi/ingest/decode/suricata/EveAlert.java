package jp.hinomi.ingest.decode.suricata;

import java.util.ArrayList;
import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;

/** The object {@code alert} of EVE, with the rule's metadata as Emerging Threats and others write it. */
final class EveAlert {
    private static final List<String> CATEGORIES = List.of("network", "intrusion_detection");
    private static final Field TECHNIQUE_ID = Fields.of("threat.technique.id");
    private static final Field TECHNIQUE_NAME = Fields.of("threat.technique.name");
    private static final Field TACTIC_ID = Fields.of("threat.tactic.id");
    private static final Field TACTIC_NAME = Fields.of("threat.tactic.name");
    private static final Field FRAMEWORK = Fields.of("threat.framework");
    private static final Field REFERENCE = Fields.of("rule.reference");
    private static final Field CREATED = Fields.of("suricata.eve.alert.created_at");
    private static final Field UPDATED = Fields.of("suricata.eve.alert.updated_at");

    private EveAlert() {}

    static void describe(JsonObject alert, EventDraft event) {
        boolean blocked = "blocked".equals(alert.text("action"));
        event.kind("alert").classify(CATEGORIES, blocked ? "denied" : "allowed").action(alert.text("action"));
        event.text(Fields.RULE_ID, alert.text("signature_id"));
        event.text(Fields.RULE_NAME, alert.text("signature"));
        event.text(Fields.RULE_VERSION, alert.text("rev"));
        String category = alert.text("category");
        event.text(Fields.RULE_CATEGORY, category);
        event.text(Fields.MESSAGE, category == null || category.isEmpty() ? alert.text("signature") : category);
        event.put(REFERENCE, EveEvents.texts(alert.list("references")));
        // 1 is the most severe: Suricata's own scale, kept as it is.
        event.number(Fields.EVENT_SEVERITY, alert.number("severity"));
        metadata(alert.object("metadata"), event);
    }

    private static void metadata(JsonObject metadata, EventDraft event) {
        if (metadata.isEmpty()) {
            return;
        }
        attack(metadata, event);
        event.text(CREATED, date(metadata.text("created_at")));
        event.text(UPDATED, date(metadata.text("updated_at")));
        if (event.get(Fields.FILE_NAME) == null) {
            event.text(Fields.FILE_NAME, metadata.text("filename"));
        }
    }

    /** {@code mitre_attack} is found with techniques (T1190) and with tactics (TA0001). */
    private static void attack(JsonObject metadata, EventDraft event) {
        List<Object> techniques = new ArrayList<>(EveEvents.texts(metadata.list("mitre_technique_id")));
        List<Object> tactics = new ArrayList<>(EveEvents.texts(metadata.list("mitre_tactic_id")));
        for (Object id : EveEvents.texts(metadata.list("mitre_attack"))) {
            List<Object> ids = id.toString().startsWith("TA") ? tactics : techniques;
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        event.put(TECHNIQUE_ID, techniques).put(TACTIC_ID, tactics);
        event.put(TECHNIQUE_NAME, EveEvents.texts(metadata.list("mitre_technique_name")));
        event.put(TACTIC_NAME, EveEvents.texts(metadata.list("mitre_tactic_name")));
        if (!techniques.isEmpty() || !tactics.isEmpty()) {
            event.put(FRAMEWORK, "MITRE ATT&CK");
        }
    }

    /** {@code 2026_04_01} or {@code 2026-04-01}; null for anything else. */
    private static String date(String text) {
        if (text == null || text.length() != 10) {
            return null;
        }
        for (int i = 0; i < 10; i++) {
            char c = text.charAt(i);
            boolean separator = i == 4 || i == 7;
            if (separator ? c != '_' && c != '-' : c < '0' || c > '9') {
                return null;
            }
        }
        return text.replace('_', '-') + "T00:00:00.000Z";
    }
}
