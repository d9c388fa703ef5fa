package jp.hinomi.standalone.demo;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.function.Function;

/**
 * A log line that is sent some time after the demonstration began.
 *
 * @param after since the beginning, in real time
 * @param source id of the source that emits it
 * @param text makes the line, without syslog header, for the moment at which it is sent
 */
record TimedLine(Duration after, String source, Function<ZonedDateTime, String> text) {
    TimedLine {
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(text, "text");
        if (after.isNegative()) {
            throw new IllegalArgumentException("a line of " + source + " would be sent before the beginning");
        }
    }
}
