package jp.hinomi.ingest.decode.tls;

import java.util.ArrayList;
import java.util.List;

/**
 * The name of a certificate's subject or issuer, taken apart: {@code CN=api.example.jp, O=Example\, Inc., C=JP} (RFC 4514
 * and what programs make of it: a space after the comma or none, commas in values escaped or not; OpenSSL's {@code
 * /C=JP/CN=…}). A separator ends a value only where a new attribute begins behind it.
 */
final class DistinguishedName {
    /** More attributes than any certificate's name has. */
    private static final int MAX_ATTRIBUTES = 64;

    /** Attribute types and values, in turn. */
    private final List<String> attributes = new ArrayList<>();

    DistinguishedName(String name) {
        boolean slashes = !name.isEmpty() && name.charAt(0) == '/';
        int start = slashes ? 1 : 0;
        int at = start;
        while (at < name.length() && attributes.size() < 2 * MAX_ATTRIBUTES) {
            char c = name.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if ((slashes ? c == '/' : c == ',' || c == '+') && beginsAttribute(name, at + 1)) {
                attribute(name, start, at);
                start = ++at;
            } else {
                at++;
            }
        }
        attribute(name, start, name.length());
    }

    /** All values of one attribute type, in the order of the name; empty without any. */
    List<String> values(String type) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < attributes.size(); i += 2) {
            if (attributes.get(i).equalsIgnoreCase(type)) {
                values.add(attributes.get(i + 1));
            }
        }
        return values;
    }

    private static boolean beginsAttribute(String name, int from) {
        int at = from;
        while (at < name.length() && name.charAt(at) == ' ') {
            at++;
        }
        int start = at;
        while (at < name.length() && at - start <= 32 && isTypeCharacter(name.charAt(at))) {
            at++;
        }
        return at > start && at < name.length() && name.charAt(at) == '=';
    }

    private static boolean isTypeCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-';
    }

    private void attribute(String name, int from, int to) {
        int equals = name.indexOf('=', from);
        if (equals > from && equals < to) {
            String value = unescape(name, equals + 1, to).strip();
            if (!value.isEmpty()) {
                attributes.add(name.substring(from, equals).strip());
                attributes.add(value);
            }
        }
    }

    private static String unescape(String name, int from, int to) {
        StringBuilder out = null;
        for (int i = from; i < to; i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 1 < to) {
                if (out == null) {
                    out = new StringBuilder(to - from).append(name, from, i);
                }
                c = name.charAt(++i);
            }
            if (out != null) {
                out.append(c);
            }
        }
        return out == null ? name.substring(from, to) : out.toString();
    }
}
