package jp.hinomi.ingest.receive;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import jp.hinomi.ingest.decode.text.Addresses;

/**
 * Who sends to us.
 *
 * @param address in canonical text; {@code unknown} if the connection does not tell
 * @param certificateNames whom the client certificate names, in lower case; empty without one. An authority that we trust
 *     has confirmed them, which nobody has of a host name in a syslog header
 */
record Peer(String address, List<String> certificateNames) {
    static final Peer UNKNOWN = new Peer("unknown", List.of());

    Peer {
        Objects.requireNonNull(address, "address");
        certificateNames = List.copyOf(certificateNames);
    }

    static Peer at(InetSocketAddress peer) {
        if (peer == null || peer.getAddress() == null) {
            return UNKNOWN;
        }
        String text = peer.getAddress().getHostAddress();
        String canonical = Addresses.canonical(text);
        return new Peer(canonical == null ? text : canonical, List.of());
    }

    /** @param address as {@link #address} gave it */
    static Peer at(String address) {
        return new Peer(address, List.of());
    }

    Peer withCertificate(List<String> names) {
        return new Peer(address, names);
    }
}
