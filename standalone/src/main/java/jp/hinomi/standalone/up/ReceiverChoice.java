package jp.hinomi.standalone.up;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import jp.hinomi.ingest.receive.ReceiverPorts;
import jp.hinomi.ingest.receive.ReceiverSettings;
import jp.hinomi.ingest.receive.SpoolSettings;
import jp.hinomi.ingest.receive.TlsSettings;

/**
 * The ways in that are open only if somebody asks for them, and where datagrams wait. Ports are 0 for any free one, -1 for
 * none.
 *
 * @param tls certificate of the server; without one, what needs it stays closed
 * @param spool folder of the datagrams; empty for the usual one, if there is one
 * @param spoolBytes that it may have; 0 for no spool
 */
public record ReceiverChoice(
        int syslogTlsPort,
        int relpPort,
        int relpTlsPort,
        Optional<TlsSettings> tls,
        Optional<Path> spool,
        long spoolBytes) {
    /** None of them, and the usual spool. */
    public static final ReceiverChoice NONE = new ReceiverChoice(
            ReceiverPorts.OFF,
            ReceiverPorts.OFF,
            ReceiverPorts.OFF,
            Optional.empty(),
            Optional.empty(),
            SpoolSettings.USUAL_BYTES);

    public ReceiverChoice {
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(spool, "spool");
        if (tls.isEmpty()) {
            syslogTlsPort = ReceiverPorts.OFF;
            relpTlsPort = ReceiverPorts.OFF;
        }
    }

    /**
     * With the ways that are always open.
     *
     * @param usualSpool where datagrams wait if nobody has chosen
     */
    public ReceiverSettings applied(ReceiverSettings settings, int syslog, int http, Optional<Path> usualSpool) {
        ReceiverSettings chosen = settings;
        if (tls.isPresent()) {
            chosen = chosen.withTls(tls.get());
        }
        Optional<Path> folder = spool.or(() -> usualSpool);
        if (folder.isPresent() && spoolBytes > 0) {
            chosen = chosen.withSpool(new SpoolSettings(folder.get(), spoolBytes));
        }
        return chosen.withPorts(new ReceiverPorts(syslog, syslog, syslogTlsPort, relpPort, relpTlsPort, http));
    }
}
