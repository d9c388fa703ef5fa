package jp.hinomi.alerting.report.out;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.hinomi.alerting.report.FieldChange;
import jp.hinomi.alerting.report.ReportDocument;

/** Sets a report on pages of A4. Thread-safe. */
public final class PdfReport {
    private static final double MARGIN = 56;
    private static final double TOP = 62;
    private static final double BOTTOM = PdfPages.HEIGHT - 58;
    private static final double RIGHT = PdfPages.WIDTH - MARGIN;
    private static final double ROOM = RIGHT - MARGIN;
    private static final double LABEL = 132;
    private static final double PAD = 6;
    private static final double SIZE = 9.5;
    private static final double LEADING = 14.5;
    private static final String BAND = "0.93 0.94 0.96";
    private static final String MARKED = "1 0.965 0.84";

    private final ReportFonts fonts;

    public PdfReport(ReportFonts fonts) {
        this.fonts = fonts;
    }

    /** @throws ReportFonts.MissingFontException if there is no font to set Japanese in */
    public byte[] write(Sheet view) {
        return new Work(view).write();
    }

    /** One line of a value. */
    private record Row(String text, boolean bold, double grey, boolean struck, boolean marked) {}

    /** One report being set. */
    private final class Work {
        private final Sheet view;
        private final ReportDocument document;
        private final DrawnFonts drawn = new DrawnFonts(fonts.get());
        private final Setting setting = new Setting(drawn);
        private final PdfPages pages = new PdfPages(drawn);
        private double y = TOP;

        Work(Sheet view) {
            this.view = view;
            this.document = view.document();
        }

        byte[] write() {
            head();
            document.sections().forEach(this::section);
            end();
            furniture();
            return pages.write(
                    view.title() + " " + view.number(),
                    view.language(),
                    view.in(document.city().name()),
                    Instant.parse(document.submitted() == null ? document.created() : document.submitted()));
        }

        private void head() {
            right(view.number(), SIZE, false, 0.2);
            y += LEADING;
            right(
                    view.time(document.submitted() == null ? document.created() : document.submitted()),
                    SIZE,
                    false,
                    0.2);
            y += 2 * LEADING;
            paragraph(view.get("report.to", view.in(document.recipient().name())), MARGIN, ROOM, 12, true, 0, 18);
            y += 4;
            right(view.in(document.city().name()), 11, false, 0);
            y += LEADING;
            right(view.get("report.author", document.author()), SIZE, false, 0.2);
            y += 2.4 * LEADING;
            for (String line : setting.lines(view.title(), true, 17, ROOM)) {
                double wide = setting.width(line, true, 17);
                pages.text(pages.last(), MARGIN + (ROOM - wide) / 2, y, line, true, 17, 0);
                y += 24;
            }
            y += 2;
            String basis = view.in(document.form().basis());
            if (!basis.isEmpty()) {
                for (String line : setting.lines(basis, false, 8, ROOM)) {
                    double wide = setting.width(line, false, 8);
                    pages.text(pages.last(), MARGIN + (ROOM - wide) / 2, y, line, false, 8, 0.35);
                    y += 12;
                }
            }
            view.banner().ifPresent(text -> notice(text));
            view.comparedWith().ifPresent(text -> notice(text));
            y += 6;
        }

        private void notice(String text) {
            List<String> lines = setting.lines(text, true, SIZE, ROOM - 2 * PAD);
            double high = lines.size() * LEADING + 2 * PAD - 2;
            pages.behind(pages.last(), MARGIN, y, ROOM, high, MARKED);
            y += PAD + 10;
            for (String line : lines) {
                pages.text(pages.last(), MARGIN + PAD, y, line, true, SIZE, 0);
                y += LEADING;
            }
            y += 2;
        }

        private void right(String text, double size, boolean bold, double grey) {
            String line = setting.lines(text, bold, size, ROOM).get(0);
            pages.text(pages.last(), RIGHT - setting.width(line, bold, size), y, line, bold, size, grey);
        }

        private void paragraph(
                String text, double x, double room, double size, boolean bold, double grey, double leading) {
            for (String line : setting.lines(text, bold, size, room)) {
                need(leading);
                pages.text(pages.last(), x, y, line, bold, size, grey);
                y += leading;
            }
        }

        private void need(double height) {
            if (y + height > BOTTOM) {
                pages.add();
                y = TOP;
            }
        }

        private void section(ReportDocument.Section section) {
            // A title never stands alone at the foot of a page.
            need(24 + 3 * LEADING);
            y += 8;
            pages.behind(pages.last(), MARGIN, y, ROOM, 20, BAND);
            pages.line(pages.last(), MARGIN, y, MARGIN, y + 20, 3, 0.2);
            pages.text(pages.last(), MARGIN + PAD + 3, y + 14, view.in(section.title()), true, 10.5, 0);
            y += 20;
            section.fields().forEach(this::field);
            y += 6;
        }

