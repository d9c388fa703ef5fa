package jp.hinomi.correlation.engine.epl;

/**
 * A word or sign of EPL.
 *
 * @param text of a name: without backticks; of a string: without quotes
 * @param offset of its first character
 */
record Token(Kind kind, String text, int offset) {
    enum Kind {
        /** A keyword or a name; which of the two is for the parser to say. */
        NAME,
        /** A name in backticks, which is never a keyword. */
        QUOTED_NAME,
        NUMBER,
        STRING,
        SIGN
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName() {
        return kind == Kind.NAME || kind == Kind.QUOTED_NAME;
    }
}
