package jp.hinomi.alerting.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Evidence on an axis of time, in the units of the drawing. What would lie on each other is one larger dot.
 *
 * @param ticks at even distances, the first and the last at the ends
 */
public record EvidenceAxis(List<Dot> dots, List<Tick> ticks) {
    public static final int WIDTH = 720;
    private static final int MARGIN = 60;

    /** Dots nearer to each other become one. */
    private static final double TOGETHER = 9;

    private static final int TICKS = 4;
    private static final double SMALLEST = 4;
    private static final double LARGEST = 13;

    /** @param first place of its first piece in the list of evidence, to go there */
    public record Dot(double x, double radius, int first, int count, Instant at) {}

    public record Tick(double x, Instant at) {}

    /** @param times in order; one at least */
    static EvidenceAxis of(List<Instant> times) {
        Instant from = times.get(0);
        Duration span = Duration.between(from, times.get(times.size() - 1));
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            double x = x(from, span, times.get(i));
            Dot before = dots.isEmpty() ? null : dots.get(dots.size() - 1);
            if (before != null && x - before.x() < TOGETHER) {
                int count = before.count() + 1;
                dots.set(dots.size() - 1, new Dot(before.x(), radius(count), before.first(), count, before.at()));
            } else {
                dots.add(new Dot(x, radius(1), i, 1, times.get(i)));
            }
        }
        List<Tick> ticks = new ArrayList<>();
        int steps = span.isZero() ? 0 : TICKS;
        for (int i = 0; i <= steps; i++) {
            Instant at = steps == 0 ? from : from.plus(span.multipliedBy(i).dividedBy(steps));
            ticks.add(new Tick(x(from, span, at), at));
        }
        return new EvidenceAxis(dots, ticks);
    }

    private static double x(Instant from, Duration span, Instant at) {
        if (span.isZero()) {
            return WIDTH / 2.0;
        }
        double part = (double) Duration.between(from, at).toMillis() / span.toMillis();
        return Math.round(10 * (MARGIN + part * (WIDTH - 2 * MARGIN))) / 10.0;
    }

    /** The area tells how many there are. */
    private static double radius(int count) {
        return Math.round(10 * Math.min(LARGEST, SMALLEST * Math.sqrt(count))) / 10.0;
    }
}
