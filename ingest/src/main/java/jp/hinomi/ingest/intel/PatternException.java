package jp.hinomi.ingest.intel;

/** A STIX pattern that cannot be read or looked for. The message says what, where, and what to write instead. */
public final class PatternException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int position;

    PatternException(int position, String message) {
        super("character " + (position + 1) + " of the pattern: " + message);
        this.position = position;
    }

    /** Where in the pattern, in characters from its beginning. */
    public int position() {
        return position;
    }
}
