package jp.hinomi.standalone.up;

import java.util.Objects;
import java.util.Optional;
import jp.hinomi.ingest.receive.ReceiverPorts;
import jp.hinomi.ingest.receive.TlsSettings;

/**
 * The ways in that are open only if somebody asks for them. Ports are 0 for any free one, -1 for none.
 *
 * @param tls certificate of the server; without one, what needs it stays closed
 */
public record ReceiverChoice(int syslogTlsPort, int relpPort, int relpTlsPort, Optional<TlsSettings> tls) {
    /** None of them. */
    public static final ReceiverChoice NONE =
            new ReceiverChoice(ReceiverPorts.OFF, ReceiverPorts.OFF, ReceiverPorts.OFF, Optional.empty());

    public ReceiverChoice {
        Objects.requireNonNull(tls, "tls");
        if (tls.isEmpty()) {
            syslogTlsPort = ReceiverPorts.OFF;
            relpTlsPort = ReceiverPorts.OFF;
        }
    }

    /** With the ways that are always open. */
    public ReceiverPorts ports(int syslog, int http) {
        return new ReceiverPorts(syslog, syslog, syslogTlsPort, relpPort, relpTlsPort, http);
    }
}
