package jp.hinomi.alerting.report;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a field since the last report. Linear in the length of both.
 *
 * @param before what stood there; empty if nothing did
 * @param after what stands there
 */
public record FieldChange(String before, String after) {
    public FieldChange {
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    public boolean isChanged() {
        return !before.equals(after);
    }

    /** Lines that were not there before; all of them for a field of which no line stayed. */
    public List<Line> lines() {
        Set<String> old = before.lines().collect(Collectors.toSet());
        return after.lines().map(line -> new Line(line, !old.contains(line))).toList();
    }

    /** Lines that are gone. */
    public List<String> gone() {
        Set<String> now = after.lines().collect(Collectors.toSet());
        Stream<String> lines = before.lines();
        return lines.filter(line -> !now.contains(line)).toList();
    }

    public record Line(String text, boolean isNew) {}
}
