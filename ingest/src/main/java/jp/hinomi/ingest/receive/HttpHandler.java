package jp.hinomi.ingest.receive;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.Executor;
import jp.hinomi.city.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection, one request after the other: {@code POST /ingest/{source}}, {@code GET /health} and {@code
 * GET /counters}. Who may send
 * and where to is settled before the body is kept; a refused body is read over, so that the client hears why.
 */
final class HttpHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);
    private static final String INGEST = "/ingest/";

    private final HttpIntake intake;
    private final BearerToken token;
    private final PartialBytes partial;
    private final Executor workers;
    private final int maxRequestBytes;

    private HttpAnswer refusal;
    private Source source;
    private String encoding = "";
    private boolean keepAlive;
    private boolean answered;
    private long received;
    private long reserved;
    private ByteArrayOutputStream body;

    /** @param workers where bodies are taken apart, so that other connections are not held up */
    HttpHandler(HttpIntake intake, BearerToken token, PartialBytes partial, Executor workers, int maxRequestBytes) {
        this.intake = intake;
        this.token = token;
        this.partial = partial;
        this.workers = workers;
        this.maxRequestBytes = maxRequestBytes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpRequest request) {
            begin(context, request);
        }
        if (part instanceof HttpContent content) {
            if (!part.decoderResult().isSuccess() && refusal == null) {
                refusal = HttpRefusals.notHttp();
                keepAlive = false;
            }
            more(context, content.content());
            if (part instanceof LastHttpContent) {
                finish(context);
            }
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        drop();
        received = 0;
        answered = false;
        source = null;
        keepAlive = HttpUtil.isKeepAlive(request);
        refusal = request.decoderResult().isSuccess() ? judge(request) : HttpRefusals.notHttp();
        String coding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        encoding = coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT);
        if (refusal == null && HttpUtil.getContentLength(request, 0L) > maxRequestBytes) {
            refusal = HttpRefusals.tooLarge(maxRequestBytes);
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            if (refusal == null) {
                context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            } else {
                // The client has not sent the body and will not: the answer is due now.
                keepAlive = false;
                answer(context, refusal);
                answered = true;
            }
        }
        body = refusal == null && source != null ? new ByteArrayOutputStream(1024) : null;
    }

    /** @return why the request is refused, or null; health and counters are answered at the end of the request */
    private HttpAnswer judge(HttpRequest request) {
        String path = new QueryStringDecoder(request.uri()).path();
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (path.equals("/health")) {
            return reads ? intake.health() : HttpRefusals.wrongMethod();
        }
        if (path.equals("/counters")) {
            if (!token.permits(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
                return HttpRefusals.unauthorized();
            }
            return reads ? intake.counters() : HttpRefusals.wrongMethod();
        }
        if (!path.startsWith(INGEST) || path.length() == INGEST.length()) {
            return HttpRefusals.noSuchPath();
        }
        if (!token.permits(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            return HttpRefusals.unauthorized();
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return HttpRefusals.wrongMethod();
        }
        String id = path.substring(INGEST.length());
        source = intake.city().sources().get(id);
        if (source == null) {
            return HttpRefusals.unknownSource(
                    id.length() > 100 ? id.substring(0, 100) : id,
                    intake.city().sources().keySet());
        }
        return intake.full() ? HttpRefusals.busy() : null;
    }

    private void more(ChannelHandlerContext context, ByteBuf content) {
        int bytes = content.readableBytes();
        received += bytes;
        if (body == null) {
            if (received > 4L * maxRequestBytes) {
                context.close();
            }
            return;
        }
        if (received > maxRequestBytes) {
            refusal = HttpRefusals.tooLarge(maxRequestBytes);
            drop();
        } else if (partial.tryReserve(bytes)) {
            reserved += bytes;
            byte[] chunk = new byte[bytes];
            content.readBytes(chunk);
            body.writeBytes(chunk);
        } else {
            refusal = HttpRefusals.busy();
            drop();
        }
    }

    private void finish(ChannelHandlerContext context) {
        if (answered) {
            return;
        }
        if (refusal != null || body == null) {
            answer(context, refusal == null ? HttpRefusals.noSuchPath() : refusal);
            return;
        }
        byte[] whole = body.toByteArray();
        long bytes = reserved;
        reserved = 0;
        drop();
        String peer =
                Peer.at((InetSocketAddress) context.channel().remoteAddress()).address();
        Source to = source;
        String coding = encoding;
        // The next request of this connection waits for the answer to this one.
        context.channel().config().setAutoRead(false);
        workers.execute(() -> intake.take(to, whole, coding, peer).whenComplete((answer, defect) -> {
            partial.release(bytes);
            context.executor().execute(() -> {
                context.channel().config().setAutoRead(true);
                if (defect == null) {
                    answer(context, answer);
                } else {
                    LOG.error("a request from {} could not be taken", peer, defect);
                    answer(context, HttpRefusals.notAcknowledged());
                }
            });
        }));
    }

    private void answer(ChannelHandlerContext context, HttpAnswer answer) {
        FullHttpResponse response = answer.response();
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = context.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void drop() {
        body = null;
        partial.release(reserved);
        reserved = 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        drop();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof ReadTimeoutException)) {
            BrokenConnection.report(
                    Way.HTTP, Peer.at((InetSocketAddress) context.channel().remoteAddress()), cause);
        }
        context.close();
    }
}
