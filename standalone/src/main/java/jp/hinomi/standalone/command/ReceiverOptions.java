package jp.hinomi.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import jp.hinomi.ingest.receive.TlsSettings;
import jp.hinomi.ingest.spool.Spool;
import jp.hinomi.standalone.terminal.Texts;
import jp.hinomi.standalone.up.ReceiverChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the receivers that {@code up} and {@code receive} share. */
final class ReceiverOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--tls-cert", defaultValue = "${env:HINOMI_TLS_CERT}", paramLabel = "FILE")
    private Path certificate;

    @Option(names = "--tls-key", defaultValue = "${env:HINOMI_TLS_KEY}", paramLabel = "FILE")
    private Path key;

    @Option(names = "--tls-client-ca", defaultValue = "${env:HINOMI_TLS_CLIENT_CA}", paramLabel = "FILE")
    private Path clientAuthorities;

    @Option(names = "--tls-clients", defaultValue = "${env:HINOMI_TLS_CLIENTS}", paramLabel = "none|optional|required")
    private String clients;

    @Option(names = "--tls-port", defaultValue = "6514", paramLabel = "PORT")
    private int tls;

    @Option(names = "--relp-port", defaultValue = "-1", paramLabel = "PORT")
    private int relp;

    @Option(names = "--relp-tls-port", defaultValue = "-1", paramLabel = "PORT")
    private int relpTls;

    @Option(names = "--http-tls")
    private boolean httpTls;

    @Option(names = "--spool", defaultValue = "${env:HINOMI_SPOOL}", paramLabel = "DIR")
    private Path spool;

    @Option(names = "--spool-size", defaultValue = "1g", paramLabel = "SIZE", converter = SizeConverter.class)
    private long spoolBytes;

    ReceiverChoice choice(Texts texts) {
        if (spoolBytes > 0 && spoolBytes < Spool.LEAST_BYTES) {
            throw wrong(texts.get("spool.size", spoolBytes));
        }
        Optional<Path> folder = given(spool) ? Optional.of(spool) : Optional.empty();
        if (given(certificate) != given(key)) {
            throw wrong(texts.get("tls.half"));
        }
        if (!given(certificate)) {
            if (given(clientAuthorities) || clients != null && !clients.isBlank() || relpTls >= 0 || httpTls) {
                throw wrong(texts.get("tls.no-certificate"));
            }
            return new ReceiverChoice(-1, relp, -1, Optional.empty(), folder, spoolBytes);
        }
        return new ReceiverChoice(
                tls,
                relp,
                relpTls,
                Optional.of(new TlsSettings(
                        certificate,
                        key,
                        given(clientAuthorities) ? Optional.of(clientAuthorities) : Optional.empty(),
                        clients(texts),
                        httpTls)),
                folder,
                spoolBytes);
    }

    /** Whoever names an authority wants its certificates to be shown, unless he says otherwise. */
    private TlsSettings.Clients clients(Texts texts) {
        if (clients == null || clients.isBlank()) {
            return given(clientAuthorities) ? TlsSettings.Clients.REQUIRED : TlsSettings.Clients.NONE;
        }
        for (TlsSettings.Clients each : TlsSettings.Clients.values()) {
            if (each.toString().equals(clients)) {
                return each;
            }
        }
        throw wrong(texts.get("tls.clients", clients));
    }

    /** An environment variable may be there and empty. */
    private static boolean given(Path path) {
        return path != null && !path.toString().isEmpty();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
