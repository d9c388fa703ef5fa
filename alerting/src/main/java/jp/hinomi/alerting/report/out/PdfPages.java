package jp.hinomi.alerting.report.out;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/** Pages of A4 that are drawn on, from the top left corner, in points. Not thread-safe. */
final class PdfPages {
    static final double WIDTH = PDRectangle.A4.getWidth();
    static final double HEIGHT = PDRectangle.A4.getHeight();

    private final DrawnFonts fonts;
    private final List<StringBuilder> pages = new ArrayList<>();

    PdfPages(DrawnFonts fonts) {
        this.fonts = fonts;
        add();
    }

    void add() {
        pages.add(new StringBuilder());
    }

    int count() {
        return pages.size();
    }

    private StringBuilder page(int number) {
        return pages.get(number);
    }

    int last() {
        return pages.size() - 1;
    }

    /** @param grey 0 is black, 1 is white */
    void text(int page, double x, double baseline, String text, boolean bold, double size, double grey) {
        StringBuilder out = page(page);
        out.append("BT ").append(n(grey)).append(" g ");
        out.append(n(x)).append(' ').append(n(HEIGHT - baseline)).append(" Td ");
        int font = -1;
        StringBuilder codes = new StringBuilder();
        for (int point : text.codePoints().toArray()) {
            DrawnFonts.Place place = fonts.place(bold, point);
            if (place.font() != font) {
                show(out, codes);
                font = place.font();
                out.append('/')
                        .append(DrawnFonts.name(font))
                        .append(' ')
                        .append(n(size))
                        .append(" Tf ");
            }
            codes.append(String.format(Locale.ROOT, "%02X", place.code()));
        }
        show(out, codes);
        out.append("ET\n");
    }

    private static void show(StringBuilder out, StringBuilder codes) {
        if (codes.length() > 0) {
            out.append('<').append(codes).append("> Tj ");
            codes.setLength(0);
        }
    }

    void line(int page, double x1, double y1, double x2, double y2, double thick, double grey) {
        page(page)
                .append(n(thick))
                .append(" w ")
                .append(n(grey))
                .append(" G ")
                .append(n(x1))
                .append(' ')
                .append(n(HEIGHT - y1))
                .append(" m ")
                .append(n(x2))
                .append(' ')
                .append(n(HEIGHT - y2))
                .append(" l S\n");
    }

    /** Drawn behind everything that is already there. */
    void behind(int page, double x, double y, double width, double height, String colour) {
        page(page)
                .insert(
                        0,
                        colour + " rg " + n(x) + " " + n(HEIGHT - y - height) + " " + n(width) + " " + n(height)
                                + " re f\n");
    }

    private static String n(double value) {
        return DrawnFonts.number(value);
    }

    byte[] write(String title, String language, String author, Instant created) {
        try (PDDocument document = new PDDocument()) {
            PDResources resources = fonts.resources(document);
            for (StringBuilder content : pages) {
                PDPage page = new PDPage(PDRectangle.A4);
                page.setResources(resources);
                PDStream stream = new PDStream(document);
                try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
                    out.write(content.toString().getBytes(StandardCharsets.US_ASCII));
                }
                page.setContents(stream);
                document.addPage(page);
            }
            PDDocumentInformation about = new PDDocumentInformation();
            about.setTitle(title);
            about.setAuthor(author);
            about.setCreator("Hinomi");
            Calendar at = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
            at.setTimeInMillis(created.toEpochMilli());
            about.setCreationDate(at);
            document.setDocumentInformation(about);
            document.getDocumentCatalog().setLanguage(language);
            PDViewerPreferences shown = new PDViewerPreferences(new org.apache.pdfbox.cos.COSDictionary());
            shown.setDisplayDocTitle(true);
            document.getDocumentCatalog().setViewerPreferences(shown);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
