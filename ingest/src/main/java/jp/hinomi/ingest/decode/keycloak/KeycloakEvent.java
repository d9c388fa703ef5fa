package jp.hinomi.ingest.decode.keycloak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;
import jp.hinomi.ingest.decode.json.VendorFields;
import jp.hinomi.ingest.decode.web.WebFields;

/** A user event or an admin event of Keycloak. Stateless. */
final class KeycloakEvent {
    private static final Field EVENT_TYPE = Fields.of("keycloak.event_type");
    private static final Field TARGET_ID = Fields.of("user.target.id");
    private static final Field GROUP_ID = Fields.of("group.id");

    private static final Set<String> TAKEN = Set.of("userId", "ipAddress", "username", "id", "uid");
    private static final VendorFields LOGIN = new VendorFields("keycloak.login", TAKEN, names());
    private static final VendorFields ADMIN = new VendorFields("keycloak.admin", TAKEN, names());

    private KeycloakEvent() {}

    static void describe(JsonObject keycloak, EventDraft event) {
        String operation = keycloak.text("operationType");
        String type = keycloak.text("type");
        event.text(Fields.USER_ID, keycloak.text("userId")).relatedUser(keycloak.text("userId"));
        event.user(keycloak.text("username"));
        event.source(keycloak.text("ipAddress"));
        String error = keycloak.text("error");
        event.text(Fields.EVENT_REASON, error);
        if (operation != null) {
            admin(operation, keycloak, error, event);
            ADMIN.put(keycloak, event);
        } else {
            login(type, error, event);
            redirect(keycloak.text("redirect_uri"), event);
            LOGIN.put(keycloak, event);
        }
    }

    private static void login(String type, String error, EventDraft event) {
        event.text(EVENT_TYPE, "login").action(type).text(Fields.EVENT_CODE, error);
        boolean failed = error != null || type != null && type.endsWith("_ERROR");
        event.outcome(!failed);
        Object types = "info";
        if (type != null) {
            switch (type) {
                // An attempt to begin a session, whatever came of it.
                case "LOGIN", "LOGIN_ERROR" -> types = List.of("info", "start");
                case "LOGOUT", "LOGOUT_ERROR" -> types = List.of("info", "end");
                default -> {}
            }
        }
        event.classify("authentication", types);
    }

    private static void admin(String operation, JsonObject keycloak, String error, EventDraft event) {
        String resource = keycloak.text("resourceType");
        String code = resource == null ? operation : operation + '-' + resource;
        event.text(EVENT_TYPE, "admin")
                .text(Fields.EVENT_CODE, code)
                .action(code)
                .outcome(error == null);
        List<String> types = new ArrayList<>(List.of("info", "admin"));
        switch (operation) {
            case "CREATE" -> types.add("creation");
            case "UPDATE", "ACTION" -> types.add("change");
            case "DELETE" -> types.add("deletion");
            default -> {}
        }
        event.classify("iam", types);
        String path = keycloak.text("resourcePath");
        if (path != null) {
            String user = segment(path, "users/");
            event.text(TARGET_ID, user).relatedUser(user);
            event.text(GROUP_ID, segment(path, "groups/"));
        }
    }

    /** The part of the path after the name of its collection. */
    private static String segment(String path, String collection) {
        int at = path.indexOf(collection);
        if (at < 0 || at > 0 && path.charAt(at - 1) != '/') {
            return null;
        }
        int from = at + collection.length();
        int end = path.indexOf('/', from);
        return path.substring(from, end < 0 ? path.length() : end);
    }

    /** Where the user came from and is sent back to. */
    private static void redirect(String uri, EventDraft event) {
        if (uri != null && uri.indexOf("://") > 0) {
            WebFields.target(uri, null, event);
        }
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        names.put("type", "keycloak.login.type");
        names.put("operationType", "keycloak.admin.operation");
        names.put("resourceType", "keycloak.admin.resource.type");
        names.put("resourcePath", "keycloak.admin.resource.path");
        names.put("realmId", "keycloak.realm.id");
        names.put("realmName", "keycloak.realm.name");
        names.put("clientId", "keycloak.client.id");
        names.put("sessionId", "keycloak.session.id");
        names.put("authSessionParentId", "keycloak.login.auth_session_parent_id");
        names.put("authSessionTabId", "keycloak.login.auth_session_tab_id");
        return names;
    }
}
