package jp.hinomi.ingest.decode.text;

/** Bytes that are not text in the charset they should be in. Carries no stack trace: it is a result, often thrown. */
public final class MalformedText extends Exception {
    private static final long serialVersionUID = 1;

    private final int byteOffset;

    MalformedText(String message, int byteOffset) {
        super(message, null, false, false);
        this.byteOffset = byteOffset;
    }

    /** Where the first bad byte is, from the beginning of the array. */
    public int byteOffset() {
        return byteOffset;
    }
}
