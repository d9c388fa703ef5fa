package jp.hinomi.rules.taxonomy;

import java.util.List;
import java.util.Set;
import jp.hinomi.events.document.Problem;

/**
 * A file of rules under our names.
 *
 * @param text line for line the text that was read
 * @param changedLines whose columns are no longer those of the source
 * @param header where, and with which text, each document says that its names are ECS: inserted before it is written
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
        StringBuilder out = new StringBuilder(text.length() + 64);
        int line = 1;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end + 1;
            for (Insertion insertion : header) {
                if (insertion.line() == line) {
                    out.append(insertion.text()).append('\n');
                }
            }
            out.append(text, start, end);
            start = end;
            line++;
        }
        return out.toString();
    }
}
