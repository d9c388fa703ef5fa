package jp.hinomi.ingest.decode.text;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Reads time stamps where they stand in a line. After a method returned true, {@link #millis} is the time since the
 * epoch and {@link #end} the index after the stamp. Not thread-safe: one per line.
 */
public final class TimeScan {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /** 182 days in milliseconds: a stamp that near is in the right year. */
    private static final long HALF_A_YEAR = 182L * 86_400_000;

    private final ZoneClock zone;
    public long millis;
    public int end;

    private int at;
    private int secondOfDay;
    private int milli;

    /** @param zone for stamps that name none */
    public TimeScan(ZoneClock zone) {
        this.zone = zone;
    }

    /** {@code 2026-04-01T10:00:00.123456+09:00}; a space for T, a comma for the point, no offset, +0900 are read too. */
    public boolean iso(String text, int from) {
        if (from + 19 > text.length() || text.charAt(from + 4) != '-' || text.charAt(from + 7) != '-') {
            return false;
        }
        char separator = text.charAt(from + 10);
        int year = digits(text, from, 4);
        long day = ZoneClock.epochDay(year, digits(text, from + 5, 2), digits(text, from + 8, 2));
        if (year < 0 || day == Long.MIN_VALUE || (separator != 'T' && separator != ' ' && separator != 't')) {
            return false;
        }
        at = from + 11;
        return clock(text) && fraction(text) && offset(text, day);
    }

    /**
     * {@code Apr  1 10:00:00} (RFC 3164), also with a year before the month or before or after the clock, a leading {@code *} or {@code .}
     * (Cisco: not synchronised) or a fraction.
     *
     * @param nearMillis a stamp without a year gets the one that brings it nearest to this time
     */
    public boolean bsd(String text, int from, long nearMillis) {
        at = from;
        if (at < text.length() && (text.charAt(at) == '*' || text.charAt(at) == '.')) {
            at++;
        }
        int year = -1;
        if (at + 5 <= text.length() && text.charAt(at + 4) == ' ' && isDigit(text.charAt(at))) {
            year = digits(text, at, 4);
            if (year < 1970) {
                return false;
            }
            at += 5;
        }
        int month = month(text, at);
        if (month == 0 || at + 15 > text.length() || text.charAt(at + 3) != ' ') {
            return false;
        }
        at += 4;
        if (text.charAt(at) == ' ') {
            at++;
        }
        int day = number(text, 2);
        if (day < 0 || !take(text, ' ')) {
            return false;
        }
        if (year < 0 && at + 5 <= text.length() && text.charAt(at + 4) == ' ') {
            year = digits(text, at, 4);
            if (year < 1970) {
                return false;
            }
            at += 5;
        }
        if (!clock(text) || !fraction(text)) {
            return false;
        }
        if (year < 0
                && at + 5 <= text.length()
                && text.charAt(at) == ' '
                && digits(text, at + 1, 4) >= 1970
                && (at + 5 == text.length() || text.charAt(at + 5) == ' ' || text.startsWith(": ", at + 5))) {
            year = digits(text, at + 1, 4);
            at += 5;
        }
        end = at;
        return year < 0 ? nearest(month, day, nearMillis) : inYear(year, month, day);
    }

    /** {@code 01/Apr/2026:10:00:00 +0900}, as web servers write it. */
    public boolean clf(String text, int from) {
        if (from + 20 > text.length() || text.charAt(from + 2) != '/' || text.charAt(from + 6) != '/') {
            return false;
        }
        int year = digits(text, from + 7, 4);
        long day = ZoneClock.epochDay(year, month(text, from + 3), digits(text, from, 2));
        if (year < 0 || day == Long.MIN_VALUE || text.charAt(from + 11) != ':') {
            return false;
        }
        at = from + 12;
        if (!clock(text) || !fraction(text)) {
            return false;
        }
        if (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return offset(text, day);
    }

    private boolean nearest(int month, int day, long nearMillis) {
        int around = Instant.ofEpochMilli(nearMillis).atOffset(ZoneOffset.UTC).getYear();
        if (inYear(around, month, day) && Math.abs(millis - nearMillis) < HALF_A_YEAR) {
            return true;
        }
        boolean found = false;
        long best = 0;
        // 29 February may be up to eight years away.
        for (int year = around - 8; year <= around + 8; year++) {
            if (inYear(year, month, day) && (!found || Math.abs(millis - nearMillis) < Math.abs(best - nearMillis))) {
                best = millis;
                found = true;
            }
        }
        millis = best;
        return found;
    }

    private boolean inYear(int year, int month, int day) {
        long epochDay = ZoneClock.epochDay(year, month, day);
        if (epochDay == Long.MIN_VALUE) {
            return false;
        }
        millis = zone.toMillis(epochDay, secondOfDay, milli);
        return true;
    }

    /** {@code hh:mm:ss}; a leap second is the first of the next minute. */
    private boolean clock(String text) {
        if (at + 8 > text.length() || text.charAt(at + 2) != ':' || text.charAt(at + 5) != ':') {
            return false;
        }
        int hour = digits(text, at, 2);
        int minute = digits(text, at + 3, 2);
        int second = digits(text, at + 6, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return false;
        }
        secondOfDay = (hour * 60 + minute) * 60 + second;
        at += 8;
        return true;
    }

    private boolean fraction(String text) {
        milli = 0;
        if (at + 1 < text.length()
                && (text.charAt(at) == '.' || text.charAt(at) == ',')
                && isDigit(text.charAt(at + 1))) {
            at++;
            int scale = 100;
            while (at < text.length() && isDigit(text.charAt(at))) {
                milli += (text.charAt(at) - '0') * scale;
                scale /= 10;
                at++;
            }
        }
        return true;
    }

    /** {@code Z}, {@code +09:00}, {@code +0900}, {@code +09}, or nothing: then the zone of the source. */
    private boolean offset(String text, long epochDay) {
        char sign = at < text.length() ? text.charAt(at) : ' ';
        if (sign == 'Z' || sign == 'z') {
            at++;
            return utc(epochDay, 0);
        }
        if (sign != '+' && sign != '-') {
            end = at;
            millis = zone.toMillis(epochDay, secondOfDay, milli);
            return true;
        }
        if (sign == '-' && at + 1 < text.length() && (text.charAt(at + 1) == '-' || text.charAt(at + 1) == '+')) {
            // Check Point Quantum Spark: 2026-04-01T10:00:00--5:00
            at++;
            sign = text.charAt(at);
        }
        int length = at + 2 < text.length() && text.charAt(at + 2) == ':' ? 1 : 2;
        int hours = at + 1 + length <= text.length() ? digits(text, at + 1, length) : -1;
        at += 1 + length;
        int minutes = 0;
        if (at < text.length() && text.charAt(at) == ':') {
            minutes = at + 3 <= text.length() ? digits(text, at + 1, 2) : -1;
            at += 3;
        } else if (at + 2 <= text.length() && isDigit(text.charAt(at))) {
            minutes = digits(text, at, 2);
            at += 2;
        }
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return false;
        }
        int seconds = (hours * 60 + minutes) * 60;
        return utc(epochDay, sign == '+' ? seconds : -seconds);
    }

    private boolean utc(long epochDay, int offsetSeconds) {
        end = at;
        millis = (epochDay * 86_400 + secondOfDay - offsetSeconds) * 1000 + milli;
        return true;
    }

    private boolean take(String text, char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private int number(String text, int maxDigits) {
        int value = -1;
        int stop = Math.min(text.length(), at + maxDigits);
        while (at < stop && isDigit(text.charAt(at))) {
            value = Math.max(0, value) * 10 + (text.charAt(at) - '0');
            at++;
        }
        return value;
    }

    private static int month(String text, int at) {
        if (at + 3 > text.length()) {
            return 0;
        }
        for (int month = 0; month < 12; month++) {
            if (MONTHS.charAt(month * 3) == text.charAt(at)
                    && MONTHS.charAt(month * 3 + 1) == text.charAt(at + 1)
                    && MONTHS.charAt(month * 3 + 2) == text.charAt(at + 2)) {
                return month + 1;
            }
        }
        return 0;
    }

    private static int digits(String text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
