package jp.hinomi.ingest.decode.cisco;

import jp.hinomi.ingest.decode.syslog.Numbers;

/**
 * What a message calls itself: {@code %ASA-6-302013: } or, with a class, {@code %ASA-session-5-106100: }.
 *
 * @param product {@code ASA}, {@code FTD}, {@code NGIPS}, {@code PIX} or {@code FWSM}
 * @param severity 0, the most severe, to 7
 * @param number of the message
 * @param textStart index of the first character behind it
 */
record Label(String product, int severity, String number, int textStart) {
    private static final String[] PRODUCTS = {"ASA", "FTD", "NGIPS", "PIX", "FWSM"};

    /** It stands at the beginning of the message or behind a name or time that the syslog header did not take. */
    private static final int LOOK = 256;

    /** Null if there is none. */
    static Label find(String text, int from) {
        int end = Math.min(text.length(), from + LOOK);
        for (int at = from; at < end; at++) {
            if (text.charAt(at) == '%') {
                Label label = at(text, at + 1);
                if (label != null) {
                    return label;
                }
            }
        }
        return null;
    }

    private static Label at(String text, int from) {
        for (String product : PRODUCTS) {
            int dash = from + product.length();
            if (text.startsWith(product, from) && dash < text.length() && text.charAt(dash) == '-') {
                return afterProduct(text, product, dash + 1);
            }
        }
        return null;
    }

    private static Label afterProduct(String text, String product, int from) {
        int at = from;
        while (at < text.length() && at - from <= 32 && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
            at++;
        }
        if (at > from) {
            if (at >= text.length() || text.charAt(at) != '-') {
                return null;
            }
            at++;
        }
        int end = Numbers.endOfDigits(text, at + 2);
        boolean label = at + 2 < text.length()
                && text.charAt(at) >= '0'
                && text.charAt(at) <= '7'
                && text.charAt(at + 1) == '-'
                && end > at + 2
                && end - at <= 9;
        if (!label) {
            return null;
        }
        int start = end < text.length() && text.charAt(end) == ':' ? end + 1 : end;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        return new Label(product, text.charAt(at) - '0', text.substring(at + 2, end), start);
    }
}
