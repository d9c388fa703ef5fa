package jp.hinomi.ingest.decode.cisco;

import java.util.List;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/** What messages say in the classification of ECS. */
enum Kind {
    /** A packet or connection was not let through, as the device is told to: it did what it should. */
    DENY("firewall-rule", "network", types("connection", "denied"), true),
    /** The same, and not by a rule. */
    DROPPED("firewall-rule", "network", types("connection", "denied"), false),
    /** An access list decided; which way, its message says. */
    LIST("firewall-rule", "network", types("connection"), null),
    BUILT("firewall-rule", "network", types("connection", "start", "allowed"), true),
    BUILT_ICMP("flow-creation", "network", types("connection", "start"), null),
    OVER("flow-expiration", "network", types("connection", "end"), null),
    TRANSLATED("firewall-rule", "network", types("info"), null),
    FLOW("firewall-rule", "network", types("info"), null),
    WEB("firewall-rule", "network", types("connection", "allowed"), true),
    FILE("firewall-rule", types("network", "file"), types("access"), true),
    ATTACK("intrusion-detected", types("network", "intrusion_detection"), types("info"), null),
    /** The same, and the packet was not let through. */
    ATTACK_DENIED("intrusion-detected", types("network", "intrusion_detection"), types("info", "denied"), true),
    LOGIN("logged-in", types("authentication", "network"), types("allowed", "info"), true),
    LOGIN_FAILED("logon-failed", types("authentication", "network"), types("denied", "info"), false),
    LOGOUT("logged-out", "authentication", types("end"), null),
    AAA("aaa-information", "authentication", types("info"), null),
    COMMAND("command-executed", "configuration", types("change"), true),
    SHOW("command-executed", "configuration", types("access"), true),
    CONFIGURED("configuration", "configuration", types("change"), null),
    USER_ADDED("user-created", "iam", types("user", "creation"), true),
    USER_REMOVED("user-deleted", "iam", types("user", "deletion"), true),
    USER_CHANGED("user-changed", "iam", types("user", "change"), true),
    PRIVILEGE("privilege-level-changed", "iam", types("user", "change"), true),
    GROUP_ADDED("group-created", "iam", types("group", "creation"), true),
    GROUP_REMOVED("group-deleted", "iam", types("group", "deletion"), true),
    USER_MAPPED("user-mapped", types("iam", "session"), types("user", "start"), null),
    USER_UNMAPPED("user-unmapped", types("iam", "session"), types("user", "end"), null),
    VPN_UP("client-vpn-connected", types("network", "session"), types("connection", "start"), true),
    VPN_DOWN("client-vpn-disconnected", "network", types("connection", "end"), null),
    VPN_FAILED("client-vpn-error", "network", types("connection", "denied"), false),
    VPN("firewall-rule", "network", types("info"), null),
    TLS("tls-handshake", "network", types("protocol", "info"), null),
    TLS_OK("tls-handshake", "network", types("protocol", "info"), true),
    TLS_FAILED("tls-handshake", "network", types("protocol", "denied"), false),
    HOST("device-information", "host", types("info"), null);

    static final List<String> DENIED = types("connection", "denied");
    static final List<String> ALLOWED = types("connection", "allowed");

    private final String action;
    private final Object categories;
    private final List<String> types;
    private final Boolean success;

    Kind(String action, Object categories, List<String> types, Boolean success) {
        this.action = action;
        this.categories = categories;
        this.types = types;
        this.success = success;
    }

    /** Puts it; a message's values may say more precisely. */
    void put(EventDraft event) {
        event.action(action).classify(categories, types);
        if (success != null) {
            event.outcome(success);
        }
        if (this == ATTACK || this == ATTACK_DENIED) {
            event.put(Fields.EVENT_KIND, "alert");
        }
    }

    private static List<String> types(String... types) {
        return List.of(types);
    }
}
