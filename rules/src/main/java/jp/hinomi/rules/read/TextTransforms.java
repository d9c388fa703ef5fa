package jp.hinomi.rules.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jp.hinomi.rules.detection.TextPattern;

/**
 * Modifiers that turn text into other text, applied in the order written (Sigma modifiers appendix).
 *
 * <p>UTF-16 gives bytes; they are kept as characters 0–255, which is what a log shows of them and what Base64 takes.
 */
final class TextTransforms {
    private static final String DASHES = "-/\u2013\u2014\u2015";
    private static final int[] OFFSET_START = {0, 2, 3};
    private static final int[] OFFSET_CUT = {0, 3, 2};

    /** Why a value cannot be transformed. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message, null, false, false);
        }
    }

    private TextTransforms() {}

    /** All texts that one value unfolds to. */
    static List<TextPattern> apply(TextPattern value, List<Modifier> chain, int most) throws Refusal {
        List<TextPattern> values = List.of(value);
        boolean bytes = false;
        for (Modifier modifier : chain) {
            List<TextPattern> changed = new ArrayList<>();
            for (TextPattern pattern : values) {
                changed.addAll(apply(pattern, modifier, bytes, most));
                if (changed.size() > most) {
                    throw new Refusal("it unfolds to more than " + most + " texts");
                }
            }
            values = changed;
            bytes = bytes || isUtf16(modifier);
        }
        return values;
    }

    private static boolean isUtf16(Modifier modifier) {
        return modifier == Modifier.WIDE
                || modifier == Modifier.UTF16
                || modifier == Modifier.UTF16LE
                || modifier == Modifier.UTF16BE;
    }

    private static List<TextPattern> apply(TextPattern value, Modifier modifier, boolean bytes, int most)
            throws Refusal {
        return switch (modifier) {
            case CONTAINS -> List.of(value.startingAnywhere().endingAnywhere());
            case STARTSWITH -> List.of(value.endingAnywhere());
            case ENDSWITH -> List.of(value.startingAnywhere());
            case WINDASH -> windash(value, most);
            case WIDE, UTF16LE -> List.of(utf16(value, StandardCharsets.UTF_16LE));
            case UTF16BE -> List.of(utf16(value, StandardCharsets.UTF_16BE));
            case UTF16 -> List.of(withByteOrderMark(utf16(value, StandardCharsets.UTF_16LE)));
            case BASE64 -> List.of(TextPattern.plain(base64(bytesOf(value, bytes))));
            case BASE64OFFSET -> base64AtOffsets(bytesOf(value, bytes));
            case ALL,
                    NEQ,
                    CASED,
                    EXPAND,
                    RE,
                    CIDR,
                    EXISTS,
                    FIELDREF,
                    LT,
                    LTE,
                    GT,
                    GTE,
                    MINUTE,
                    HOUR,
                    DAY,
                    WEEK,
                    MONTH,
                    YEAR,
                    I,
                    M,
                    S -> List.of(value);
        };
    }

    private static TextPattern utf16(TextPattern value, Charset charset) {
        return value.mapLiterals(text -> new String(text.getBytes(charset), StandardCharsets.ISO_8859_1));
    }

    private static TextPattern withByteOrderMark(TextPattern value) {
        List<TextPattern.Part> parts = new ArrayList<>(value.parts());
        int first = !parts.isEmpty() && parts.get(0) == TextPattern.Wildcard.ANY_TEXT ? 1 : 0;
        parts.add(first, new TextPattern.Literal("\u00FF\u00FE"));
        return new TextPattern(parts);
    }

    private static byte[] bytesOf(TextPattern value, boolean bytes) throws Refusal {
        if (value.hasWildcards()) {
            throw new Refusal(
                    "Base64 of a text with wildcards means nothing: put contains, startswith or endswith after"
                            + " base64 or base64offset, and escape literal wildcards");
        }
        return value.literal().getBytes(bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The characters that stay the same whatever stands before and after, for each of the three alignments. */
    private static List<TextPattern> base64AtOffsets(byte[] bytes) throws Refusal {
        List<TextPattern> variants = new ArrayList<>();
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            String encoded = base64(shifted);
            int end = encoded.length() - OFFSET_CUT[shifted.length % 3];
            if (end <= OFFSET_START[shift]) {
                throw new Refusal("it is too short to be recognised inside Base64");
            }
            variants.add(TextPattern.plain(encoded.substring(OFFSET_START[shift], end)));
        }
        return variants;
    }

    /** Every dash that begins a word, in every spelling; a dash inside a word is no option. */
    private static List<TextPattern> windash(TextPattern value, int most) throws Refusal {
        List<TextPattern> variants = List.of(new TextPattern(List.of()));
        for (int i = 0; i < value.parts().size(); i++) {
            TextPattern.Part part = value.parts().get(i);
            List<String> spellings =
                    part instanceof TextPattern.Literal literal ? spellings(literal.text(), most) : null;
            List<TextPattern> longer = new ArrayList<>();
            for (TextPattern variant : variants) {
                if (spellings == null) {
                    longer.add(with(variant, part));
                } else {
                    spellings.forEach(spelling -> longer.add(with(variant, new TextPattern.Literal(spelling))));
                }
            }
            if (longer.size() > most) {
                throw new Refusal("it unfolds to more than " + most + " texts");
            }
            variants = longer;
        }
        return variants;
    }

    private static TextPattern with(TextPattern pattern, TextPattern.Part part) {
        List<TextPattern.Part> parts = new ArrayList<>(pattern.parts());
        parts.add(part);
        return new TextPattern(parts);
    }

    private static List<String> spellings(String text, int most) throws Refusal {
        List<String> variants = List.of("");
        for (int i = 0; i < text.length(); i++) {
            boolean option = DASHES.indexOf(text.charAt(i)) >= 0
                    && (i == 0 || !isWord(text.charAt(i - 1)))
                    && i + 1 < text.length()
                    && isWord(text.charAt(i + 1));
            List<String> longer = new ArrayList<>();
            for (String variant : variants) {
                if (option) {
                    for (int d = 0; d < DASHES.length(); d++) {
                        longer.add(variant + DASHES.charAt(d));
                    }
                } else {
                    longer.add(variant + text.charAt(i));
                }
            }
            if (longer.size() > most) {
                throw new Refusal("it unfolds to more than " + most + " texts");
            }
            variants = longer;
        }
        return variants;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
