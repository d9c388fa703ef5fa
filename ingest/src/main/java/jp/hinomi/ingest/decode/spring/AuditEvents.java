package jp.hinomi.ingest.decode.spring;

import java.util.List;
import java.util.Locale;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;

/**
 * What Spring Boot's Actuator logs of logins: {@code AuditEvent [timestamp=…, principal=kanri, type=AUTHENTICATION_FAILURE,
 * data={details=WebAuthenticationDetails [RemoteIpAddress=192.0.2.1, SessionId=null], type=…, message=Bad credentials}]}
 * (logger {@code …audit.listener.AuditListener}, level debug). Stateless.
 */
final class AuditEvents {
    private AuditEvents() {}

    static void describe(String message, EventDraft event) {
        if (message == null || !message.startsWith("AuditEvent [")) {
            return;
        }
        String type = part(message, " type=", ",");
        if (type == null) {
            return;
        }
        event.user(part(message, "principal=", ", type="));
        event.source(part(message, "RemoteIpAddress=", ","));
        type(type, event);
        String reason = part(message, "message=", "}");
        int comma = reason == null ? -1 : reason.indexOf(", ");
        event.text(Fields.EVENT_REASON, comma < 0 ? reason : reason.substring(0, comma));
    }

    /** What Spring Security's own types of audit events mean. */
    static void type(String type, EventDraft event) {
        event.action(type.toLowerCase(Locale.ROOT));
        switch (type) {
            case "AUTHENTICATION_SUCCESS", "AUTHENTICATION_SWITCH" ->
                event.classify("authentication", "info").outcome(true);
            case "AUTHENTICATION_FAILURE" ->
                event.classify("authentication", "info").outcome(false);
            case "AUTHORIZATION_FAILURE" ->
                event.classify(List.of("web", "authentication"), List.of("access", "info"))
                        .outcome(false);
            case "LOGOUT_SUCCESS" -> event.classify("authentication", "end").outcome(true);
            default -> {
                // An application's own kind
            }
        }
    }

    private static String part(String message, String name, String end) {
        int at = message.indexOf(name);
        if (at < 0) {
            return null;
        }
        int from = at + name.length();
        int to = message.indexOf(end, from);
        int bracket = message.indexOf(']', from);
        to = to < 0 ? bracket : bracket >= 0 && end.equals(",") ? Math.min(to, bracket) : to;
        return to < 0 ? null : message.substring(from, to);
    }
}
