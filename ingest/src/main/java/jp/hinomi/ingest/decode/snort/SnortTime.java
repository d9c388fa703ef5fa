package jp.hinomi.ingest.decode.snort;

import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.TimeScan;
import jp.hinomi.ingest.decode.text.ZoneClock;

/**
 * Snort's time: {@code 04/01-10:00:00.123456}, with a year {@code 26/04/01-…} (Snort 3) or {@code 04/01/26-…} (Snort 2.9);
 * Suricata writes {@code 04/01/2026-…}.
 *
 * @param end index after it
 * @param longYear true if the year has four digits
 */
record SnortTime(long millis, int end, boolean longYear) {
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    /** The length of the date before the dash, or 0 if no time begins there. */
    static int at(String text, int from) {
        int first = pair(text, from) && at(text, from + 2, '/') && pair(text, from + 3) ? from + 5 : -1;
        if (first < 0) {
            return 0;
        }
        int dash = first;
        if (at(text, first, '/')) {
            int end = Numbers.endOfDigits(text, first + 1);
            if (end - first != 3 && end - first != 5) {
                return 0;
            }
            dash = end;
        }
        boolean clock = at(text, dash, '-') && pair(text, dash + 1) && at(text, dash + 3, ':') && pair(text, dash + 4);
        return clock ? dash - from : 0;
    }

    /** @return null if there is no time at that index */
    static SnortTime read(String text, int from, ZoneClock zone, long nearMillis) {
        int length = at(text, from);
        if (length == 0) {
            return null;
        }
        int a = number(text, from);
        int b = number(text, from + 3);
        String year = "";
        int month = a;
        int day = b;
        if (length == 8) {
            int c = number(text, from + 6);
            // Snort 3 begins with the year, Snort 2 ends with it; where both fit, the year is not below 24.
            boolean yearFirst = a > 12 && b <= 12;
            year = " 20" + two(yearFirst ? a : c);
            month = yearFirst ? b : a;
            day = yearFirst ? c : b;
        } else if (length == 10) {
            year = ' ' + text.substring(from + 6, from + 10);
        }
        if (month < 1 || month > 12) {
            return null;
        }
        int clock = from + length + 1;
        int end = Math.min(text.length(), clock + 15);
        String plain = MONTHS[month - 1] + ' ' + two(day) + year + ' ' + text.substring(clock, end);
        TimeScan scan = new TimeScan(zone);
        if (!scan.bsd(plain, 0, nearMillis)) {
            return null;
        }
        return new SnortTime(
                scan.millis, Math.min(end, clock + scan.end - (plain.length() - (end - clock))), length == 10);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static int number(String text, int from) {
        return (text.charAt(from) - '0') * 10 + text.charAt(from + 1) - '0';
    }

    private static boolean pair(String text, int from) {
        return from + 2 <= text.length() && isDigit(text.charAt(from)) && isDigit(text.charAt(from + 1));
    }

    private static boolean at(String text, int index, char c) {
        return index < text.length() && text.charAt(index) == c;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
