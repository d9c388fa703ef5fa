package jp.hinomi.ingest.receive;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One syslog connection. While Kafka is slower than the sender, nothing is read, so TCP itself holds the sender back. */
final class SyslogTcpHandler extends ChannelInboundHandlerAdapter implements SyslogFramer.Frames {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogTcpHandler.class);
    private static final String TRANSPORT = "syslog-tcp";

    private final SyslogFramer framer;
    private final SyslogIntake intake;
    private final Outlet outlet;
    private final ReceiverCounters counters;
    private String peer = "unknown";

    SyslogTcpHandler(SyslogFramer framer, SyslogIntake intake, Outlet outlet, ReceiverCounters counters) {
        this.framer = framer;
        this.intake = intake;
        this.outlet = outlet;
        this.counters = counters;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        peer = Peers.address((InetSocketAddress) context.channel().remoteAddress());
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            framer.feed(bytes, this);
        } finally {
            bytes.release();
        }
        if (outlet.full() && context.channel().config().isAutoRead()) {
            Channel channel = context.channel();
            channel.config().setAutoRead(false);
            outlet.whenRelieved(() -> channel.config().setAutoRead(true));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        framer.end(this);
        context.fireChannelInactive();
    }

    @Override
    public void message(byte[] message) {
        counters.tcpReceived.increment();
        intake.message(message, TRANSPORT, peer);
    }

    @Override
    public void tooLong(byte[] beginning, long length) {
        counters.tcpReceived.increment();
        intake.tooLong(beginning, length, TRANSPORT, peer);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("syslog connection from {} broke: {}", peer, cause.toString());
        } else {
            LOG.error("syslog connection from {} is closed because of a defect", peer, cause);
        }
        context.close();
    }
}
