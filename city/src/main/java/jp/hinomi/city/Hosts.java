package jp.hinomi.city;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Host names in one form: ASCII (RFC 5891 for others), lower case, no dot at the end. */
final class Hosts {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final int LONGEST = 253;

    private Hosts() {}

    /** The name in its one form, or empty if the text cannot be a host's name. */
    static Optional<String> normal(String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST + 1) {
            return Optional.empty();
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        try {
            // A Japanese name is the same name in Unicode and in punycode.
            name = isAscii(name)
                    ? name.toLowerCase(Locale.ROOT)
                    : IDN.toASCII(name).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return name.length() <= LONGEST && NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /** The name as a key to look up; a selector that was not read from a file need not be in its one form yet. */
    static String key(String name) {
        return normal(name).orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not a host name"));
    }

    /** A name, or {@code *.} and a name for everything below it. */
    static String pattern(String text) {
        boolean suffix = text.startsWith("*.");
        String name = normal(suffix ? text.substring(2) : text)
                .orElseThrow(() -> new Mistake(
                        "bad-host",
                        "'" + text + "' is neither a host name nor a suffix",
                        "write bousai.minato.example.jp, or \"*.os.minato.example.jp\" for everything below"));
        if (Addresses.parse(name).isPresent()) {
            throw new Mistake("bad-host", "'" + text + "' is an address", "select it with 'cidr: " + text + "'");
        }
        return suffix ? "*." + name : name;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
