package jp.hinomi.ingest.receive;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import jp.hinomi.ingest.kafka.Outlet;

/** One syslog connection, over TLS or not. While Kafka is slower than the sender, nothing is read, so TCP itself holds the sender back. */
final class SyslogTcpHandler extends ChannelInboundHandlerAdapter implements SyslogFramer.Frames {
    private final Way way;
    private final SyslogFramer framer;
    private final SyslogIntake intake;
    private final Outlet outlet;
    private Peer peer = Peer.UNKNOWN;
    private HoldBack holdBack;

    SyslogTcpHandler(Way way, SyslogFramer framer, SyslogIntake intake, Outlet outlet) {
        this.way = way;
        this.framer = framer;
        this.intake = intake;
        this.outlet = outlet;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        peer = Peer.at((InetSocketAddress) context.channel().remoteAddress());
        holdBack = new HoldBack(context.channel(), outlet);
        holdBack.atBeginning();
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
        holdBack.ifFull();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        framer.end(this);
        context.fireChannelInactive();
    }

    @Override
    public void message(byte[] message) {
        intake.message(message, way, peer, Outlet.Acknowledgement.NONE);
    }

    @Override
    public void tooLong(byte[] beginning, long length) {
        intake.tooLong(beginning, length, way, peer, Outlet.Acknowledgement.NONE);
    }

    @Override
    public void torn(byte[] beginning, long length) {
        intake.torn(beginning, length, way, peer);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        TlsEnd.answer(context, event);
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            peer = peer.withCertificate(CertificateNames.of(
                    context.pipeline().get(SslHandler.class).engine().getSession()));
            holdBack.ifFull();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        BrokenConnection.report(way, peer, cause);
        context.close();
    }
}
