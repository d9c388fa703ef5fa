package jp.hinomi.alerting.console;

import java.util.List;
import java.util.Locale;

/**
 * A line of values over time, as the coordinates of an SVG: no script, no style, nothing that a strict policy refuses. Where
 * nothing is known the line has a gap.
 *
 * @param width of the drawing, in its own units
 * @param height of the drawing
 * @param line of SVG's {@code path}; empty without values
 * @param top the largest value, drawn at the upper edge
 */
public record Sparkline(int width, int height, String line, double top) {
    private static final int WIDTH = 144;
    private static final int HEIGHT = 28;
    private static final double MARGIN = 1.5;

    /** @param at 0 to 1, from the left edge to the right @param value not negative */
    public record Point(double at, double value) {}

    /** @param points from left to right @param gap the part of the width from which on two points are not joined */
    public static Sparkline of(List<Point> points, double gap) {
        double top = points.stream().mapToDouble(Point::value).max().orElse(0);
        StringBuilder line = new StringBuilder();
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            boolean joined = point.at() - last <= gap;
            boolean alone =
                    !joined && (i + 1 == points.size() || points.get(i + 1).at() - point.at() > gap);
            line.append(String.format(Locale.ROOT, "%s%.1f %.1f", joined ? "L" : "M", x(point), y(point, top)));
            if (alone) {
                line.append("h.5"); // a dot: a line of no length is not drawn
            }
            last = point.at();
        }
        return new Sparkline(WIDTH, HEIGHT, line.toString(), top);
    }

    private static double x(Point point) {
        return MARGIN + point.at() * (WIDTH - 2 * MARGIN);
    }

    private static double y(Point point, double top) {
        return top <= 0 ? HEIGHT - MARGIN : HEIGHT - MARGIN - point.value() / top * (HEIGHT - 2 * MARGIN);
    }
}
