package jp.hinomi.ingest.receive;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/**
 * The end of a TLS connection. A sender that says it has finished ({@code close_notify}) waits until we say the same (RFC 5425,
 * section 4.4), before it closes the connection: rsyslog for as long as it takes, and sends nothing more from its queue
 * meanwhile. What it sent before has been read by then. Stateless.
 */
final class TlsEnd {
    private TlsEnd() {}

    static void answer(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent end && end.isSuccess()) {
            context.close();
        }
    }
}
