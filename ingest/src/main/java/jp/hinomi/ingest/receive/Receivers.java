package jp.hinomi.ingest.receive;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import jp.hinomi.ingest.kafka.Outlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syslog over UDP, TCP and TLS, RELP, and HTTP, into the {@code logs.*} topics. Kafka need not be there when they start, nor
 * all the time: until it answers, senders over TCP wait. Thread-safe.
 */
public final class Receivers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Receivers.class);

    /** Of each way in: a connection may hold a long unfinished line. */
    private static final int MAX_CONNECTIONS = 2000;

    /** What all connections together may hold of unfinished messages and requests, in bytes. */
    private static final long MAX_PARTIAL_BYTES = 64L << 20;

    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final int HTTP_IDLE_SECONDS = 120;
    private static final int TLS_LOOK_SECONDS = 5;
    private static final int REPORT_SECONDS = 1;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(7);

    /** A sender that vanished without a word is noticed after a minute and six questions, ten seconds apart. */
    private static final int ASK_AFTER_SECONDS = 60;

    private static final int ASK_EVERY_SECONDS = 10;
    private static final int ASK_TIMES = 6;

    private final ReceiverCounters counters = new ReceiverCounters();
    private final PartialBytes partial = new PartialBytes(MAX_PARTIAL_BYTES);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final int maxConnections;
    private final EventLoopGroup loops;
    private final ExecutorService workers;
    private final Outlet outlet;
    private final SyslogIntake syslog;
    private final Datagrams datagrams;
    private final Optional<TlsKeeper> tls;
    private final Map<Way, Channel> listening = new ConcurrentHashMap<>();
    private volatile KernelDrops kernelDrops = KernelDrops.UNKNOWN;
    private volatile boolean opened;

    private Receivers(ReceiverSettings settings, int maxConnections) throws IOException {
        this.maxConnections = maxConnections;
        this.tls = settings.tls().isPresent()
                ? Optional.of(TlsKeeper.open(settings.tls().get(), Clock.systemUTC()))
                : Optional.empty();
        this.loops = new MultiThreadIoEventLoopGroup(
                2, new DefaultThreadFactory("hinomi-receivers", true), NioIoHandler.newFactory());
        this.workers = Executors.newFixedThreadPool(2, new DefaultThreadFactory("hinomi-receivers-http", true));
        this.outlet = new Outlet(settings.bootstrapServers(), settings.bufferBytes(), "hinomi-receivers-kafka");
        this.syslog = new SyslogIntake(new SourceRecognition(settings.city()), outlet, counters, Clock.systemUTC());
        this.datagrams = datagrams(settings);
    }

    private Datagrams datagrams(ReceiverSettings settings) throws IOException {
        try {
            return Datagrams.open(settings.spool(), syslog, outlet, counters.of(Way.SYSLOG_UDP).dropped);
        } catch (IOException | RuntimeException e) {
            outlet.close();
            workers.shutdown();
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** @throws IOException if a port cannot be opened or a certificate not be used; the message says which and what to do */
    public static Receivers start(ReceiverSettings settings) throws IOException {
        return start(settings, MAX_CONNECTIONS);
    }

    static Receivers start(ReceiverSettings settings, int maxConnections) throws IOException {
        Receivers receivers = new Receivers(settings, maxConnections);
        try {
            receivers.open(settings);
            return receivers;
        } catch (IOException | RuntimeException e) {
            receivers.close();
            throw e;
        }
    }

    private void open(ReceiverSettings settings) throws IOException {
        bind(
                settings,
                Way.SYSLOG_UDP,
                new Bootstrap()
                        .group(loops)
                        .channel(NioDatagramChannel.class)
                        .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM))
                        .handler(new SyslogUdpHandler(datagrams, Clock.systemUTC())));
        bind(
                settings,
                Way.SYSLOG_TCP,
                server(Way.SYSLOG_TCP, channel -> channel.pipeline().addLast(syslog(Way.SYSLOG_TCP, settings))));
        bind(settings, Way.RELP, server(Way.RELP, channel -> channel.pipeline().addLast(relp(Way.RELP, settings))));
        if (tls.isPresent()) {
            TlsKeeper keeper = tls.get();
            // After a handshake TLS reads once more, whatever is held back: what comes then waits in front of the
            // receiver.
            bind(
                    settings,
                    Way.SYSLOG_TLS,
                    server(
                            Way.SYSLOG_TLS,
                            channel -> channel.pipeline()
                                    .addLast(keeper.handler(channel.alloc()))
                                    .addLast(new FlowControlHandler())
                                    .addLast(syslog(Way.SYSLOG_TLS, settings))));
            bind(
                    settings,
                    Way.RELP_TLS,
                    server(
                            Way.RELP_TLS,
                            channel -> channel.pipeline()
                                    .addLast(keeper.handler(channel.alloc()))
                                    .addLast(new FlowControlHandler())
                                    .addLast(relp(Way.RELP_TLS, settings))));
            loops.next().scheduleWithFixedDelay(keeper::look, TLS_LOOK_SECONDS, TLS_LOOK_SECONDS, TimeUnit.SECONDS);
        }
        HttpIntake intake = new HttpIntake(settings, outlet, counters, this::counters, Clock.systemUTC());
        BearerToken token = new BearerToken(String.valueOf(settings.httpToken()));
        bind(
                settings,
                Way.HTTP,
                server(
                        Way.HTTP,
                        channel -> http(channel.pipeline(), settings)
                                .addLast(new HttpServerCodec())
                                .addLast(new ReadTimeoutHandler(HTTP_IDLE_SECONDS))
                                // Holds back requests that the codec has read already while one is being stored.
                                .addLast(new FlowControlHandler())
                                .addLast(
                                        new HttpHandler(intake, token, partial, workers, settings.maxRequestBytes()))));
        kernelDrops = KernelDrops.of(port(Way.SYSLOG_UDP));
        ReceiverReport report = new ReceiverReport(counters(), millis());
        loops.next().scheduleWithFixedDelay(() -> say(report), REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
        opened = true;
    }

    private void say(ReceiverReport report) {
        ReceiverCounters.Snapshot now = counters();
        report.losses(now, millis()).ifPresent(LOG::warn);
        report.summary(now, millis()).ifPresent(LOG::info);
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private ChannelHandler syslog(Way way, ReceiverSettings settings) {
        return new SyslogTcpHandler(way, new SyslogFramer(settings.maxLineBytes(), partial), syslog, outlet);
    }

    private ChannelHandler relp(Way way, ReceiverSettings settings) {
        return new RelpHandler(way, new RelpFrames(settings.maxLineBytes(), partial), syslog, outlet);
    }

    private ChannelPipeline http(ChannelPipeline pipeline, ReceiverSettings settings) {
        return settings.tls().filter(TlsSettings::http).isPresent()
                ? pipeline.addLast(tls.orElseThrow().handler(pipeline.channel().alloc()))
                : pipeline;
    }

    private interface Pipeline {
        void build(Channel channel);
    }

    private ServerBootstrap server(Way way, Pipeline pipeline) {
        ChannelHandler initializer = new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                connections.add(channel);
                noticeTheDead(channel);
                pipeline.build(channel);
            }
        };
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 512)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new ConnectionLimit(way, maxConnections))
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(initializer);
    }

    /** Where the system lets us say so; else it asks when it likes, after two hours as a rule. */
    private static void noticeTheDead(Channel channel) {
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), ASK_AFTER_SECONDS);
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), ASK_EVERY_SECONDS);
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), ASK_TIMES);
    }

    private void bind(ReceiverSettings settings, Way way, AbstractBootstrap<?, ?> bootstrap) throws IOException {
        int port = settings.ports().of(way);
        if (port == ReceiverPorts.OFF) {
            return;
        }
        ChannelFuture opening = bootstrap.bind(settings.host(), port);
        opening.awaitUninterruptibly();
        if (!opening.isSuccess()) {
            throw new IOException(
                    "cannot open port " + port + " on " + settings.host() + " for " + way.title() + " ("
                            + opening.cause().getMessage() + "): stop the program that uses it, or choose another port"
                            + (port > 0 && port < 1024 ? "; ports below 1024 need root or CAP_NET_BIND_SERVICE" : ""),
                    opening.cause());
        }
        listening.put(way, opening.channel());
    }

    /** The port that is really open, or {@link ReceiverPorts#OFF}. */
    public int port(Way way) {
        Channel channel = listening.get(way);
        return channel == null ? ReceiverPorts.OFF : ((InetSocketAddress) channel.localAddress()).getPort();
    }

    public ReceiverCounters.Snapshot counters() {
        return new ReceiverCounters.Snapshot(
                counters.counts(),
                kernelDrops.count(),
                outlet.acknowledged(),
                outlet.failed(),
                outlet.timesHeldBack(),
                outlet.waitingBytes(),
                datagrams.counts());
    }

    /**
     * Stops listening, hands what has been received to Kafka and waits until it is acknowledged. Datagrams that are not go to
     * the spool, if there is one. Takes less than the ten seconds that a container is given.
     */
    @Override
    public void close() {
        long deadline = System.nanoTime() + STOP_WITHIN.toNanos();
        long droppedBySystem = kernelDrops.count(); // nobody knows once the socket is closed
        listening.values().forEach(channel -> channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
        letSendersFinish();
        // Who waits for an answer still gets it, and need not send again what Kafka has.
        connections.forEach(channel -> channel.config().setAutoRead(false));
        outlet.awaitEmpty(ANSWERS_WITHIN);
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        workers.shutdown();
        // Zero quiet period: every channel is closed, nothing else runs on the loops.
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
        datagrams.stop();
        outlet.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        datagrams.close();
        if (opened) {
            opened = false;
            LOG.info(ReceiverReport.totals(counters().withDroppedBySystem(droppedBySystem)));
        }
    }

    /**
     * A sender of plain syslog hears of a broken connection only from an error, and what was on its way then is lost. So our
     * side of the connection is ended first: senders look for that before they send more. What they had sent is still read.
     */
    private void letSendersFinish() {
        List<Channel> reading = connections.stream()
                .filter(channel -> channel.pipeline().get(SyslogTcpHandler.class) != null)
                .filter(channel -> channel.config().isAutoRead())
                .toList();
        reading.forEach(Receivers::endOurSide);
        long deadline = System.nanoTime() + FINISH_WITHIN.toNanos();
        for (Channel channel : reading) {
            channel.closeFuture().awaitUninterruptibly(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private static void endOurSide(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            ((DuplexChannel) channel).shutdownOutput();
        } else {
            tls.closeOutbound().addListener(said -> ((DuplexChannel) channel).shutdownOutput());
        }
    }
}
