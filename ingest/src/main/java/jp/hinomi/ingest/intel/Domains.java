package jp.hinomi.ingest.intel;

import java.net.IDN;
import java.util.Locale;

/** Names of the DNS in one form: lower case, in ASCII (IDNA), without the dot of the root. */
final class Domains {
    private static final int LONGEST = 253;

    private Domains() {}

    /** The canonical name, or null if it is none. */
    static String canonical(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (!isAscii(name)) {
            try {
                name = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return null;
            }
        }
        if (name.isEmpty() || name.length() > LONGEST || name.charAt(0) == '.') {
            return null;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isOfName(name.charAt(i))) {
                return null;
            }
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** Letters, digits, hyphen and dot; underscores, which names of services have. */
    static boolean isOfName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_';
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
