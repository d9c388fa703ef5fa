package jp.hinomi.ingest.decode.fiware;

import java.util.List;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.web.WebFields;

/** Requests of the APIs NGSIv2 and NGSI-LD: which resource, which entity, of which type. Stateless. */
final class Ngsi {
    private static final Field RESOURCE = Fields.of("fiware.ngsi.resource");
    private static final Field ENTITY_ID = Fields.of("fiware.ngsi.entity_id");
    private static final Field ENTITY_TYPE = Fields.of("fiware.ngsi.entity_type");
    private static final String V2 = "/v2/";
    private static final String LD = "/ngsi-ld/v1/";

    /** Where in a payload its type is looked for; brokers name it in the beginning. */
    private static final int MAX_PAYLOAD = 4096;

    private static final int MAX_TYPE = 256;

    private Ngsi() {}

    /** @param received false for what the broker itself asks of others */
    static void request(String method, String url, boolean received, EventDraft event) {
        event.text(Fields.NETWORK_PROTOCOL, "http");
        if (!received) {
            target(url, event);
            event.classify("network", List.of("connection", "protocol"));
            return;
        }
        WebFields.target(url, method, event);
        String path = event.get(Fields.URL_PATH) instanceof String text ? text : url;
        resource(path, event);
        if (event.get(Fields.URL_QUERY) instanceof String query) {
            parameter(query, "type=", ENTITY_TYPE, event);
            parameter(query, "id=", ENTITY_ID, event);
        }
        String type = switch (method) {
            case "POST" -> path.contains("/op/") || path.contains("/entityOperations/query") ? null : "creation";
            case "PUT", "PATCH" -> "change";
            case "DELETE" -> "deletion";
            default -> null;
        };
        event.classify(List.of("web", "api"), type == null ? "access" : List.of("access", type));
    }

    /** Where the broker sends to: {@code localhost:1028/accumulate} or a whole URL. */
    static void target(String url, EventDraft event) {
        if (url.isEmpty()) {
            return;
        }
        String full = url.contains("://") ? url : "http://" + url;
        WebFields.target(full, null, event);
        event.put(Fields.URL_ORIGINAL, url);
        if (event.get(Fields.URL_DOMAIN) instanceof String host) {
            event.destination(host);
        }
        event.put(Fields.DESTINATION_PORT, event.get(Fields.URL_PORT));
    }

    private static void resource(String path, EventDraft event) {
        int from = path.startsWith(V2) ? V2.length() : path.startsWith(LD) ? LD.length() : -1;
        if (from < 0) {
            return;
        }
        int end = path.indexOf('/', from);
        String resource = path.substring(from, end < 0 ? path.length() : end);
        event.text(RESOURCE, resource);
        if (end < 0) {
            return;
        }
        int next = path.indexOf('/', end + 1);
        String second = path.substring(end + 1, next < 0 ? path.length() : next);
        if (resource.equals("entities")) {
            event.text(ENTITY_ID, second);
        } else if (resource.equals("types")) {
            event.text(ENTITY_TYPE, second);
        }
    }

    private static void parameter(String query, String name, Field field, EventDraft event) {
        int at = query.startsWith(name) ? 0 : query.indexOf('&' + name);
        if (at >= 0) {
            int from = query.indexOf('=', at) + 1;
            int end = query.indexOf('&', from);
            event.text(field, query.substring(from, end < 0 ? query.length() : end));
        }
    }

    /** The first {@code "type":"…"} of a payload, if the URL named none: that of the entity, in every request of both APIs. */
    static void payload(String message, int from, EventDraft event) {
        if (event.get(ENTITY_TYPE) != null) {
            return;
        }
        int limit = Math.min(message.length(), from + MAX_PAYLOAD);
        String head = message.substring(from, limit);
        int key = head.indexOf("\"type\"");
        int open = key < 0 ? -1 : head.indexOf('"', key + "\"type\"".length());
        int close = open < 0 ? -1 : head.indexOf('"', open + 1);
        if (close > open
                && close - open <= MAX_TYPE
                && head.substring(key + 6, open).strip().equals(":")) {
            event.text(ENTITY_TYPE, head.substring(open + 1, close));
        }
    }
}
