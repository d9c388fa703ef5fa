package jp.hinomi.events;

import java.util.Locale;

/** Traffic Light Protocol 2.0 (FIRST): who may see something; ordered, most restricted last. */
public enum Tlp {
    CLEAR,
    GREEN,
    AMBER,
    AMBER_STRICT,
    RED;

    /** The word in files and JSON: {@code CLEAR}, {@code GREEN}, {@code AMBER}, {@code AMBER+STRICT}, {@code RED}. */
    public String word() {
        return this == AMBER_STRICT ? "AMBER+STRICT" : name();
    }

    /** @throws IllegalArgumentException if {@code word} is not one of the five; case does not matter */
    public static Tlp ofWord(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        for (Tlp tlp : values()) {
            if (tlp.word().equals(upper)) {
                return tlp;
            }
        }
        throw new IllegalArgumentException(
                "'" + word + "' is not a TLP label: use CLEAR, GREEN, AMBER, AMBER+STRICT or RED");
    }
}
