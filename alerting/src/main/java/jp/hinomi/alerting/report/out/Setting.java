package jp.hinomi.alerting.report.out;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures text and breaks it into lines, by the rules of Japanese: no line begins with a closing mark. Not thread-safe. */
final class Setting {
    private final DrawnFonts fonts;

    Setting(DrawnFonts fonts) {
        this.fonts = fonts;
    }

    /** Characters that the font does not have, as their numbers. */
    String settable(String text, boolean bold) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == ' ' || fonts.face(bold).has(point)) {
                out.appendCodePoint(point);
            } else if (Character.getType(point) != Character.NON_SPACING_MARK) {
                out.append(String.format(Locale.ROOT, "[U+%04X]", point));
            }
        });
        return out.toString();
    }

    double width(String text, boolean bold, double size) {
        return text.codePoints().mapToDouble(fonts.face(bold)::advance).sum() * size / 1000;
    }

    /** At least one line; what is longer than a line is broken anywhere. */
    List<String> lines(String paragraph, boolean bold, double size, double room) {
        String text = settable(paragraph, bold);
        List<String> lines = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getLineInstance(Locale.JAPANESE);
        breaks.setText(text);
        StringBuilder line = new StringBuilder();
        double used = 0;
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            String piece = text.substring(from, to);
            double wide = width(piece.stripTrailing(), bold, size);
            if (used + wide > room && line.length() > 0) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                used = 0;
            }
            if (wide <= room) {
                line.append(piece);
                used += width(piece, bold, size);
                continue;
            }
            for (int point : piece.codePoints().toArray()) {
                double one = fonts.face(bold).advance(point) * size / 1000;
                if (used + one > room && line.length() > 0) {
                    lines.add(line.toString());
                    line.setLength(0);
                    used = 0;
                }
                line.appendCodePoint(point);
                used += one;
            }
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
