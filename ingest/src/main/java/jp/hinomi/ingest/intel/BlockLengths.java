package jp.hinomi.ingest.intel;

/**
 * Which prefix lengths the blocks of IPv4 have, by the first 16 bits of the address. Feeds use a dozen lengths, but seldom
 * more than one or two in one place, and each that need not be tried saves a miss of the processor's cache: most of what an
 * address costs. One writer; what it adds is visible to whoever then reads the volatile field that leads here.
 */
final class BlockLengths {
    private static final int PLACE_BITS = 16;

    /** Bit per prefix length, 0 to 31: a block of 32 bits is an address. */
    private final int[] byPlace = new int[1 << PLACE_BITS];

    /** @param address the 32 bits of any address in the block */
    void add(int prefix, long address) {
        int place = (int) (address >>> PLACE_BITS);
        // A block that is shorter than a place lies in all places that it holds.
        int places = prefix >= PLACE_BITS ? 1 : 1 << (PLACE_BITS - prefix);
        int first = place & -places;
        for (int i = first; i < first + places; i++) {
            byPlace[i] |= 1 << prefix;
        }
    }

    int at(long address) {
        return byPlace[(int) (address >>> PLACE_BITS)];
    }
}
