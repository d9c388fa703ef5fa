package jp.hinomi.ingest.decode.cisco;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import jp.hinomi.ingest.decode.EventDraft;
import jp.hinomi.ingest.decode.place.Place;

/**
 * The wording of one message with its values left out: {@code Deny {transport} from {src} to {dst}~ on interface
 * {ingress}}. A value goes up to the next fixed text. What stands behind {@code ~} may be missing, as versions differ in it.
 * Reads a text from left to right and never back. Immutable and thread-safe.
 */
final class Template {
    private final String[] literals;
    private final Place[] places;
    /** So many values have to be there. */
    private final int required;

    private Template(String[] literals, Place[] places, int required) {
        this.literals = literals;
        this.places = places;
        this.required = required;
    }

    /** @param values the place for each name between braces */
    static Template of(String wording, Function<String, Place> values) {
        List<String> literals = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        int required = -1;
        int at = 0;
        int open;
        while ((open = wording.indexOf('{', at)) >= 0) {
            String literal = wording.substring(at, open);
            int close = wording.indexOf('}', open);
            if (literal.startsWith("~")) {
                required = places.size();
                literal = literal.substring(1);
            }
            literals.add(literal);
            places.add(values.apply(wording.substring(open + 1, close)));
            at = close + 1;
        }
        String rest = wording.substring(at);
        if (rest.startsWith("~")) {
            required = places.size();
            rest = rest.substring(1);
        }
        literals.add(rest);
        return new Template(
                literals.toArray(String[]::new),
                places.toArray(Place[]::new),
                required < 0 ? places.size() + 1 : required);
    }

    /** Puts all values to their places; nothing if the text is worded otherwise. */
    boolean put(String text, int from, EventDraft event) {
        if (!text.startsWith(literals[0], from)) {
            return false;
        }
        int[] ends = new int[places.length];
        int[] starts = new int[places.length];
        int at = from + literals[0].length();
        int found = 0;
        while (found < places.length) {
            starts[found] = at;
            String next = literals[found + 1];
            boolean last = found == places.length - 1;
            int end = next.isEmpty() && last ? text.length() : text.indexOf(next, at);
            if (end < 0) {
                if (found + 1 < required) {
                    return false;
                }
                ends[found++] = text.length();
                break;
            }
            ends[found++] = end;
            at = end + next.length();
        }
        for (int i = 0; i < found; i++) {
            String value = text.substring(starts[i], ends[i]).strip();
            if (!value.isEmpty()) {
                places[i].put(value, event);
            }
        }
        return true;
    }
}
