package jp.hinomi.events;

/** Text that should be an event or an alert in JSON and is not. The message says what is wrong and what to write. */
public final class EventFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long byteOffset;

    public EventFormatException(String message, long byteOffset) {
        super(message);
        this.byteOffset = Math.max(0, byteOffset);
    }

    /** Where in the record, in bytes from its beginning. */
    public long byteOffset() {
        return byteOffset;
    }
}
