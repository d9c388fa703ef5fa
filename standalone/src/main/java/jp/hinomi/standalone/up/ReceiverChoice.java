package jp.hinomi.standalone.up;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import jp.hinomi.ingest.receive.ReceiverPorts;
import jp.hinomi.ingest.receive.ReceiverSettings;
import jp.hinomi.ingest.receive.SpoolSettings;
import jp.hinomi.ingest.receive.TlsSettings;
import jp.hinomi.ingest.spool.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(ReceiverChoice.class);

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

    /** Folders that hold datagrams, and are not the spool now; with their bytes. */
    Map<Path, Long> leftBehind(Optional<Path> usualSpool) {
        Map<Path, Long> left = new LinkedHashMap<>();
        Optional<Path> used = spoolBytes > 0 ? spool.or(() -> usualSpool) : Optional.empty();
        Stream.concat(spool.stream(), usualSpool.stream())
                .map(folder -> folder.toAbsolutePath().normalize())
                .filter(folder -> used.isEmpty()
                        || !used.get().toAbsolutePath().normalize().equals(folder))
                .forEach(folder -> {
                    try {
                        long bytes = Spool.leftIn(folder);
                        if (bytes > 0) {
                            left.put(folder, bytes);
                        }
                    } catch (IOException e) {
                        LOG.warn("cannot see whether datagrams are left in {}", folder, e);
                    }
                });
        return left;
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
        leftBehind(usualSpool)
                .forEach((place, bytes) -> LOG.warn(
                        "{} holds {} bytes of datagrams of an earlier run, which are not sent because this run does not use that"
                                + " spool: start once with '--spool {}' and a '--spool-size' of more than 0, or delete the folder",
                        place,
                        bytes,
                        place));
        return chosen.withPorts(new ReceiverPorts(syslog, syslog, syslogTlsPort, relpPort, relpTlsPort, http));
    }
}
