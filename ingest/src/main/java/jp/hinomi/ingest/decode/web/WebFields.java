package jp.hinomi.ingest.decode.web;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** Splits what a request asked for into {@code url.*}. Stateless. */
public final class WebFields {
    private static final int MAX_EXTENSION = 16;
    private static final Field FRAGMENT = Fields.of("url.fragment");
    private static final Field USERNAME = Fields.of("url.username");
    private static final Field PASSWORD = Fields.of("url.password");

    private WebFields() {}

    /**
     * A request target (RFC 9112 section 3.2): {@code /path?query}, {@code http://host/path} or {@code host:443}.
     * Path and query are without percent escapes, so that no spelling hides what is asked for; {@code url.original} has them.
     */
    public static void target(String target, String method, EventDraft event) {
        event.text(Fields.URL_ORIGINAL, target);
        int path = 0;
        int scheme = target.indexOf("://");
        if (scheme > 0 && scheme <= 10 && target.charAt(0) != '/') {
            event.text(Fields.URL_SCHEME, target.substring(0, scheme).toLowerCase(java.util.Locale.ROOT));
            event.text(Fields.URL_FULL, target);
            int authority = scheme + 3;
            path = authority;
            while (path < target.length() && "/?#".indexOf(target.charAt(path)) < 0) {
                path++;
            }
            authority(target.substring(authority, path), event);
        } else if ("CONNECT".equals(method)) {
            authority(target, event);
            return;
        }
        boolean escaped = PercentEscapes.isEscaped(target);
        int fragment = target.indexOf('#', path);
        int end = fragment < 0 ? target.length() : fragment;
        if (fragment >= 0) {
            event.text(FRAGMENT, target.substring(fragment + 1));
        }
        int query = target.indexOf('?', path);
        int pathEnd = query < 0 || query > end ? end : query;
        if (pathEnd > path) {
            String decoded = part(target, path, pathEnd, escaped);
            event.text(Fields.URL_PATH, decoded);
            extension(decoded, event);
        }
        if (query >= 0 && query + 1 < end) {
            event.text(Fields.URL_QUERY, part(target, query + 1, end, escaped));
        }
    }

    private static String part(String target, int from, int to, boolean escaped) {
        String part = target.substring(from, to);
        return escaped ? PercentEscapes.decode(part) : part;
    }

    /**
     * {@code GET /path HTTP/1.1}, also without a version.
     *
     * @return false if it has not two words: then nothing is put
     */
    public static boolean requestLine(String line, EventDraft event) {
        int space = line.indexOf(' ');
        if (space <= 0) {
            return false;
        }
        int protocol = line.lastIndexOf(" HTTP/");
        boolean versioned = protocol > space;
        String method = line.substring(0, space);
        event.text(Fields.HTTP_REQUEST_METHOD, method);
        if (versioned) {
            version(line.substring(protocol + 1), event);
        }
        String target = line.substring(space + 1, versioned ? protocol : line.length());
        if (!target.isEmpty()) {
            target(target, method, event);
        }
        return true;
    }

    /** What the program is that sent the request, where the event says {@code user_agent.original}. */
    public static void userAgent(EventDraft event) {
        if (event.get(Fields.USER_AGENT_ORIGINAL) instanceof String text) {
            UserAgent.of(text).put(event);
        }
    }

    /** {@code host}, {@code host:port}, {@code user@host}, {@code [2001:db8::1]:443}. */
    public static void authority(String authority, EventDraft event) {
        int at = authority.lastIndexOf('@');
        if (at > 0) {
            credentials(authority, at, event);
        }
        String host = authority.substring(at + 1);
        int colon = host.lastIndexOf(':');
        if (colon >= 0 && colon > host.lastIndexOf(']') && host.indexOf(':') == colon
                || colon > 0 && host.charAt(colon - 1) == ']') {
            long port = Numbers.parse(host, colon + 1, host.length());
            if (port >= 0 && port <= 65535) {
                event.number(Fields.URL_PORT, port);
                host = host.substring(0, colon);
            }
        }
        if (host.length() > 2 && host.charAt(0) == '[' && host.charAt(host.length() - 1) == ']') {
            host = host.substring(1, host.length() - 1);
        }
        event.host(Fields.URL_DOMAIN, host);
    }

    /** {@code user} or {@code user:password}, up to the {@code @}. */
    private static void credentials(String authority, int at, EventDraft event) {
        int colon = authority.indexOf(':');
        boolean secret = colon >= 0 && colon < at;
        event.text(USERNAME, authority.substring(0, secret ? colon : at));
        if (secret) {
            event.text(PASSWORD, authority.substring(colon + 1, at));
        }
    }

    private static void extension(String path, EventDraft event) {
        int dot = path.lastIndexOf('.');
        int length = path.length() - dot - 1;
        if (dot > 0 && length > 0 && length <= MAX_EXTENSION && dot > path.lastIndexOf('/')) {
            event.text(Fields.URL_EXTENSION, path.substring(dot + 1));
        }
    }

    /** {@code HTTP/1.1} → {@code 1.1}; anything else leaves the field out. */
    public static void version(String protocol, EventDraft event) {
        if (protocol != null && protocol.startsWith("HTTP/") && protocol.length() <= 10) {
            event.text(Fields.HTTP_VERSION, protocol.substring("HTTP/".length()));
        }
    }

    /** The status and what it means: below 400 the request succeeded. */
    public static void status(long status, EventDraft event) {
        if (status > 0) {
            event.number(Fields.HTTP_RESPONSE_STATUS_CODE, status);
            event.outcome(status < 400);
        }
    }
}
