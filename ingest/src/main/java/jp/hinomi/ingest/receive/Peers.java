package jp.hinomi.ingest.receive;

import java.net.InetSocketAddress;
import jp.hinomi.ingest.decode.text.Addresses;

/** Addresses of who sends to us, in canonical text. */
final class Peers {
    private Peers() {}

    static String address(InetSocketAddress peer) {
        if (peer == null || peer.getAddress() == null) {
            return "unknown";
        }
        String text = peer.getAddress().getHostAddress();
        String canonical = Addresses.canonical(text);
        return canonical == null ? text : canonical;
    }
}
