package jp.hinomi.ingest.decode.net;

import jp.hinomi.events.Field;
import jp.hinomi.events.Fields;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.syslog.Numbers;

/** Ends of a connection that logs write as {@code address:port}: {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}, {@code name}. Stateless. */
public final class HostPort {
    private static final int MAX_PORT = 65_535;

    private HostPort() {}

    /** Fills {@code source.*}; a port of 0 says that there is none. */
    public static void source(String text, EventDraft event) {
        int colon = colon(text);
        event.source(host(text, colon));
        port(Fields.SOURCE_PORT, text, colon, event);
    }

    /** Fills {@code destination.*}; a port of 0 says that there is none. */
    public static void destination(String text, EventDraft event) {
        int colon = colon(text);
        event.destination(host(text, colon));
        port(Fields.DESTINATION_PORT, text, colon, event);
    }

    /** As {@link #source}, of a log that writes the port always and never brackets: {@code 2001:db8::1:80}. */
    public static void sourceAndPort(String text, EventDraft event) {
        int colon = text == null ? -1 : text.lastIndexOf(':');
        event.source(host(text, colon));
        port(Fields.SOURCE_PORT, text, colon, event);
    }

    /** As {@link #sourceAndPort} for the other end. */
    public static void destinationAndPort(String text, EventDraft event) {
        int colon = text == null ? -1 : text.lastIndexOf(':');
        event.destination(host(text, colon));
        port(Fields.DESTINATION_PORT, text, colon, event);
    }

    private static String host(String text, int colon) {
        return colon < 0 ? text : text.substring(0, colon);
    }

    private static void port(Field field, String text, int colon, EventDraft event) {
        if (colon >= 0) {
            long port = Numbers.parse(text, colon + 1, text.length());
            if (port > 0 && port <= MAX_PORT) {
                event.number(field, port);
            }
        }
    }

    /** The index of the colon before a port, or -1. Of an IPv6 address without brackets all is the address. */
    private static int colon(String text) {
        if (text == null) {
            return -1;
        }
        int colon = text.lastIndexOf(':');
        boolean bracketed = colon > 0 && text.charAt(colon - 1) == ']';
        if (colon <= 0 || !bracketed && text.indexOf(':') != colon) {
            return -1;
        }
        long port = Numbers.parse(text, colon + 1, text.length());
        return port >= 0 && port <= MAX_PORT ? colon : -1;
    }
}