        private void field(ReportDocument.Field field) {
            List<String> label = new ArrayList<>(setting.lines(view.in(field.label()), true, SIZE, LABEL - 2 * PAD));
            int words = label.size();
            if (field.changed()) {
                label.add(view.get("report.changed"));
            }
            List<Row> rows = rows(field);
            int next = 0;
            int written = 0;
            boolean first = true;
            while (first || next < rows.size() || written < label.size()) {
                if (y + 2 * LEADING > BOTTOM) {
                    pages.add();
                    y = TOP;
                }
                double top = y;
                int fit = (int) Math.max(1, Math.floor((BOTTOM - y - 2 * PAD) / LEADING));
                int left = Math.max(rows.size() - next, label.size() - written);
                int now = Math.min(fit, left);
                double high = now * LEADING + 2 * PAD - 2;
                if (field.changed()) {
                    pages.behind(pages.last(), MARGIN, top, LABEL, high, MARKED);
                }
                for (int i = 0; i < now; i++) {
                    double base = top + PAD + 9 + i * LEADING;
                    if (written < label.size()) {
                        boolean tag = written >= words;
                        pages.text(
                                pages.last(),
                                MARGIN + PAD,
                                base,
                                label.get(written),
                                true,
                                tag ? 8 : SIZE,
                                tag ? 0.3 : 0);
                        written++;
                    }
                    if (next < rows.size()) {
                        row(rows.get(next), base);
                        next++;
                    }
                }
                y = top + high;
                frame(top, y);
                first = false;
            }
        }

        private void row(Row row, double base) {
            double x = MARGIN + LABEL + PAD;
            if (row.marked()) {
                pages.behind(pages.last(), x - 3, base - 10.5, ROOM - LABEL - PAD, LEADING, MARKED);
            }
            pages.text(pages.last(), x, base, row.text(), row.bold(), SIZE, row.grey());
            if (row.struck() && !row.text().isEmpty()) {
                double wide = setting.width(row.text(), row.bold(), SIZE);
                pages.line(pages.last(), x, base - 3.4, x + wide, base - 3.4, 0.6, 0.45);
            }
        }

        private void frame(double top, double bottom) {
            int page = pages.last();
            for (double x : new double[] {MARGIN, MARGIN + LABEL, RIGHT}) {
                pages.line(page, x, top, x, bottom, 0.5, 0.6);
            }
            pages.line(page, MARGIN, top, RIGHT, top, 0.5, 0.6);
            pages.line(page, MARGIN, bottom, RIGHT, bottom, 0.5, 0.6);
        }

        private List<Row> rows(ReportDocument.Field field) {
            double room = ROOM - LABEL - 2 * PAD;
            List<Row> rows = new ArrayList<>();
            if (!field.known()) {
                rows.add(new Row(view.get("report.unknown"), false, 0.45, false, false));
            }
            for (FieldChange.Line line : field.known() ? field.lines() : List.<FieldChange.Line>of()) {
                setting.lines(line.text(), false, SIZE, room)
                        .forEach(text -> rows.add(new Row(text, false, 0, false, line.isNew())));
            }
            List<String> gone = field.gone();
            if (!gone.isEmpty()) {
                rows.add(new Row(view.get("report.before"), true, 0.4, false, false));
                gone.forEach(line -> setting.lines(line, false, SIZE, room)
                        .forEach(text -> rows.add(new Row(text, false, 0.45, true, false))));
            }
            return rows;
        }

        private void end() {
            need(3 * LEADING);
            y += 10;
            if ("ja".equals(view.language())) {
                right("以上", 10.5, false, 0);
                y += LEADING;
            }
            view.sha256().ifPresent(hash -> {
                need(2 * LEADING);
                y += 8;
                paragraph(view.get("report.hash", hash), MARGIN, ROOM, 7, false, 0.4, 10);
            });
        }

        /** What stands at the head and foot of every page. */
        private void furniture() {
            for (int page = 0; page < pages.count(); page++) {
                String tlp = "TLP:" + document.tlp();
                pages.text(page, RIGHT - setting.width(tlp, true, 9), 36, tlp, true, 9, 0);
                if (page > 0) {
                    String running =
                            setting.lines(view.title(), false, 8, ROOM - 160).get(0);
                    pages.text(page, MARGIN, 36, running, false, 8, 0.4);
                }
                pages.line(page, MARGIN, BOTTOM + 14, RIGHT, BOTTOM + 14, 0.4, 0.7);
                pages.text(page, MARGIN, BOTTOM + 27, view.number(), false, 8, 0.4);
                String number = (page + 1) + " / " + pages.count();
                pages.text(page, RIGHT - setting.width(number, false, 8), BOTTOM + 27, number, false, 8, 0.4);
            }
        }
    }
}
