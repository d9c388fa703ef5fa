package jp.hinomi.ingest.receive;

import java.io.IOException;

/** What came over a connection is not RELP. */
final class RelpFrameException extends IOException {
    private static final long serialVersionUID = 1;

    RelpFrameException(String message) {
        super(message);
    }
}
