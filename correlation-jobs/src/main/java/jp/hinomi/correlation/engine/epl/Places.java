package jp.hinomi.correlation.engine.epl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.hinomi.events.document.Location;
import jp.hinomi.rules.EplText;

/**
 * Where a word of the statement stands. The parsed statement has no places, so each word is looked up by its text: whoever
 * walks the statement in the order written calls {@link #next} once for each word it meets. Not thread-safe.
 */
final class Places {
    private final EplText source;
    private final List<Token> tokens;
    private final Map<String, Integer> cursors = new HashMap<>();

    Places(EplText source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Location start() {
        return source.at(tokens.isEmpty() ? 0 : tokens.get(0).offset());
    }

    Location at(int offset) {
        return source.at(offset);
    }

    boolean has(String word) {
        return index(parts(word), 0) >= 0;
    }

    /** The first place of {@code word}, which {@linkplain #has is there}. */
    Location first(String word) {
        return source.at(tokens.get(index(parts(word), 0)).offset());
    }

    /** The next place of {@code word}, or of the last one, or of the statement. @param word one word, or several with dots */
    Location next(String word) {
        List<String> parts = parts(word);
        String key = String.join(".", parts);
        int from = cursors.getOrDefault(key, 0);
        int found = index(parts, from);
        if (found >= 0) {
            cursors.put(key, found + 1);
            return source.at(tokens.get(found).offset());
        }
        return from > 0 ? source.at(tokens.get(from - 1).offset()) : start();
    }

    private int index(List<String> parts, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (stands(parts, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean stands(List<String> parts, int index) {
        int at = index;
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                if (at >= tokens.size() || !tokens.get(at).isSign(".")) {
                    return false;
                }
                at++;
            }
            if (at >= tokens.size()
                    || !tokens.get(at).text().toLowerCase(Locale.ROOT).equals(parts.get(i))) {
                return false;
            }
            at++;
            if (i == 0
                    && at + 2 < tokens.size()
                    && tokens.get(at).isSign("[")
                    && tokens.get(at + 2).isSign("]")) {
                at += 3; // one of several events of a tag: b[0].source.ip
            }
        }
        return true;
    }

    private static List<String> parts(String word) {
        List<String> parts = new ArrayList<>();
        for (String part : word.toLowerCase(Locale.ROOT).split("\\.")) {
            parts.add(part.replace("`", "").replaceAll("[\\[?(].*", ""));
        }
        return parts;
    }
}
