package jp.hinomi.ingest.receive;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.time.Clock;
import jp.hinomi.ingest.spool.Datagram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syslog datagrams: each is one message. */
final class SyslogUdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogUdpHandler.class);

    private final Datagrams datagrams;
    private final Clock clock;

    SyslogUdpHandler(Datagrams datagrams, Clock clock) {
        this.datagrams = datagrams;
        this.clock = clock;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        if (packet.content().isReadable()) {
            datagrams.take(new Datagram(
                    clock.millis(), Peer.at(packet.sender()).address(), ByteBufUtil.getBytes(packet.content())));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The socket serves all senders, so it stays open whatever one datagram did.
        LOG.error("a datagram could not be taken", cause);
    }
}
