package jp.hinomi.rules.taxonomy;

import java.util.List;
import java.util.Set;
import jp.hinomi.events.document.Problem;

/**
 * A file of rules under our names.
 *
 * @param text line for line the text that was read
 * @param changedLines whose columns are no longer those of the source
 * @param header where, and with which text, each document says that its names are ECS, from top to bottom: inserted before it
 *     is written
 * @param problems errors keep the file from being used
 */
record Translation(String text, Set<Integer> changedLines, List<Insertion> header, List<Problem> problems) {
    Translation {
        changedLines = Set.copyOf(changedLines);
        header = List.copyOf(header);
        problems = List.copyOf(problems);
    }

    /** @param line before which the line of text goes, counted from 1 */
    record Insertion(int line, String text) {}

    /** The text as it is written. */
    String written() {
        if (header.isEmpty()) {
            return text;
        }
        List<Integer> starts = EditedText.lineStarts(text);
        StringBuilder out = new StringBuilder(text.length() + 64);
        int done = 0;
        for (Insertion insertion : header) {
            int start = starts.get(insertion.line() - 1);
            out.append(text, done, start).append(insertion.text()).append('\n');
            done = start;
        }
        out.append(text, done, text.length());
        return out.toString();
    }
}
