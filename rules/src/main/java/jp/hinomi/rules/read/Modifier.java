package jp.hinomi.rules.read;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The modifiers of Sigma 2.1 (modifiers appendix). */
enum Modifier {
    ALL(Kind.LINK),
    NEQ(Kind.LINK),
    CASED(Kind.CASE),
    CONTAINS(Kind.SHAPE),
    STARTSWITH(Kind.SHAPE),
    ENDSWITH(Kind.SHAPE),
    WINDASH(Kind.ENCODING),
    BASE64(Kind.ENCODING),
    BASE64OFFSET(Kind.ENCODING),
    UTF16LE(Kind.ENCODING),
    UTF16BE(Kind.ENCODING),
    UTF16(Kind.ENCODING),
    WIDE(Kind.ENCODING),
    EXPAND(Kind.EXPANSION),
    RE(Kind.TYPE),
    CIDR(Kind.TYPE),
    EXISTS(Kind.TYPE),
    FIELDREF(Kind.TYPE),
    LT(Kind.COMPARISON),
    LTE(Kind.COMPARISON),
    GT(Kind.COMPARISON),
    GTE(Kind.COMPARISON),
    MINUTE(Kind.TIME_PART),
    HOUR(Kind.TIME_PART),
    DAY(Kind.TIME_PART),
    WEEK(Kind.TIME_PART),
    MONTH(Kind.TIME_PART),
    YEAR(Kind.TIME_PART),
    I(Kind.REGEX_FLAG),
    M(Kind.REGEX_FLAG),
    S(Kind.REGEX_FLAG);

    /** What a modifier changes; decides with which others it goes together. */
    enum Kind {
        /** How the values of a list are linked. */
        LINK,
        CASE,
        /** Where in the field the text is expected. */
        SHAPE,
        /** Text into other text. */
        ENCODING,
        EXPANSION,
        /** What the value is. */
        TYPE,
        COMPARISON,
        TIME_PART,
        REGEX_FLAG
    }

    private final Kind kind;

    Modifier(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Modifier> ofWord(String word) {
        return Arrays.stream(values())
                .filter(modifier -> modifier.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Modifier::word).toList();
    }
}
