package jp.hinomi.ingest.receive;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says why a connection is closed; whoever probes our ports does not fill the log. Thread-safe. */
final class BrokenConnection {
    private static final Logger LOG = LoggerFactory.getLogger(BrokenConnection.class);
    private static final long EVERY_NANOS = 1_000_000_000L;

    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    private BrokenConnection() {}

    static void report(Way way, Peer peer, Throwable cause) {
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (reason instanceof SSLException) {
            if (seldom()) {
                LOG.warn(
                        "no TLS connection ({}) with {}: {}. Does the sender speak TLS 1.2 or later, trust our"
                                + " certificate, and show one of its own where we ask for it?",
                        way.title(),
                        peer.address(),
                        reason.getMessage());
            }
        } else if (reason instanceof RelpFrameException) {
            if (seldom()) {
                LOG.warn("a connection ({}) with {} is closed: {}", way.title(), peer.address(), reason.getMessage());
            }
        } else if (reason instanceof IOException) {
            LOG.debug("a connection ({}) with {} broke: {}", way.title(), peer.address(), reason.toString());
        } else {
            LOG.error("a connection ({}) with {} is closed because of a defect", way.title(), peer.address(), reason);
        }
    }

    /** True once a second at most. */
    private static boolean seldom() {
        long now = System.nanoTime();
        long next = NEXT.get();
        return now - next >= 0 && NEXT.compareAndSet(next, now + EVERY_NANOS);
    }
}
