package jp.hinomi.ingest.receive;

import java.util.List;
import java.util.Optional;
import jp.hinomi.city.City;
import jp.hinomi.city.Source;

/** Says of a syslog message which source it would be of if it came now. Immutable and thread-safe. */
public final class SenderLookup {
    private final SourceRecognition recognition;

    public SenderLookup(City city) {
        this.recognition = new SourceRecognition(city);
    }

    /** @param peer address that it came from, or null; what needs a certificate is not found */
    public Optional<Source> of(byte[] message, String peer, long receivedMillis) {
        Peer from = peer == null ? Peer.UNKNOWN : new Peer(peer, List.of());
        return recognition.of(message, from, receivedMillis) instanceof SourceRecognition.Sender.Known known
                ? Optional.of(known.source())
                : Optional.empty();
    }
}
