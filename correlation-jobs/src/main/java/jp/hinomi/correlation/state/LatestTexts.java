package jp.hinomi.correlation.state;

import java.nio.charset.StandardCharsets;

/**
 * Texts that were read lately, so that equal ones become one object: a record names its id three times and its source
 * twice, and all records name the same rules and data sets. Halves what a million groups take. Of fixed size, whatever is
 * read. Thread-safe without locks: texts are immutable, and a lost race costs one more object.
 */
final class LatestTexts {
    private static final int SLOTS = 1 << 12;

    /** Longer texts, such as log lines, hardly repeat. */
    private static final int LONGEST = 48;

    private static final String[] LATEST = new String[SLOTS];

    private LatestTexts() {}

    /** @param bytes UTF-8 */
    static String of(byte[] bytes) {
        if (bytes.length > LONGEST) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        int hash = 0;
        int signs = 0;
        for (byte each : bytes) {
            hash = hash * 31 + each;
            signs |= each;
        }
        if (signs < 0) { // not ASCII, so bytes are no characters
            return new String(bytes, StandardCharsets.UTF_8);
        }
        int slot = (hash ^ hash >>> 12) & SLOTS - 1;
        String latest = LATEST[slot];
        if (latest != null && equal(latest, bytes)) {
            return latest;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        LATEST[slot] = text;
        return text;
    }

    private static boolean equal(String text, byte[] ascii) {
        if (text.length() != ascii.length) {
            return false;
        }
        for (int i = 0; i < ascii.length; i++) {
            if (text.charAt(i) != ascii[i]) {
                return false;
            }
        }
        return true;
    }
}
