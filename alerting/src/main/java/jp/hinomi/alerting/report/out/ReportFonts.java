package jp.hinomi.alerting.report.out;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jp.hinomi.alerting.report.ReportReason;
import jp.hinomi.alerting.text.Refused;

/**
 * The fonts that PDFs are set in: the configured one, else the first Japanese one that this machine has. Read at the first PDF
 * and kept. Thread-safe.
 */
public final class ReportFonts {
    /** A regular and a bold file, and the font's name in them if they are collections. */
    private record Known(String regular, String regularName, String bold, String boldName) {}

    /** Where Debian's packages put them, best first: fonts-noto-cjk, fonts-ipaexfont-gothic, fonts-ipafont-gothic, fonts-vlgothic. */
    private static final List<Known> KNOWN = List.of(
            new Known(
                    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                    "NotoSansCJKjp-Regular",
                    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
                    "NotoSansCJKjp-Bold"),
            new Known("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf", "", "", ""),
            new Known("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf", "", "", ""),
            new Known("/usr/share/fonts/truetype/vlgothic/VL-Gothic-Regular.ttf", "", "", ""));

    private final Optional<String> configured;
    private Pair pair;

    record Pair(Typeface regular, Typeface bold) {}

    /** @param configured a file, {@code FILE#NAME} for a font of a collection */
    public ReportFonts(Optional<String> configured) {
        this.configured = configured;
    }

    /** There is no font to set Japanese in. The message says what to do. */
    public static final class MissingFontException extends Refused {
        private static final long serialVersionUID = 1;

        MissingFontException(ReportReason why, Object... details) {
            super(why, details);
        }
    }

    /** @throws MissingFontException if there is none */
    synchronized Pair get() {
        if (pair == null) {
            pair = configured.map(ReportFonts::configured).orElseGet(ReportFonts::found);
        }
        return pair;
    }

    private static Pair configured(String text) {
        int hash = text.lastIndexOf('#');
        String file = hash < 0 ? text : text.substring(0, hash);
        return read(new Known(file, hash < 0 ? "" : text.substring(hash + 1), "", ""));
    }

    private static Pair found() {
        return KNOWN.stream()
                .filter(known -> Files.isReadable(Path.of(known.regular())))
                .findFirst()
                .map(ReportFonts::read)
                .orElseThrow(() -> new MissingFontException(ReportReason.NO_FONT));
    }

    private static Pair read(Known known) {
        try {
            Typeface regular = Typeface.read(Path.of(known.regular()), name(known.regularName()));
            if (!regular.has('報')) {
                throw new IOException("it has no Japanese characters");
            }
            boolean bold = !known.bold().isEmpty() && Files.isReadable(Path.of(known.bold()));
            return new Pair(regular, bold ? Typeface.read(Path.of(known.bold()), name(known.boldName())) : regular);
        } catch (IOException | RuntimeException e) {
            MissingFontException unusable =
                    new MissingFontException(ReportReason.FONT_UNUSABLE, known.regular(), e.getMessage());
            unusable.initCause(e);
            throw unusable;
        }
    }

    private static Optional<String> name(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
