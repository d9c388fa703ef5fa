package jp.hinomi.alerting.report.out;

import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;

/**
 * The fonts of one PDF: the outlines of the characters that it uses, as Type 3 fonts (ISO 32000-1, 9.6.5) of at most 255
 * characters each, with a map back to Unicode, so that text can be searched, copied and read aloud. Any font will do, also those
 * that no library can embed a part of. Not thread-safe.
 */
final class DrawnFonts {
    private static final int MOST = 255;
    private static final COSName TYPE3 = COSName.getPDFName("Type3");

    private final ReportFonts.Pair fonts;
    private final List<Subset> subsets = new ArrayList<>();
    private final Map<Key, Place> places = new LinkedHashMap<>();

    DrawnFonts(ReportFonts.Pair fonts) {
        this.fonts = fonts;
    }

    private record Key(boolean bold, int point) {}

    /** @param font number of the font in the document */
    record Place(int font, int code) {}

    private record Subset(boolean bold, List<Integer> points) {}

    Typeface face(boolean bold) {
        return bold ? fonts.bold() : fonts.regular();
    }

    Place place(boolean bold, int point) {
        return places.computeIfAbsent(new Key(bold, point), key -> {
            int open = -1;
            for (int i = 0; i < subsets.size(); i++) {
                if (subsets.get(i).bold() == bold && subsets.get(i).points().size() < MOST) {
                    open = i;
                }
            }
            if (open < 0) {
                open = subsets.size();
                subsets.add(new Subset(bold, new ArrayList<>()));
            }
            subsets.get(open).points().add(point);
            return new Place(open, subsets.get(open).points().size());
        });
    }

    static String name(int font) {
        return "F" + font;
    }

    /** To be called when every text is set. */
    PDResources resources(PDDocument document) throws IOException {
        COSDictionary all = new COSDictionary();
        for (int i = 0; i < subsets.size(); i++) {
            all.setItem(COSName.getPDFName(name(i)), font(document, subsets.get(i)));
        }
        PDResources resources = new PDResources();
        resources.getCOSObject().setItem(COSName.FONT, all);
        return resources;
    }

    private COSDictionary font(PDDocument document, Subset subset) throws IOException {
        Typeface face = face(subset.bold());
        COSDictionary procedures = new COSDictionary();
        COSArray differences = new COSArray();
        COSArray widths = new COSArray();
        differences.add(COSInteger.ONE);
        Rectangle2D box = new Rectangle2D.Double();
        for (int point : subset.points()) {
            COSName glyph = COSName.getPDFName("u" + Integer.toHexString(point));
            differences.add(glyph);
            widths.add(new COSFloat((float) face.advance(point)));
            GeneralPath outline = face.outline(point);
            outline.transform(AffineTransform.getScaleInstance(face.scale(), face.scale()));
            box = box.createUnion(outline.getBounds2D());
            procedures.setItem(glyph, stream(document, drawing(face.advance(point), outline)));
        }
        COSDictionary encoding = new COSDictionary();
        encoding.setItem(COSName.TYPE, COSName.ENCODING);
        encoding.setItem(COSName.DIFFERENCES, differences);
        COSDictionary font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, TYPE3);
        font.setItem(COSName.FONT_BBOX, numbers(box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()));
        font.setItem(COSName.FONT_MATRIX, numbers(0.001, 0, 0, 0.001, 0, 0));
        font.setItem(COSName.CHAR_PROCS, procedures);
        font.setItem(COSName.ENCODING, encoding);
        font.setItem(COSName.RESOURCES, new COSDictionary());
        font.setInt(COSName.FIRST_CHAR, 1);
        font.setInt(COSName.LAST_CHAR, subset.points().size());
        font.setItem(COSName.WIDTHS, widths);
        font.setItem(COSName.TO_UNICODE, stream(document, toUnicode(subset.points())));
        return font;
    }

    private static COSArray numbers(double... values) {
        COSArray array = new COSArray();
        for (double value : values) {
            array.add(new COSFloat((float) value));
        }
        return array;
    }

    private static COSStream stream(PDDocument document, String content) throws IOException {
        COSStream stream = document.getDocument().createCOSStream();
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        return stream;
    }

    private static String drawing(double advance, GeneralPath outline) {
        Rectangle2D box = outline.getBounds2D();
        StringBuilder out = new StringBuilder();
        add(out, "d1", advance, 0, box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY());
        double[] to = new double[6];
        double x = 0;
        double y = 0;
        boolean any = false;
        for (PathIterator path = outline.getPathIterator(null); !path.isDone(); path.next()) {
            any = true;
            switch (path.currentSegment(to)) {
                case PathIterator.SEG_MOVETO -> {
                    add(out, "m", to[0], to[1]);
                    x = to[0];
                    y = to[1];
                }
                case PathIterator.SEG_LINETO -> {
                    add(out, "l", to[0], to[1]);
                    x = to[0];
                    y = to[1];
                }
                case PathIterator.SEG_QUADTO -> {
                    // TrueType's curves are quadratic, PDF's cubic.
                    add(
                            out,
                            "c",
                            x + 2 * (to[0] - x) / 3,
                            y + 2 * (to[1] - y) / 3,
                            to[2] + 2 * (to[0] - to[2]) / 3,
                            to[3] + 2 * (to[1] - to[3]) / 3,
                            to[2],
                            to[3]);
                    x = to[2];
                    y = to[3];
                }
                case PathIterator.SEG_CUBICTO -> {
                    add(out, "c", to);
                    x = to[4];
                    y = to[5];
                }
                default -> out.append("h\n");
            }
        }
        return any ? out.append("f\n").toString() : out.toString();
    }

    private static void add(StringBuilder out, String operator, double... numbers) {
        for (double number : numbers) {
            out.append(number(number)).append(' ');
        }
        out.append(operator).append('\n');
    }

    /** Without an exponent, whatever the locale. */
    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String toUnicode(List<Integer> points) {
        StringBuilder map = new StringBuilder("""
                /CIDInit /ProcSet findresource begin
                12 dict begin
                begincmap
                /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
                /CMapName /Adobe-Identity-UCS def
                /CMapType 2 def
                1 begincodespacerange
                <00> <FF>
                endcodespacerange
                """);
        // At most a hundred in one block.
        for (int from = 0; from < points.size(); from += 100) {
            List<Integer> block = points.subList(from, Math.min(points.size(), from + 100));
            map.append(block.size()).append(" beginbfchar\n");
            for (int i = 0; i < block.size(); i++) {
                map.append(String.format(Locale.ROOT, "<%02X> <", from + i + 1));
                for (char unit : Character.toChars(block.get(i))) {
                    map.append(String.format(Locale.ROOT, "%04X", (int) unit));
                }
                map.append(">\n");
            }
            map.append("endbfchar\n");
        }
        return map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
                .toString();
    }
}
