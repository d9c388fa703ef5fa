package jp.hinomi.ingest.receive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.hinomi.ingest.kafka.Outlet;

/**
 * One RELP connection, over TLS or not, as librelp speaks it (protocol version 0). A message is answered after Kafka has
 * it, in the order of the messages: until then its sender keeps it, and sends it again after a broken connection.
 */
final class RelpHandler extends ChannelInboundHandlerAdapter implements RelpFrames.Frames {
    private static final String OK = "200 OK";
    private static final String OFFERS = OK + "\nrelp_version=0\nrelp_software=hinomi\ncommands=syslog";

    private final Way way;
    private final RelpFrames frames;
    private final SyslogIntake intake;
    private final Outlet outlet;
    private final Deque<Unanswered> unanswered = new ArrayDeque<>();
    private final AtomicBoolean answering = new AtomicBoolean();
    private ChannelHandlerContext context;
    private Peer peer = Peer.UNKNOWN;
    private HoldBack holdBack;
    private boolean opened;
    private boolean closing;
    private long closeTransaction;

    /** A message that Kafka may not have yet. */
    private final class Unanswered implements Outlet.Acknowledgement {
        private final long transaction;
        private volatile boolean done;

        Unanswered(long transaction) {
            this.transaction = transaction;
        }

        /** What Kafka refuses for good is answered like the rest: to be sent again would not help it. */
        @Override
        public void done(boolean stored) {
            done = true;
            if (!context.executor().isShuttingDown() && answering.compareAndSet(false, true)) {
                context.executor().execute(RelpHandler.this::answer);
            }
        }
    }

    RelpHandler(Way way, RelpFrames frames, SyslogIntake intake, Outlet outlet) {
        this.way = way;
        this.frames = frames;
        this.intake = intake;
        this.outlet = outlet;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        peer = Peer.at((InetSocketAddress) active.channel().remoteAddress());
        // Otherwise who gives up waiting for answers and connects anew would send all of it once more, each time.
        holdBack = new HoldBack(active.channel(), outlet);
        holdBack.atBeginning();
        active.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) throws RelpFrameException {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!closing) {
                frames.feed(bytes, this);
            }
        } finally {
            bytes.release();
        }
        reading.flush();
        holdBack.ifFull();
    }

    @Override
    public void frame(long transaction, String command, byte[] data, long length) throws RelpFrameException {
        if (closing) {
            return;
        }
        if (command.equals("open")) {
            opened = true;
            write(transaction, opens(new String(data, US_ASCII)) ? OFFERS : "500 syslog is the only command here");
            return;
        }
        if (!opened) {
            throw new RelpFrameException("a RELP session that does not begin with 'open' but with '" + command + "'");
        }
        switch (command) {
            case "syslog" -> {
                Unanswered next = new Unanswered(transaction);
                unanswered.add(next);
                if (length > data.length) {
                    intake.tooLong(data, length, way, peer, next);
                } else {
                    intake.message(data, way, peer, next);
                }
            }
            case "close" -> {
                closing = true;
                closeTransaction = transaction;
                closeWhenAnswered();
            }
            default -> write(transaction, "500 unknown command");
        }
    }

    /** A client that names the commands it wants must want ours; one that names none takes what there is. */
    private static boolean opens(String offers) {
        return offers.lines()
                .filter(line -> line.startsWith("commands="))
                .allMatch(line -> ("," + line.substring("commands=".length()) + ",").contains(",syslog,"));
    }

    /** On the connection's own thread: answers the messages that Kafka has, up to the first that it has not. */
    private void answer() {
        answering.set(false);
        boolean any = false;
        while (!unanswered.isEmpty() && unanswered.peek().done) {
            write(unanswered.remove().transaction, OK);
            any = true;
        }
        if (any) {
            context.flush();
            closeWhenAnswered();
        }
    }

    private void closeWhenAnswered() {
        if (closing && unanswered.isEmpty()) {
            write(closeTransaction, "");
            context.writeAndFlush(bytes(RelpFrames.frame(0, "serverclose", "")))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void write(long transaction, String data) {
        context.write(bytes(RelpFrames.frame(transaction, "rsp", data)));
    }

    private ByteBuf bytes(byte[] frame) {
        return context.alloc().buffer(frame.length).writeBytes(frame);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ended) {
        frames.end();
        unanswered.clear();
        ended.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext triggered, Object event) {
        TlsEnd.answer(triggered, event);
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            peer = peer.withCertificate(CertificateNames.of(
                    triggered.pipeline().get(SslHandler.class).engine().getSession()));
            holdBack.ifFull();
        }
        triggered.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
        BrokenConnection.report(way, peer, cause);
        failed.close();
    }
}
