package jp.hinomi.ingest.intel;

import java.util.Locale;
import jp.hinomi.events.Fields;
import jp.hinomi.events.SecurityEvent;

/**
 * URLs in one form (RFC 3986, 6.2): scheme and host in lower case, no default port, no fragment, {@code /} for an empty
 * path. Escapes stay as they are: what a server makes of them is its own affair.
 */
final class Urls {
    private static final String AFTER_SCHEME = "://";

    private Urls() {}

    /** The canonical URL, or null if there is no host in it. One without a scheme stays one without. */
    static String canonical(String text) {
        int hash = text.indexOf('#');
        String url = (hash < 0 ? text : text.substring(0, hash)).strip();
        int start = hostStart(url);
        int end = hostEnd(url, start);
        int host = nameStart(url, start, end);
        int hostEnd = nameEnd(url, host, end);
        if (hostEnd == host) {
            return null;
        }
        String name = url.substring(host, hostEnd);
        String canonical = name.charAt(0) == '[' ? name.toLowerCase(Locale.ROOT) : Domains.canonical(name);
        if (canonical == null) {
            return null;
        }
        String scheme = url.substring(0, start).toLowerCase(Locale.ROOT);
        String port = url.substring(hostEnd, end);
        StringBuilder out = new StringBuilder(url.length() + 1);
        out.append(scheme).append(url, start, host).append(canonical);
        if (!port.equals(":") && !isDefault(scheme, port)) {
            out.append(port);
        }
        if (end == url.length() || url.charAt(end) != '/') {
            out.append('/');
        }
        return out.append(url, end, url.length()).toString();
    }

    /** Where the host's name begins: behind a user. */
    static int nameStart(String url, int start, int end) {
        for (int i = end - 1; i >= start; i--) {
            if (url.charAt(i) == '@') {
                return i + 1;
            }
        }
        return start;
    }

    /** Where the host's name ends: before a port. */
    static int nameEnd(String url, int host, int end) {
        for (int i = host; i < end; i++) {
            char c = url.charAt(i);
            if (c == '[') {
                int close = url.indexOf(']', i);
                i = close < 0 || close >= end ? end : close;
            } else if (c == ':') {
                return i;
            }
        }
        return end;
    }

    /**
     * The URL that an event says in parts: proxies and firewalls log host and path apart. Null if it has {@code url.full}, or
     * not both parts. Without a scheme HTTP is meant.
     */
    static String assembled(SecurityEvent event) {
        String domain = event.text(Fields.URL_DOMAIN);
        if (domain == null || event.has(Fields.URL_FULL)) {
            return null;
        }
        String original = event.text(Fields.URL_ORIGINAL);
        String path = event.text(Fields.URL_PATH);
        String query = event.text(Fields.URL_QUERY);
        if (original != null && original.startsWith("/")) {
            path = original;
        } else if (path != null && query != null) {
            path = path + "?" + query;
        }
        if (path == null || !path.startsWith("/")) {
            return null;
        }
        String scheme = event.text(Fields.URL_SCHEME);
        String port = event.text(Fields.URL_PORT);
        return (scheme == null ? "http" : scheme) + "://" + domain + (port == null ? "" : ":" + port) + path;
    }

    private static boolean isDefault(String scheme, String port) {
        return switch (scheme) {
            case "http://" -> port.equals(":80");
            case "https://" -> port.equals(":443");
            case "ftp://" -> port.equals(":21");
            default -> false;
        };
    }

    /** A canonical URL without its scheme. */
    static String withoutScheme(String canonical) {
        return canonical.substring(hostStart(canonical));
    }

    static boolean hasScheme(String url) {
        return hostStart(url) > 0;
    }

    /** Where user, host and port begin: behind the scheme, if there is one. */
    static int hostStart(String url) {
        int mark = url.indexOf(AFTER_SCHEME);
        if (mark < 1) {
            return 0;
        }
        for (int i = 0; i < mark; i++) {
            char c = url.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
                return 0;
            }
        }
        return mark + AFTER_SCHEME.length();
    }

    /** Where path, query or fragment begin. */
    static int hostEnd(String url, int start) {
        for (int i = start; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '/' || c == '?' || c == '#' || c == '\\') {
                return i;
            }
        }
        return url.length();
    }
}
