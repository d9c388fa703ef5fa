package jp.hinomi.rules.taxonomy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hinomi.events.document.Location;

/** Changes words in a text where they stand: comments, quotes and order stay as their author left them. */
public final class EditedText {
    private final String text;
    private final List<Integer> lineStarts;

    public EditedText(String text) {
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    /** Where each line begins, by the line breaks of YAML 1.1, which the reader's places count. */
    static List<Integer> lineStarts(String text) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (!pair && (c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029')) {
                starts.add(i + 1);
            }
        }
        return starts;
    }

    /** Where the word does not stand in the text as written, for instance because of an escape in it. */
    public Optional<Edit> misplaced(Collection<Edit> edits) {
        return edits.stream().filter(edit -> offset(edit) < 0).findFirst();
    }

    /** All edits made; of several at one place, as aliases give, one is made. */
    public String with(Collection<Edit> edits) {
        Map<Integer, Edit> byOffset = new HashMap<>();
        edits.forEach(edit -> byOffset.put(offset(edit), edit));
        StringBuilder out = new StringBuilder(text.length() + 256);
        int done = 0;
        for (Map.Entry<Integer, Edit> entry : byOffset.entrySet().stream()
                .sorted(Comparator.comparingInt(Map.Entry::getKey))
                .toList()) {
            out.append(text, done, entry.getKey()).append(entry.getValue().replacement());
            done = entry.getKey() + entry.getValue().old().length();
        }
        return out.append(text, done, text.length()).toString();
    }

    /** Where the word begins, or -1. */
    private int offset(Edit edit) {
        int at = offset(edit.at());
        if (at >= 0 && at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            at++;
        }
        return at >= 0 && text.startsWith(edit.old(), at) ? at : -1;
    }

    /** Columns count code points. */
    private int offset(Location at) {
        if (at.line() < 1 || at.line() > lineStarts.size() || at.column() < 1) {
            return -1;
        }
        int start = lineStarts.get(at.line() - 1);
        int end = at.line() < lineStarts.size() ? lineStarts.get(at.line()) : text.length();
        return text.codePointCount(start, end) < at.column() - 1 ? -1 : text.offsetByCodePoints(start, at.column() - 1);
    }
}
