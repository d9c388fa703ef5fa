package jp.hinomi.ingest.decode.syslog;

import java.time.ZoneOffset;
import jp.hinomi.ingest.decode.text.Addresses;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Reads the envelope of syslog: RFC 5424, RFC 3164, and what is found between and beside them: ISO time stamps
 * (rsyslog), sequence numbers and years (Cisco), no PRI (files), no host name, no time at all (FortiGate). Never fails:
 * a line without any of it has a header that is not {@linkplain SyslogHeader#present() present}. Thread-safe.
 */
public final class SyslogParser {
    private static final int MAX_TAG = 128;

    private static final ZoneClock UTC = new ZoneClock(ZoneOffset.UTC);

    private final ZoneClock zone;

    /** @param zone for time stamps that name none */
    public SyslogParser(ZoneClock zone) {
        this.zone = zone;
    }

    /** @param nearMillis a stamp without a year is in the year that brings it nearest to this time */
    public SyslogHeader parse(String text, long nearMillis) {
        int at = afterCount(text);
        int priority = -1;
        int close = priorityEnd(text, at);
        if (close > 0) {
            priority = (int) Numbers.parse(text, at + 1, close);
            at = close + 1;
        }
        int version = Numbers.endOfDigits(text, at);
        if (version > at && version - at <= 2 && version < text.length() && text.charAt(version) == ' ') {
            SyslogHeader header = rfc5424(text, at, version, priority);
            if (header != null) {
                return header;
            }
        }
        return rfc3164(text, afterSequence(text, afterColon(text, spaces(text, at))), priority, nearMillis);
    }

    /** After the octet count of RFC 6587 that a relay has left in: {@code 97 <38>…}. */
    private static int afterCount(String text) {
        int digits = Numbers.endOfDigits(text, 0);
        boolean count = digits > 0 && digits <= 7 && text.startsWith(" <", digits) && priorityEnd(text, digits + 1) > 0;
        return count ? digits + 1 : 0;
    }

    /** Cisco's NX-OS: {@code <189>: 2026 Apr  1 …}. */
    private static int afterColon(String text, int at) {
        return text.startsWith(": ", at) ? spaces(text, at + 2) : at;
    }

    /** The index of {@code >} of a PRI of at most three digits, 0 to 191; else -1. */
    private static int priorityEnd(String text, int at) {
        if (at >= text.length() || text.charAt(at) != '<') {
            return -1;
        }
        int end = Numbers.endOfDigits(text, at + 1);
        boolean pri = end > at + 1 && end <= at + 4 && end < text.length() && text.charAt(end) == '>';
        return pri && Numbers.parse(text, at + 1, end) <= 191 ? end : -1;
    }

    private SyslogHeader rfc5424(String text, int versionStart, int versionEnd, int priority) {
        int from = versionEnd + 1;
        TimeScan time = new TimeScan(zone);
        boolean hasTime = time.iso(text, from);
        int at;
        if (hasTime) {
            at = time.end;
        } else if (priority >= 0 && from < text.length() && text.charAt(from) == '-') {
            at = from + 1;
        } else {
            return null;
        }
        String[] names = new String[4];
        for (int i = 0; i < names.length; i++) {
            if (at >= text.length() || text.charAt(at) != ' ') {
                return null;
            }
            int end = tokenEnd(text, at + 1);
            if (end == at + 1) {
                return null;
            }
            boolean nil = end == at + 2 && text.charAt(at + 1) == '-';
            names[i] = nil ? null : text.substring(at + 1, end);
            at = end;
        }
        at = Math.min(at + 1, text.length());
        StructuredData data = StructuredData.read(text, at);
        if (data != null) {
            at = data.end();
        }
        return new SyslogHeader(
                (int) Numbers.parse(text, versionStart, versionEnd),
                priority,
                hasTime,
                time.millis,
                names[0],
                names[1],
                names[2],
                names[3],
                data == null ? null : data.parameters(),
                messageStart(text, at));
    }

    private SyslogHeader rfc3164(String text, int from, int priority, long nearMillis) {
        TimeScan time = new TimeScan(zone);
        int at = from;
        boolean hasTime = time.bsd(text, at, nearMillis) || time.iso(text, at);
        int timeStart = at;
        String host = null;
        if (!hasTime && priority >= 0) {
            // Cisco with "logging origin-id": "<189>29: router1: Apr  1 10:00:00: %SYS-…"
            int end = tokenEnd(text, at);
            if (end > at + 1 && text.charAt(end - 1) == ':') {
                int next = spaces(text, end);
                if (time.bsd(text, next, nearMillis) || time.iso(text, next)) {
                    hasTime = true;
                    timeStart = next;
                    host = text.substring(at, end - 1);
                }
            }
        }
        if (hasTime) {
            int zoneEnd = zoneNameEnd(text, time.end);
            if (zoneEnd > 0 && isUtc(text, time.end + 1)) {
                TimeScan utc = new TimeScan(UTC);
                if (utc.bsd(text, timeStart, nearMillis)) {
                    time.millis = utc.millis;
                }
            }
            at = Math.max(zoneEnd, time.end);
            if (at < text.length() && text.charAt(at) == ':') {
                at = spaces(text, at + 1);
                return header(text, at, priority, time, host);
            }
            at = spaces(text, at);
            int end = tokenEnd(text, at);
            if (host == null && end > at && isHost(text, at, end)) {
                boolean colon = text.charAt(end - 1) == ':' && Addresses.canonical(text, at, end) == null;
                host = text.substring(at, colon ? end - 1 : end);
                at = afterColon(text, spaces(text, end));
            }
        } else if (priority < 0) {
            return new SyslogHeader(-1, -1, false, 0, null, null, null, null, null, 0);
        }
        return header(text, at, priority, hasTime ? time : null, host);
    }

    /** Reads {@code TAG[PID]:} and ends the header. */
    private static SyslogHeader header(String text, int at, int priority, TimeScan time, String host) {
        String program = null;
        String processId = null;
        int end = tokenEnd(text, at);
        int bracket = text.indexOf('[', at);
        int colon = end - 1;
        if (bracket > at && bracket < end) {
            int close = text.indexOf(']', bracket);
            if (close > 0 && close < end && (close == end - 1 || text.charAt(close + 1) == ':')) {
                program = program(text, at, bracket);
                processId = text.substring(bracket + 1, close);
                at = close == end - 1 ? afterJob(text, end) : close + 2;
            }
        } else if (end > at + 1 && end - at <= MAX_TAG && text.charAt(colon) == ':' && text.charAt(at) != '%') {
            program = program(text, at, colon);
            at = end;
        } else if (host != null && bracket > end && bracket - at <= MAX_TAG) {
            int close = wordsEnd(text, at, bracket);
            if (close > 0) {
                program = text.substring(at, bracket);
                processId = text.substring(bracket + 1, close);
                at = close + 2;
            }
        }
        return new SyslogHeader(
                -1,
                priority,
                time != null,
                time == null ? 0 : time.millis,
                host,
                program,
                processId,
                null,
                null,
                messageStart(text, at));
    }

    /** macOS: {@code com.apple.xpc.launchd[1] (com.apple.quicklook[21498]): …}, the job that the message is about. */
    private static int afterJob(String text, int end) {
        int close = text.startsWith(" (", end) ? text.indexOf("): ", end) : -1;
        return close > 0 && close - end <= 2 * MAX_TAG ? close + 3 : end;
    }

    /** macOS: {@code Google Chrome[85294]: …}. @return the index of the bracket that closes, or -1 if it is no such tag */
    private static int wordsEnd(String text, int from, int bracket) {
        for (int i = from; i < bracket; i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != ' ' && c != '.' && c != '-' && c != '_') {
                return -1;
            }
        }
        int close = Numbers.endOfDigits(text, bracket + 1);
        return close > bracket + 1 && text.startsWith("]: ", close) && text.charAt(bracket - 1) != ' ' ? close : -1;
    }

    /** The program's name, of {@code /usr/sbin/cron} the last part, of {@code sshd(pam_unix)} the first, of
     * {@code (squid-1)} what is inside. */
    private static String program(String text, int from, int to) {
        int slash = text.lastIndexOf('/', to - 1);
        if (slash >= from && slash < to - 1) {
            from = slash + 1;
        }
        if (to - from > 2 && text.charAt(from) == '(' && text.charAt(to - 1) == ')') {
            return text.substring(from + 1, to - 1);
        }
        int parenthesis = text.indexOf('(', from);
        if (parenthesis > from && parenthesis < to) {
            to = parenthesis;
        }
        return text.substring(from, to);
    }

    /** False for what stands where the host should be when there is none: {@code sshd[12]:}, {@code %ASA}, a row of CSV. */
    private static boolean isHost(String text, int from, int end) {
        char last = text.charAt(end - 1);
        char first = text.charAt(from);
        if (first == '%' || first == '[' || first == '{' || first == '-' && end - from > 1) {
            return false;
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '[' || c == '=' || c == '"' || c == '(' || c == ',') {
                return false;
            }
        }
        if (last != ':') {
            return true;
        }
        // "asa1: %ASA-6-…" names a host before the colon, "su: …" a program; an IPv6 address ends in one rarely.
        int next = spaces(text, end);
        return next < text.length() && text.charAt(next) == '%' || Addresses.canonical(text, from, end) != null;
    }

    /**
     * The index after {@code  JST} of {@code  JST:}, as Cisco writes it, or after {@code  UTC } and {@code  GMT }; else -1.
     * Other names than those two are read over: the zone is the source's, as abbreviations are ambiguous.
     */
    private static int zoneNameEnd(String text, int space) {
        if (space >= text.length() || text.charAt(space) != ' ') {
            return -1;
        }
        int end = space + 1;
        while (end < text.length() && end - space <= 5 && text.charAt(end) >= 'A' && text.charAt(end) <= 'Z') {
            end++;
        }
        if (end - space < 3 || end >= text.length()) {
            return -1;
        }
        return text.charAt(end) == ':' || text.charAt(end) == ' ' && isUtc(text, space + 1) ? end : -1;
    }

    private static boolean isUtc(String text, int at) {
        return text.startsWith("UTC", at) || text.startsWith("GMT", at);
    }

    /** Cisco's {@code 000123: } between PRI and time. */
    private static int afterSequence(String text, int at) {
        int digits = Numbers.endOfDigits(text, at);
        if (digits > at
                && digits - at <= 10
                && digits + 1 < text.length()
                && text.charAt(digits) == ':'
                && text.charAt(digits + 1) == ' ') {
            return spaces(text, digits + 2);
        }
        return at;
    }

    private static int tokenEnd(String text, int from) {
        int space = text.indexOf(' ', from);
        return space < 0 ? text.length() : space;
    }

    private static int spaces(String text, int at) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int messageStart(String text, int at) {
        at = spaces(text, at);
        return at < text.length() && text.charAt(at) == '\uFEFF' ? at + 1 : at;
    }
}
