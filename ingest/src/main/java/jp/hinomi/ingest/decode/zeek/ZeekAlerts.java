package jp.hinomi.ingest.decode.zeek;

import java.util.Map;
import java.util.Set;
import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.json.JsonObject;

/** What Zeek found worth saying: {@code notice.log}, {@code weird.log}, {@code signatures.log}, {@code intel.log}. */
final class ZeekAlerts {
    static final Set<String> NOTICE = Set.of("note", "msg", "sub", "src", "dst", "p", "file_mime_type", "community_id");
    static final Set<String> SIGNATURE =
            Set.of("src_addr", "src_port", "dst_addr", "dst_port", "sig_id", "event_msg", "sub_msg");
    static final Set<String> INTEL = Set.of("seen.indicator", "file_mime_type");

    private static final Field DESCRIPTION = Fields.of("rule.description");
    private static final Field MIME = Fields.of("file.mime_type");
    private static final Field INDICATOR_TYPE = Fields.of("threat.indicator.type");
    private static final Field INDICATOR_NAME = Fields.of("threat.indicator.name");
    private static final Field INDICATOR_IP = Fields.of("threat.indicator.ip");
    private static final Field INDICATOR_URL = Fields.of("threat.indicator.url.full");
    private static final Field INDICATOR_SCHEME = Fields.of("threat.indicator.url.scheme");
    private static final Field INDICATOR_PATH = Fields.of("threat.indicator.url.path");
    private static final Field INDICATOR_EXTENSION = Fields.of("threat.indicator.url.extension");
    private static final Field INDICATOR_QUERY = Fields.of("threat.indicator.url.query");
    private static final Field INDICATOR_FRAGMENT = Fields.of("threat.indicator.url.fragment");
    private static final Field INDICATOR_DOMAIN = Fields.of("threat.indicator.url.domain");
    private static final Field INDICATOR_MAIL = Fields.of("threat.indicator.email.address");
    private static final Field INDICATOR_FILE = Fields.of("threat.indicator.file.name");
    private static final Field PROVIDER = Fields.of("threat.indicator.provider");

    private static final Map<String, String> TYPES = Map.of(
            "ADDR", "ipv4-addr",
            "SUBNET", "ipv4-addr",
            "DOMAIN", "domain-name",
            "URL", "url",
            "EMAIL", "email-addr",
            "FILE_HASH", "file",
            "FILE_NAME", "file",
            "CERT_HASH", "x509-certificate",
            "USER_NAME", "user-account",
            "SOFTWARE", "software");

    private ZeekAlerts() {}

    static void notice(JsonObject notice, EventDraft event) {
        event.kind("alert").text(Fields.RULE_NAME, notice.text("note"));
        event.text(DESCRIPTION, notice.text("msg")).text(Fields.MESSAGE, notice.text("msg"));
        event.text(Fields.EVENT_REASON, notice.text("sub")).text(MIME, notice.text("file_mime_type"));
        ends(notice, event);
        if (event.get(Fields.DESTINATION_PORT) == null) {
            event.number(Fields.DESTINATION_PORT, notice.number("p"));
        }
        Boolean dropped = notice.flag("dropped");
        if (dropped != null) {
            event.put(
                    Fields.EVENT_TYPE,
                    dropped ? java.util.List.of("info", "denied") : java.util.List.of("info", "allowed"));
        }
    }

    /** Of logs that name the ends beside a connection, or without one. */
    static void ends(JsonObject log, EventDraft event) {
        if (event.get(Fields.SOURCE_ADDRESS) == null) {
            event.source(log.text("src"));
        }
        if (event.get(Fields.DESTINATION_ADDRESS) == null) {
            event.destination(log.text("dst"));
        }
    }

    static void signature(JsonObject log, EventDraft event) {
        event.kind("alert").text(Fields.RULE_ID, log.text("sig_id")).text(Fields.RULE_NAME, log.text("note"));
        event.text(Fields.MESSAGE, log.text("event_msg")).text(DESCRIPTION, log.text("event_msg"));
        event.text(Fields.EVENT_REASON, log.text("sub_msg"));
        event.source(log.text("src_addr")).number(Fields.SOURCE_PORT, log.number("src_port"));
        event.destination(log.text("dst_addr")).number(Fields.DESTINATION_PORT, log.number("dst_port"));
    }

    static void weird(JsonObject weird, EventDraft event) {
        event.text(Fields.RULE_NAME, weird.text("name")).text(Fields.EVENT_REASON, weird.text("addl"));
    }

    static void intel(JsonObject intel, EventDraft event) {
        String indicator = intel.text("seen.indicator");
        String type = intel.text("seen.indicator_type");
        type = type == null ? "" : type.substring(type.lastIndexOf(':') + 1);
        boolean six = indicator != null && indicator.indexOf(':') >= 0;
        String known = TYPES.get(type);
        event.kind("alert").text(INDICATOR_NAME, indicator);
        event.text(INDICATOR_TYPE, six && "ipv4-addr".equals(known) ? "ipv6-addr" : known);
        event.text(PROVIDER, intel.text("sources")).text(MIME, intel.text("file_mime_type"));
        if (indicator == null) {
            return;
        }
        switch (type) {
            case "ADDR" -> event.ip(INDICATOR_IP, indicator);
            case "URL" -> url(indicator, event);
            case "DOMAIN" -> event.host(INDICATOR_DOMAIN, indicator);
            case "EMAIL" -> event.text(INDICATOR_MAIL, indicator);
            case "FILE_NAME" -> event.text(INDICATOR_FILE, indicator);
            case "FILE_HASH", "CERT_HASH" -> event.relatedHash(indicator);
            case "USER_NAME" -> event.relatedUser(indicator);
            default -> {
                // The name says it.
            }
        }
    }

    /** Zeek's indicators are URLs without their scheme, but feeds write it as well. */
    private static void url(String url, EventDraft event) {
        event.text(INDICATOR_URL, url);
        int scheme = url.indexOf("://");
        boolean full = scheme > 0 && scheme <= 10;
        event.text(INDICATOR_SCHEME, full ? url.substring(0, scheme) : null);
        int from = full ? scheme + 3 : 0;
        int fragment = end(url, '#', from, url.length());
        int query = end(url, '?', from, fragment);
        int path = end(url, '/', from, query);
        // Before the host may stand a user with a password; an IPv6 address has colons of its own.
        int host = Math.max(from, url.lastIndexOf('@', path - 1) + 1);
        int bracket = url.startsWith("[", host) ? end(url, ']', host, path) : host;
        int port = end(url, ':', bracket, path);
        String name = url.substring(host, port);
        boolean six = name.startsWith("[") && name.endsWith("]");
        event.host(INDICATOR_DOMAIN, six ? name.substring(1, name.length() - 1) : name);
        event.text(INDICATOR_PATH, url.substring(path, query));
        int dot = url.lastIndexOf('.', query - 1);
        event.text(
                INDICATOR_EXTENSION,
                dot > url.lastIndexOf('/', query - 1) && dot >= path ? url.substring(dot + 1, query) : null);
        event.text(INDICATOR_QUERY, query < fragment ? url.substring(query + 1, fragment) : null);
        event.text(INDICATOR_FRAGMENT, fragment < url.length() ? url.substring(fragment + 1) : null);
    }

    /** The index of the first such character before the end, else the end. */
    private static int end(String url, char c, int from, int end) {
        int at = url.indexOf(c, from);
        return at < 0 || at > end ? end : at;
    }
}
