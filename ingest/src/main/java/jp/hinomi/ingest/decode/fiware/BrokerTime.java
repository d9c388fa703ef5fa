package jp.hinomi.ingest.decode.fiware;

import jp.hinomi.ingest.decode.syslog.Numbers;
import jp.hinomi.ingest.decode.text.TimeScan;

/** {@code 2026-04-01T01:00:00.000Z} of Orion and {@code Wednesday  1 Apr 01:00:00 2026.000Z} of Orion-LD and old Orions. One per line. */
final class BrokerTime {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private final TimeScan scan;

    BrokerTime(TimeScan scan) {
        this.scan = scan;
    }

    long millis() {
        return scan.millis;
    }

    boolean read(String text, int from) {
        return scan.iso(text, from) || worded(text, from);
    }

    private boolean worded(String text, int from) {
        int day = text.indexOf(' ', from) + 1;
        while (day > 0 && day < text.length() && text.charAt(day) == ' ') {
            day++;
        }
        int dayEnd = Numbers.endOfDigits(text, day);
        int month = dayEnd + 1;
        if (day - from > 16 || dayEnd == day || dayEnd - day > 2 || month + 18 > text.length()) {
            return false;
        }
        int index = MONTHS.indexOf(text.substring(month, month + 3));
        String clock = text.substring(month + 4, month + 12);
        String year = text.substring(month + 13, month + 17);
        if (index < 0 || index % 3 != 0) {
            return false;
        }
        int dot = month + 17;
        int end = text.charAt(dot) == '.' ? Numbers.endOfDigits(text, dot + 1) : dot;
        String fraction = end > dot + 1 ? text.substring(dot, Math.min(end, dot + 10)) : "";
        int number = index / 3 + 1;
        String iso = year
                + (number < 10 ? "-0" : "-")
                + number
                + (dayEnd - day == 1 ? "-0" : "-")
                + text.substring(day, dayEnd)
                + 'T'
                + clock
                + fraction
                + (end < text.length() && text.charAt(end) == 'Z' ? "Z" : "");
        return scan.iso(iso, 0);
    }
}
