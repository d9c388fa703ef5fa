package jp.hinomi.ingest.receive;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many connections of one port are open. Those beyond are not turned away: they wait with the operating system
 * until others end. While Kafka is away nothing is read, so the ends of dead connections are not seen either; whoever
 * connected anew would be turned away because of them. On the thread of the port.
 */
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);
    private static final long TELL_NANOS = 60_000_000_000L;

    private final Way way;
    private final int limit;
    private int open;
    private long toldAt;
    private boolean told;

    ConnectionLimit(Way way, int limit) {
        this.way = way;
        this.limit = limit;
    }

    /** A few more than the limit may come at once. */
    @Override
    public void channelRead(ChannelHandlerContext port, Object connection) {
        open++;
        ((Channel) connection).closeFuture().addListener(closed -> {
            if (!port.executor().isShuttingDown()) {
                port.executor().execute(() -> ended(port));
            }
        });
        if (open >= limit) {
            port.channel().config().setAutoRead(false);
            tell();
        }
        port.fireChannelRead(connection);
    }

    private void ended(ChannelHandlerContext port) {
        open--;
        if (open < limit) {
            port.channel().config().setAutoRead(true);
        }
    }

    private void tell() {
        if (!told || System.nanoTime() - toldAt > TELL_NANOS) {
            told = true;
            toldAt = System.nanoTime();
            LOG.warn(
                    "{} connections ({}) are open, which is the most: whoever connects now waits until others end. Is Kafka"
                            + " away, so that nothing is read? Does a sender open connections without closing them?",
                    limit,
                    way.title());
        }
    }
}
