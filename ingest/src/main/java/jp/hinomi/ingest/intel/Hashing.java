package jp.hinomi.ingest.intel;

/**
 * 64-bit hashes of keys. Seeded, so that nobody who writes a feed can choose keys that collide; that two keys have one
 * hash is possible nevertheless, hence every find is verified. Immutable.
 */
final class Hashing {
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private final long seed;

    Hashing(long seed) {
        this.seed = seed;
    }

    long bits(int kind, long high, long low) {
        return mix(mix(begin(kind) ^ low * PRIME) ^ high);
    }

    private long begin(int kind) {
        return seed + kind * PRIME;
    }

    /** Of the characters from front to back. */
    long text(int kind, String text) {
        long hash = begin(kind);
        for (int i = 0; i < text.length(); i++) {
            hash = step(hash, text.charAt(i));
        }
        return mix(hash);
    }

    /** Of letters and digits, whatever their case: hexadecimal digits. */
    long lowered(int kind, String text) {
        long hash = begin(kind);
        for (int i = 0; i < text.length(); i++) {
            hash = step(hash, lower(text.charAt(i)));
        }
        return mix(hash);
    }

    /** The start of a hash of a name, which is taken from back to front, so that one pass gives those of all its parents. */
    long beginName() {
        return begin(Kinds.TREE);
    }

    /** The next character of a name, from the back. */
    long stepName(long hash, char c) {
        return step(hash, lower(c));
    }

    /** Of the part of a name that was stepped through. */
    long endName(int kind, long hash) {
        return mix(hash ^ kind * PRIME);
    }

    /** Of a whole canonical name. */
    long name(int kind, String text, int from, int to) {
        long hash = beginName();
        for (int i = to - 1; i >= from; i--) {
            hash = stepName(hash, text.charAt(i));
        }
        return endName(kind, hash);
    }

    private static long step(long hash, int c) {
        return (hash ^ c) * 0x0000_0100_0000_01B3L ^ hash >>> 29;
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    private static long mix(long hash) {
        hash = (hash ^ hash >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        hash = (hash ^ hash >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return hash ^ hash >>> 33;
    }
}
