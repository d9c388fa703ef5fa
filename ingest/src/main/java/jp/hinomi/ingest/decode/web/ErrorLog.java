package jp.hinomi.ingest.decode.web;

import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.text.ZoneClock;

/** The error logs of Apache httpd and nginx, told apart by how a line begins. Stateless. */
public final class ErrorLog {
    private ErrorLog() {}

    public static boolean isLine(String text, int from) {
        return ApacheErrorLine.isAt(text, from) || NginxErrorLine.isAt(text, from);
    }

    /**
     * Reads a line of either, ModSecurity's included.
     *
     * @return false if it is none, or its time is none
     */
    public static boolean describe(String text, int from, ZoneClock zone, EventDraft event) {
        return ApacheErrorLine.isAt(text, from)
                ? ApacheErrorLine.describe(text, from, zone, event)
                : NginxErrorLine.isAt(text, from) && NginxErrorLine.describe(text, from, "nginx", zone, event);
    }
}
