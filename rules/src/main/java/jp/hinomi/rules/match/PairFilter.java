package jp.hinomi.rules.match;

/** The pairs of characters that short literals end with; may err by saying yes. Two kilobytes, whatever is in it. */
final class PairFilter {
    private static final int ASCII = 128;

    private final long[] bits = new long[ASCII * ASCII / Long.SIZE];

    /** Adds the pair in the two low bytes. */
    void add(int gram) {
        int pair = pair(gram);
        bits[pair >>> 6] |= 1L << pair;
    }

    /** Adds all pairs with that second character. */
    void addLast(int character) {
        for (int first = 0; first < ASCII; first++) {
            add(first << 8 | character);
        }
    }

    boolean mayHave(int gram) {
        int pair = pair(gram);
        return (bits[pair >>> 6] & 1L << pair) != 0;
    }

    private static int pair(int gram) {
        return gram >>> 1 & 0x3F80 | gram & 0x7F;
    }
}
