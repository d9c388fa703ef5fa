package jp.hinomi.ingest.intel;

import java.util.Arrays;

/**
 * A growing list of integers in pages, so that growing copies no content. One writer; readers see what was written before
 * the slot that led them here ({@link SlotTable}).
 */
final class IntPages {
    private static final int PAGE_BITS = 14;
    private static final int PAGE = 1 << PAGE_BITS;

    private int[][] pages = {};

    void set(int index, int value) {
        int page = index >>> PAGE_BITS;
        if (page == pages.length) {
            int[][] more = Arrays.copyOf(pages, page + 1);
            more[page] = new int[PAGE];
            pages = more;
        }
        pages[page][index & PAGE - 1] = value;
    }

    int get(int index) {
        return pages[index >>> PAGE_BITS][index & PAGE - 1];
    }
}
