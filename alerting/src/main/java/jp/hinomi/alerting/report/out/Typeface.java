package jp.hinomi.alerting.report.out;

import java.awt.geom.GeneralPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;

/** Outlines and widths of one font, TrueType or OpenType, alone or out of a collection. Thread-safe: one caller at a time. */
final class Typeface {
    private final TrueTypeFont font;
    private final CmapLookup characters;
    private final double scale;

    private Typeface(TrueTypeFont font) throws IOException {
        this.font = font;
        this.characters = font.getUnicodeCmapLookup();
        this.scale = 1000.0 / font.getUnitsPerEm();
    }

    /**
     * Stays open as long as the process: fonts are read once.
     *
     * @param name of the font in a collection; absent = its first
     */
    static Typeface read(Path file, Optional<String> name) throws IOException {
        String extension = file.toString().toLowerCase(Locale.ROOT);
        if (extension.endsWith(".ttc") || extension.endsWith(".otc")) {
            return new Typeface(ofCollection(file.toFile(), name));
        }
        return new Typeface(
                extension.endsWith(".otf")
                        ? new OTFParser().parse(new RandomAccessReadBufferedFile(file.toFile()))
                        : new TTFParser().parse(new RandomAccessReadBufferedFile(file.toFile())));
    }

    private static TrueTypeFont ofCollection(File file, Optional<String> name) throws IOException {
        TrueTypeCollection collection = new TrueTypeCollection(file);
        if (name.isPresent()) {
            TrueTypeFont found = collection.getFontByName(name.get());
            if (found == null) {
                throw new IOException("the collection has no font '" + name.get() + "'");
            }
            return found;
        }
        TrueTypeFont[] first = new TrueTypeFont[1];
        collection.processAllFonts(font -> first[0] = first[0] == null ? font : first[0]);
        return first[0];
    }

    synchronized boolean has(int point) {
        return characters.getGlyphId(point) != 0;
    }

    /** In thousandths of the size. */
    synchronized double advance(int point) {
        try {
            return font.getAdvanceWidth(characters.getGlyphId(point)) * scale;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** In units of which {@link #scale} makes thousandths of the size. */
    synchronized GeneralPath outline(int point) {
        int glyph = characters.getGlyphId(point);
        try {
            if (font instanceof OpenTypeFont open && open.isPostScript()) {
                return open.getCFF().getFont().getType2CharString(glyph).getPath();
            }
            var outline = font.getGlyph().getGlyph(glyph);
            return outline == null ? new GeneralPath() : outline.getPath();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    double scale() {
        return scale;
    }
}
