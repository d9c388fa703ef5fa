package jp.hinomi.standalone.demo;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects lines while time goes on. Not thread-safe. */
final class Script {
    private final List<TimedLine> lines = new ArrayList<>();
    private final Duration begins;
    private Duration now;

    Script(Duration begins) {
        this.begins = begins;
        this.now = begins;
    }

    /** Lets that many milliseconds pass. */
    Script pause(long millis) {
        now = now.plusMillis(millis);
        return this;
    }

    Script line(String source, Function<ZonedDateTime, String> text) {
        lines.add(new TimedLine(now, source, text));
        return this;
    }

    Story story(String name, String... rules) {
        return new Story(name, begins, lines, List.of(rules));
    }
}
