package jp.hinomi.ingest.intel;

import java.util.function.Predicate;

/**
 * LIKE of STIX: {@code %} stands for any number of characters, {@code _} for one. Time grows with the product of the two
 * lengths at worst, never faster. Immutable.
 */
record Wildcards(String pattern) implements Predicate<String> {
    @Override
    public boolean test(String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '%') {
                star = at++;
                resume = in;
            } else if (at < pattern.length() && (pattern.charAt(at) == '_' || pattern.charAt(at) == text.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '%') {
            at++;
        }
        return at == pattern.length();
    }
}
