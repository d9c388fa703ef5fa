package jp.hinomi.ingest.decode.cisco;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * What ISE found out about a device, from the general to the particular: {@code
 * Workstation:Microsoft-Workstation:Windows10-Workstation}. Stateless.
 */
final class EndpointProfile {
    private static final Field[] PLACES = {
        Fields.of("device.manufacturer"),
        Fields.of("host.type"),
        Fields.of("device.model.name"),
        Fields.of("host.os.full")
    };

    /** Profiles that name a maker where others name a kind, and what stands for them. */
    private static final String[][] MAKERS = {
        {"Macintosh-Workstation", "Macintosh:Mac"},
        {"Microsoft-Workstation", "Microsoft:Microsoft"},
        {"ChromeBook-Workstation", "ChromeBook:ChromeBook"}
    };

    private EndpointProfile() {}

    static void put(String value, EventDraft event) {
        event.text(Fields.of("cisco.ftd.security.endpoint_profile"), value);
        if (value.equals("Invalid ID")) {
            return;
        }
        String profile = value.replace("Device", " ");
        for (String[] maker : MAKERS) {
            int at = profile.lastIndexOf(maker[0]);
            if (at >= 0) {
                profile = maker[1] + profile.substring(at + maker[0].length());
            }
        }
        String[] parts = profile.replace("Workstation", " ")
                .replace('-', ' ')
                .replace('_', ' ')
                .split(":", PLACES.length + 1);
        for (int i = 0; i < parts.length && i < PLACES.length; i++) {
            event.text(PLACES[i], parts[i].strip());
        }
    }
}
