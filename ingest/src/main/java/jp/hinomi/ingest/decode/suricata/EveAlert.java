package jp.hinomi.ingest.decode.suricata;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;

/** The object {@code alert} of EVE. */
final class EveAlert {
    private static final List<String> CATEGORIES = List.of("network", "intrusion_detection");
    private static final List<String> ALLOWED = List.of("info", "allowed");
    private static final List<String> DENIED = List.of("info", "denied");
    private static final Field GENERATOR = Fields.of("suricata.eve.alert.gid");
    private static final Field TECHNIQUE_ID = Fields.of("threat.technique.id");
    private static final Field TACTIC_ID = Fields.of("threat.tactic.id");
    private static final int MAX_METADATA = 64;

    private EveAlert() {}

    static void describe(JsonObject alert, String packetSource, EventDraft event) {
        boolean blocked = "blocked".equals(alert.text("action"));
        event.kind("alert").classify(CATEGORIES, blocked ? DENIED : ALLOWED).action(alert.text("action"));
        event.text(Fields.RULE_ID, alert.text("signature_id"));
        event.text(Fields.RULE_NAME, alert.text("signature"));
        event.text(Fields.RULE_CATEGORY, alert.text("category"));
        event.text(Fields.RULE_VERSION, alert.text("rev"));
        event.text(Fields.MESSAGE, alert.text("signature"));
        // 1 is the most severe: Suricata's own scale, kept as it is.
        event.number(Fields.EVENT_SEVERITY, alert.number("severity"));
        event.text(GENERATOR, alert.text("gid"));
        event.text(Fields.of("suricata.eve.pkt_src"), packetSource);
        int taken = 0;
        for (var entry : alert.object("metadata").members().entrySet()) {
            String name = entry.getKey();
            if (taken++ >= MAX_METADATA || name.length() > 64) {
                continue;
            }
            List<Object> values = EveEvents.texts(alert.object("metadata").list(name));
            event.put(Fields.of("suricata.eve.alert.metadata." + name), values);
            if (name.equals("mitre_technique_id")) {
                event.put(TECHNIQUE_ID, values);
            } else if (name.equals("mitre_tactic_id")) {
                event.put(TACTIC_ID, values);
            }
        }
    }
}
