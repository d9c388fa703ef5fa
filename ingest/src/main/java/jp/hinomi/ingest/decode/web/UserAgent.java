package jp.hinomi.ingest.decode.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * What a request says sent it: program, system and device by the names that the uap-core project gives them, as other mappings
 * to ECS use them. What is not known by name is {@code Other}. Immutable.
 *
 * @param version null if none is said
 * @param system null if none is said
 * @param systemVersion null if none is said
 */
record UserAgent(String name, String version, String system, String systemVersion, String device) {
    static final String OTHER = "Other";

    private static final Field NAME = Fields.of("user_agent.name");
    private static final Field VERSION = Fields.of("user_agent.version");
    private static final Field SYSTEM = Fields.of("user_agent.os.name");
    private static final Field SYSTEM_VERSION = Fields.of("user_agent.os.version");
    private static final Field SYSTEM_FULL = Fields.of("user_agent.os.full");
    private static final Field DEVICE = Fields.of("user_agent.device.name");

    /** Longer ones are read up to here: what names the program stands in front of it. */
    private static final int MAX_LENGTH = 512;

    /** Few programs make most requests; more are read anew, so that invented ones cannot fill memory. */
    private static final int MAX_REMEMBERED = 4_096;

    private static final Map<String, UserAgent> REMEMBERED = new ConcurrentHashMap<>();

    static UserAgent of(String text) {
        UserAgent known = REMEMBERED.get(text);
        if (known == null) {
            known = UserAgentText.read(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
            if (REMEMBERED.size() < MAX_REMEMBERED && text.length() <= MAX_LENGTH) {
                REMEMBERED.put(text, known);
            }
        }
        return known;
    }

    /** Leaves an event as it is that says it already. */
    void put(EventDraft event) {
        if (event.get(NAME) != null) {
            return;
        }
        event.text(NAME, name).text(VERSION, version).text(DEVICE, device);
        if (system != null) {
            event.text(SYSTEM, system);
            event.text(SYSTEM_VERSION, systemVersion);
            event.text(SYSTEM_FULL, systemVersion == null ? null : full());
        }
    }

    private String full() {
        return system + ' ' + systemVersion;
    }
}
