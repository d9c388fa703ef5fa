package jp.hinomi.ingest.decode.tls;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * The fields that ECS has for the parts of a subject or issuer, below one prefix such as {@code
 * tls.server.x509.subject}. Immutable.
 */
public final class NameFields {
    private static final String[] TYPES = {"C", "CN", "L", "O", "OU", "ST"};
    private static final String[] NAMES = {
        "country", "common_name", "locality", "organization", "organizational_unit", "state_or_province"
    };

    private final Field distinguishedName;
    private final Field[] parts = new Field[TYPES.length];

    private NameFields(String prefix) {
        this.distinguishedName = Fields.of(prefix + ".distinguished_name");
        for (int i = 0; i < TYPES.length; i++) {
            parts[i] = Fields.of(prefix + '.' + NAMES[i]);
        }
    }

    public static NameFields under(String prefix) {
        return new NameFields(prefix);
    }

    /** Puts the whole name and its parts; null puts nothing. */
    public void put(String name, EventDraft event) {
        if (name == null || name.isEmpty() || name.equals("-")) {
            return;
        }
        event.put(distinguishedName, name);
        DistinguishedName parsed = new DistinguishedName(name);
        for (int i = 0; i < TYPES.length; i++) {
            event.put(parts[i], parsed.values(TYPES[i]));
        }
    }
}
