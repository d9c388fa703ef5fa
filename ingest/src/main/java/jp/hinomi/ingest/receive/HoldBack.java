package jp.hinomi.ingest.receive;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import jp.hinomi.ingest.kafka.Outlet;

/**
 * While too much waits for Kafka nothing is read from one connection, so TCP itself holds its sender back. On the
 * connection's own thread.
 */
final class HoldBack {
    private final Channel channel;
    private final Outlet outlet;
    private final Runnable resume;

    HoldBack(Channel channel, Outlet outlet) {
        this.channel = channel;
        this.outlet = outlet;
        this.resume = () -> channel.config().setAutoRead(true);
        // Who is held back for long connects anew, again and again.
        channel.closeFuture().addListener(closed -> outlet.forget(resume));
    }

    /** A TLS handshake has to be read: who is not answered in time gives up. What comes after it is held back then. */
    void atBeginning() {
        if (channel.pipeline().get(SslHandler.class) == null) {
            ifFull();
        }
    }

    void ifFull() {
        if (outlet.full() && channel.config().isAutoRead()) {
            channel.config().setAutoRead(false);
            outlet.whenRelieved(resume);
        }
    }
}
