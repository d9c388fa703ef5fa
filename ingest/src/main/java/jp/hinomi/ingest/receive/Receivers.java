package jp.hinomi.ingest.receive;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syslog over UDP and TCP, and HTTP, into the {@code logs.*} topics. Kafka need not be there when they start, nor all the
 * time: until it answers, TCP senders wait. Thread-safe.
 */
public final class Receivers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);

    /** Connections beyond this are closed at once: each may hold a long unfinished line. */
    private static final int MAX_CONNECTIONS = 2000;

    /** What all connections together may hold of unfinished messages and requests, in bytes. */
    private static final long MAX_PARTIAL_BYTES = 64L << 20;

    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int HTTP_IDLE_SECONDS = 120;

    private final ReceiverCounters counters = new ReceiverCounters();
    private final PartialBytes partial = new PartialBytes(MAX_PARTIAL_BYTES);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final EventLoopGroup loops;
    private final ExecutorService workers;
    private final Outlet outlet;
    private final SyslogIntake syslog;
    private Channel udp;
    private Channel tcp;
    private Channel http;

    private Receivers(ReceiverSettings settings) {
        this.loops = new MultiThreadIoEventLoopGroup(
                2, new DefaultThreadFactory("hinomi-receivers", true), NioIoHandler.newFactory());
        this.workers = Executors.newFixedThreadPool(2, new DefaultThreadFactory("hinomi-receivers-http", true));
        this.outlet = new Outlet(settings.bootstrapServers(), settings.bufferBytes(), counters);
        this.syslog = new SyslogIntake(new SourceRecognition(settings.city()), outlet, counters, Clock.systemUTC());
    }

    /** @throws IOException if a port cannot be opened; the message names it and what to do */
    public static Receivers start(ReceiverSettings settings) throws IOException {
        Receivers receivers = new Receivers(settings);
        try {
            receivers.open(settings);
            return receivers;
        } catch (IOException | RuntimeException e) {
            receivers.close();
            throw e;
        }
    }

    private void open(ReceiverSettings settings) throws IOException {
        if (settings.syslogUdpPort() != ReceiverSettings.OFF) {
            udp = bound(
                    new Bootstrap()
                            .group(loops)
                            .channel(NioDatagramChannel.class)
                            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM))
                            .handler(new SyslogUdpHandler(syslog, outlet, counters))
                            .bind(settings.host(), settings.syslogUdpPort()),
                    "syslog UDP",
                    settings.host(),
                    settings.syslogUdpPort());
        }
        if (settings.syslogTcpPort() != ReceiverSettings.OFF) {
            tcp = bound(
                    server(channel -> channel.pipeline()
                                    .addLast(new SyslogTcpHandler(
                                            new SyslogFramer(settings.maxLineBytes(), partial),
                                            syslog,
                                            outlet,
                                            counters)))
                            .bind(settings.host(), settings.syslogTcpPort()),
                    "syslog TCP",
                    settings.host(),
                    settings.syslogTcpPort());
        }
        if (settings.httpPort() != ReceiverSettings.OFF) {
            HttpIntake intake = new HttpIntake(settings, outlet, counters, Clock.systemUTC());
            BearerToken token = new BearerToken(settings.httpToken());
            http = bound(
                    server(channel -> channel.pipeline()
                                    .addLast(new HttpServerCodec())
                                    .addLast(new ReadTimeoutHandler(HTTP_IDLE_SECONDS))
                                    // Holds back requests that the codec has read already while one is being stored.
                                    .addLast(new FlowControlHandler())
                                    .addLast(new HttpHandler(
                                            intake, token, partial, workers, settings.maxRequestBytes())))
                            .bind(settings.host(), settings.httpPort()),
                    "HTTP",
                    settings.host(),
                    settings.httpPort());
        }
    }

    private interface Pipeline {
        void build(Channel channel);
    }

    private ServerBootstrap server(Pipeline pipeline) {
        ChannelHandler initializer = new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                if (connections.size() >= MAX_CONNECTIONS) {
                    LOG.warn(
                            "refused a connection from {}: {} are open already",
                            channel.remoteAddress(),
                            MAX_CONNECTIONS);
                    channel.close();
                    return;
                }
                connections.add(channel);
                pipeline.build(channel);
            }
        };
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 512)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(initializer);
    }

    private static Channel bound(ChannelFuture opening, String what, String host, int port) throws IOException {
        opening.awaitUninterruptibly();
        if (!opening.isSuccess()) {
            throw new IOException(
                    "cannot open port " + port + " on " + host + " for " + what + " ("
                            + opening.cause().getMessage() + "): stop the program that uses it, or choose another port"
                            + (port > 0 && port < 1024 ? "; ports below 1024 need root or CAP_NET_BIND_SERVICE" : ""),
                    opening.cause());
        }
        return opening.channel();
    }

    /** The port that is really open, or {@link ReceiverSettings#OFF}. */
    public int syslogUdpPort() {
        return port(udp);
    }

    /** The port that is really open, or {@link ReceiverSettings#OFF}. */
    public int syslogTcpPort() {
        return port(tcp);
    }

    /** The port that is really open, or {@link ReceiverSettings#OFF}. */
    public int httpPort() {
        return port(http);
    }

    private static int port(Channel channel) {
        return channel == null ? ReceiverSettings.OFF : ((InetSocketAddress) channel.localAddress()).getPort();
    }

    public ReceiverCounters.Snapshot counters() {
        return counters.snapshot();
    }

    /** Stops listening, hands what has been received to Kafka and waits up to 10 s until it is acknowledged. */
    @Override
    public void close() {
        for (Channel channel : new Channel[] {udp, tcp, http}) {
            if (channel != null) {
                channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
            }
        }
        connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        workers.shutdown();
        // Zero quiet period: every channel is closed, nothing else runs on the loops.
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        outlet.close();
    }
}
