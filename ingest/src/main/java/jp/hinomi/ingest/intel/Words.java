package jp.hinomi.ingest.intel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Texts that many indicators share, kept once: names of feeds, kinds, threats. One writer, as {@link IntPages}. */
final class Words {
    /** Above this, and for texts longer than that, a text is kept where it is used. */
    private static final int MOST = 1 << 16;

    private static final int LONGEST = 200;

    private String[] words = new String[64];
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The number of the text, or -1 if it is not kept here. */
    int number(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        int next = numbers.size();
        if (next == MOST || text.length() > LONGEST) {
            return -1;
        }
        if (next == words.length) {
            words = Arrays.copyOf(words, next * 2);
        }
        words[next] = text;
        numbers.put(text, next);
        return next;
    }

    String word(int number) {
        return words[number];
    }
}
