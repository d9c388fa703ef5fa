package jp.hinomi.alerting.incident.axis;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A part of time: from {@code from}, to just before {@code to}. At least a second, at most ten years. */
public record Window(Instant from, Instant to) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3653);

    public Window {
        Duration length = Duration.between(from, to);
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a window lasts between a second and ten years, not " + length);
        }
    }

    /** Around a moment or a stretch of time, with a little room on both sides. */
    public static Window around(Instant first, Instant last) {
        Duration room = Duration.between(first, last).dividedBy(40);
        Duration margin = room.compareTo(SHORTEST) > 0 ? room : Duration.ofSeconds(30);
        Instant from = first.minus(margin).truncatedTo(ChronoUnit.SECONDS);
        Instant to = last.plus(margin).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return new Window(Duration.between(from, to).compareTo(LONGEST) > 0 ? to.minus(LONGEST) : from, to);
    }

    /** As in an address; empty if that is no window. */
    public static Optional<Window> of(String from, String to) {
        try {
            return Optional.of(new Window(Instant.parse(from), Instant.parse(to)));
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** Where in it an instant lies: 0 at its beginning, 1 at its end. */
    public double place(Instant at) {
        return (double) Duration.between(from, at).toMillis() / length().toMillis();
    }

    /** The beginning of a part of it. */
    public Instant at(int part, int parts) {
        return from.plusMillis(length().toMillis() * part / parts);
    }

    /** Half as long, with the same middle. */
    public Window closer() {
        return resized(length().dividedBy(4).negated());
    }

    /** Twice as long, with the same middle. */
    public Window farther() {
        return resized(length().dividedBy(2));
    }

    private Window resized(Duration each) {
        Duration length = length().plus(each.multipliedBy(2));
        return length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0
                ? this
                : new Window(from.minus(each), to.plus(each));
    }

    /** As long, a half of it earlier or later. */
    public Window moved(boolean later) {
        Duration half = length().dividedBy(2);
        return later ? new Window(from.plus(half), to.plus(half)) : new Window(from.minus(half), to.minus(half));
    }
}
