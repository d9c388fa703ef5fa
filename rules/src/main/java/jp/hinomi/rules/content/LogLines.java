package jp.hinomi.rules.content;

import java.util.List;
import java.util.Objects;

/** Raw log lines of one source, in the order of their arrival. */
public record LogLines(TestSource source, List<String> lines) {
    public LogLines {
        Objects.requireNonNull(source, "source");
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("no lines of source " + source.id());
        }
    }
}
