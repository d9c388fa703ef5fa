package jp.hinomi.city;

import java.util.List;
import java.util.function.Function;

/**
 * The latest look-ups of a fixed number: parsing an address costs more than finding it, and a city's logs name the same
 * ones over and over. Forged names displace others and never take more room. Thread-safe without locks: an entry is
 * immutable, and a lost race costs one look-up.
 */
final class Remembered {
    private static final int SLOTS = 1 << 13;

    /** Longer texts are not kept, so that the memory has a bound: no address or host name is that long. */
    private static final int LONGEST = 256;

    private record Entry(String text, List<Claim> found) {}

    private final Entry[] entries = new Entry[SLOTS];
    private final Function<String, List<Claim>> lookUp;

    Remembered(Function<String, List<Claim>> lookUp) {
        this.lookUp = lookUp;
    }

    List<Claim> find(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 13) & (SLOTS - 1);
        Entry entry = entries[slot];
        if (entry != null && entry.text().equals(text)) {
            return entry.found();
        }
        List<Claim> found = lookUp.apply(text);
        if (text.length() <= LONGEST) {
            entries[slot] = new Entry(text, found);
        }
        return found;
    }
}
