package jp.hinomi.ingest.receive;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import jp.hinomi.ingest.kafka.Outlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syslog datagrams: each is one message. What does not fit while Kafka is away is dropped and counted; UDP cannot wait. */
final class SyslogUdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final Logger LOG = LoggerFactory.getLogger(SyslogUdpHandler.class);

    private final SyslogIntake intake;
    private final Outlet outlet;
    private final ReceiverCounters counters;

    SyslogUdpHandler(SyslogIntake intake, Outlet outlet, ReceiverCounters counters) {
        this.intake = intake;
        this.outlet = outlet;
        this.counters = counters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        if (!datagram.content().isReadable()) {
            return;
        }
        if (outlet.full()) {
            counters.of(Way.SYSLOG_UDP).dropped.increment();
            return;
        }
        intake.message(
                ByteBufUtil.getBytes(datagram.content()),
                Way.SYSLOG_UDP,
                Peer.at(datagram.sender()),
                Outlet.Acknowledgement.NONE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The socket serves all senders, so it stays open whatever one datagram did.
        LOG.error("a datagram could not be taken", cause);
    }
}
