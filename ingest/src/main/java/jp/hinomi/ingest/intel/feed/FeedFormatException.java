package jp.hinomi.ingest.intel.feed;

import java.io.IOException;

/** A feed that cannot be read as a whole. The message says what, where, and what to do. */
public final class FeedFormatException extends IOException {
    private static final long serialVersionUID = 1;

    public FeedFormatException(String message) {
        super(message);
    }

    FeedFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
